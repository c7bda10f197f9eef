"""Revoked, a kiosk is refused at every door of the hub, at its very next request, with a token that is still good."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import func, select

from kiosk.hub.app import make_app
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.services.fleet_acts import Ended, end
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.tables import Operation, PersonSession, Ticket
from kiosk.wire import routes
from kiosk.wire.enrolment import Token
from kiosk.wire.operations import OperationsTogether
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DoorDirectory

#: Doors that ask nobody who they are: there is nothing a revoked kiosk gets there that anybody would not.
OPEN = {routes.ENROL, routes.ENROL_ASK, routes.AUTHORITY, routes.TOKEN, routes.HEALTH, routes.ARTICLES}
#: A request of a kiosk that somebody stands at.
VISIT = {routes.VISIT_HEADER: "nobody's"}


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


class Doors:
    """The hub's whole interface, by its own document."""

    def __init__(self, world: World) -> None:
        parts = world.parts(
            DoorDirectory(world), payments=SimulatedPayments(world.store, world.clock, "https://pay.example.edu")
        )
        self.client = TestClient(cast(Any, make_app(parts)), base_url="https://hub.example.edu")
        self._document = self.client.get("/schema/openapi.json").json()

    def all(self) -> list[tuple[str, str, Any]]:
        """Method, path and a body that is understood, of every operation that is for kiosks."""
        found = []
        for path, methods in self._document["paths"].items():
            if path in OPEN or path.startswith(routes.ARTICLES + "/"):
                continue
            for method, operation in methods.items():
                content = operation.get("requestBody", {}).get("content", {})
                schema = content.get("application/json", {}).get("schema")
                asked = [one for one in operation.get("parameters", ()) if one["in"] == "query" and one.get("required")]
                query = "&".join(f"{one['name']}={self._sample(one['schema'])}" for one in asked)
                address = path.replace("{id}", "a" * 32) + (f"?{query}" if query else "")
                found.append((method.upper(), address, self._sample(schema) if schema else None))
        return found

    def code(self, method: str, path: str, body: Any, token: str) -> str:
        headers = {"authorization": f"Bearer {token}", **VISIT}
        answer = self.client.request(method, path, json=body, headers=headers)
        return f"{answer.status_code} {answer.json().get('code', '')}" if answer.status_code >= 400 else "taken"

    def _sample(self, schema: dict[str, Any]) -> Any:
        if "$ref" in schema:
            return self._sample(self._document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        for several in ("oneOf", "anyOf", "allOf"):
            if several in schema:
                return self._sample(schema[several][0])
        if "const" in schema or "enum" in schema:
            return schema["const"] if "const" in schema else schema["enum"][0]
        match schema.get("type"):
            case "object":
                wanted = schema.get("required", ())
                return {name: self._sample(schema["properties"][name]) for name in wanted}
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return False
            case "array":
                return [self._sample(schema["items"])] * schema.get("minItems", 0)
            case _:
                return "2026-11-16T02:00:00Z" if schema.get("format") == "date-time" else "AAAA"


@pytest.fixture
def doors(world: World) -> Doors:
    return Doors(world)


def token_of(world: World, kiosk: HubKiosk) -> str:
    with world.store.write() as db:
        token = buy_token(db, kiosk.assertion(), world.now)
    assert isinstance(token, Token)
    return token.token


def revoke(world: World, kiosk: HubKiosk) -> None:
    with world.store.write() as db:
        assert end(db, kiosk.id, Ended.STOLEN, world.now) is None


def test_every_door_is_shut_at_the_next_request(world: World, doors: Doors) -> None:
    kiosk = world.new_kiosk()
    token = token_of(world, kiosk)
    every = doors.all()
    assert len(every) > 30
    before = {(method, path): doors.code(method, path, body, token) for method, path, body in every}
    assert not [door for door, code in before.items() if "revoked" in code or code.startswith("400")]
    revoke(world, kiosk)
    after = {(method, path): doors.code(method, path, body, token) for method, path, body in every}
    assert {door: code for door, code in after.items() if code != "403 revoked"} == {}


def test_operations_alone_and_together_have_no_effect_after_it_was_revoked(world: World, doors: Doors) -> None:
    kiosk = world.new_kiosk()
    token = token_of(world, kiosk)
    headers = {"authorization": f"Bearer {token}"}
    alone, *together = (kiosk.envelope(kiosk.report()) for _ in range(6))
    sent = doors.client.post(routes.OPERATIONS, content=msgspec.json.encode(alone), headers=headers)
    assert sent.status_code == 200
    revoke(world, kiosk)
    late = kiosk.envelope(kiosk.report())
    one = doors.client.post(routes.OPERATIONS, content=msgspec.json.encode(late), headers=headers)
    body = msgspec.json.encode(OperationsTogether(together))
    several = doors.client.post(routes.OPERATIONS_TOGETHER, content=body, headers=headers)
    assert [one.status_code, several.status_code] == [403, 403]
    with world.store.read() as db:
        counted = [db.scalar(select(func.count()).select_from(table)) for table in (Ticket, Operation)]
    assert counted == [1, 1]


def test_whoever_is_signed_in_at_it_is_signed_out_with_it(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    with world.store.write() as db:
        for id, one in (("a", kiosk), ("b", other)):
            db.add(
                PersonSession(
                    digest=id, kiosk=one.id, person="zhang-ming", made_at=world.now, expires_at=world.now, ended_at=None
                )
            )
    revoke(world, kiosk)
    with world.store.read() as db:
        ended = {row.digest: row.ended_at for row in db.scalars(select(PersonSession))}
    assert ended == {"a": world.now, "b": None}
