"""What a slip's code shows at a kiosk's scanner: what the phone shows, as values, and nothing of a person."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.ticket_views import TicketView
from kiosk.domain.tickets import TicketState
from kiosk.hub.api.follow_limits import MOST_MISSES
from kiosk.hub.app import make_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.services.follow import close_page
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.slip_look import NO_SLIP, look_at_slip
from kiosk.hub.store.tables import HistoryLine, KioskToken, Ticket
from kiosk.hub.tokens_made import digest, new_follow_code
from kiosk.wire import routes
from kiosk.wire.on_paper import digits_of
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.hub.test_tickets import ZHANG, send
from tests.real.plain_kiosk import card


def reported(world: World, kiosk: HubKiosk) -> tuple[str, str]:
    """A ticket whose requester has written CANARY, and its slip's code."""
    answer = send(world, kiosk, kiosk.report(claim=card(ZHANG), note="CANARY", location="CANARY"))
    return answer.reference, answer.page.rpartition("/")[2]


def looked(world: World, code: str) -> object:
    with world.store.read() as db:
        return look_at_slip(db, world.book, code, world.now)


@pytest.mark.parametrize("state", TicketState)
def test_in_every_state_it_tells_state_promise_and_steps_and_nobodys_words(world: World, state: TicketState) -> None:
    reference, code = reported(world, world.new_kiosk())
    with world.store.write() as db:
        db.get_one(Ticket, reference).state = state
        for what in ("answered", "photo_added", "team"):
            db.add(HistoryLine(reference=reference, at=world.now, by="desk", what=what, text="CANARY"))
    seen = looked(world, code)
    assert isinstance(seen, TicketView)
    assert (seen.reference, seen.state) == (reference, state)
    assert seen.title.zh
    assert seen.title.en
    assert [step.what for step in seen.history] == ["created", "answered", "photo_added"]
    assert {(step.by, step.text) for step in seen.history} == {("", "")}
    told = msgspec.json.encode(seen).decode()
    assert "CANARY" not in told
    assert not any(word in told for word in ("张", "zhang", "20230115301"))
    assert (seen.respond_by is not None) == (state is TicketState.NEW)
    assert (seen.resolve_by is not None) == (state is TicketState.IN_PROGRESS)
    assert not seen.claimed, "whether somebody has proven who they are is not told to whoever finds a slip"


def test_a_code_that_is_unknown_over_or_taken_back_tells_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    reference, code = reported(world, kiosk)
    for wrong in ("", "x", code[:-1], code + "A", new_follow_code(), "é" * 12, code.swapcase()):
        assert looked(world, wrong) is NO_SLIP
    assert isinstance(looked(world, code), TicketView)
    with world.store.write() as db:
        close_page(db, db.get_one(Ticket, reference))
    assert looked(world, code) is NO_SLIP
    _, other = reported(world, kiosk)
    world.move(days=31)
    assert looked(world, other) is NO_SLIP


class Api:
    def __init__(self, world: World, folder: Path, kiosk: HubKiosk) -> None:
        outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
        parts = Parts(
            Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside, photos=folder
        )
        app: Any = make_app(parts)
        self.client = TestClient(app, base_url="https://testserver.local")
        with world.store.write() as db:
            db.add(KioskToken(digest=digest("token"), kiosk=kiosk.id, expires_at=world.now + timedelta(hours=1)))

    def look(self, code: str, token: str = "token", **more: str) -> Any:
        headers = {"authorization": f"Bearer {token}"}
        return self.client.post(routes.SLIP_LOOK, json={"code": code, **more}, headers=headers)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_a_kiosk_of_this_hub_may_ask_and_guessing_ends(world: World, tmp_path: Path) -> None:
    kiosk = world.new_kiosk()
    reference, code = reported(world, kiosk)
    api = Api(world, tmp_path, kiosk)
    answer = api.look(code)
    assert (answer.status_code, answer.json()["reference"]) == (200, reference)
    assert api.look(code, token="nobody").status_code == 401
    assert api.look(code, more="x").status_code == 400
    for _ in range(MOST_MISSES):
        assert api.look(new_follow_code()).json()["code"] == "no_such_slip"
    assert api.look(code).status_code == 429
    world.move(minutes=11)
    assert api.look(code).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_kiosk_that_scans_a_report_on_paper_delivers_it_once_and_shows_it(world: World, tmp_path: Path) -> None:
    offline, online = world.new_kiosk(), world.new_kiosk("teach2-1f")
    report = offline.report(note="CANARY", location="CANARY")
    envelope = offline.for_paper(report)
    digits = digits_of(envelope)
    api = Api(world, tmp_path, online)
    assert api.look(digits, token="nobody").status_code == 401
    for _ in range(3):
        answer = api.look(digits)
        assert (answer.status_code, answer.json()["reference"]) == (200, report.reference)
        assert "CANARY" not in answer.text
    assert isinstance(world.take(offline, envelope), Answer)
    with world.store.read() as db:
        assert [ticket.reference for ticket in db.scalars(select(Ticket))] == [report.reference]
    forged = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for _ in range(MOST_MISSES):
        assert api.look(forged).json()["code"] == "no_such_slip"
    assert api.look(digits).status_code == 429
