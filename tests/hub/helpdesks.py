"""Helpdesks the contract is run against, each behind a hub of its own with the sample campus."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.campus.plain_from_html import plain_from_html
from kiosk.hub.campus_systems import helpdesk_of
from kiosk.hub.config import load
from kiosk.hub.courier import Between, Courier
from kiosk.hub.helpdesk_port import Helpdesk
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.services.helpdesk_outbox import settle_in
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.store.helpdesk_tables import HelpdeskTicket
from kiosk.hub.store.tables import HistoryLine, Ticket
from tests.hub.conftest import World
from tests.real.helpdesk.glpi_shape import GlpiShape
from tests.real.helpdesk.recorded import RecordedServer
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.helpdesk.zammad_shape import CUSTOMER, FIELD, ZammadShape

#: The hub gives up a helpdesk after this in tests that are not about that, seconds: longer than a busy machine takes.
PATIENT = 120.0
_secrets = itertools.count(1)


@dataclass(frozen=True)
class AtDesk:
    """A ticket as the desk sees it; ``said`` everything that stands in it."""

    state: TicketState
    priority: Priority
    said: str


@dataclass(frozen=True)
class Campus:
    """``settle`` brings both sides to the same."""

    world: World
    settle: Callable[[], None]
    at_desk: Callable[[str], AtDesk]
    answer: Callable[[str, str], object]
    set_state: Callable[[str, TicketState], None]


def builtin(world: World, folder: Path, request: pytest.FixtureRequest) -> Campus:  # noqa: ARG001
    def at_desk(reference: str) -> AtDesk:
        with world.store.read() as db:
            ticket = db.get_one(Ticket, reference)
            lines = db.scalars(select(HistoryLine).where(HistoryLine.reference == reference))
            said = [ticket.note, ticket.location, ticket.address, *(line.text for line in lines)]
            return AtDesk(TicketState(ticket.state), Priority(ticket.priority), "\n".join(said))

    def change(reference: str, state: TicketState | None, text: str) -> None:
        with world.store.write() as db:
            assert by_desk(db, world.book, db.get_one(Ticket, reference), state, text, world.now) is None

    return Campus(
        world,
        lambda: None,
        at_desk,
        lambda reference, text: change(reference, None, text),
        lambda reference, state: change(reference, state, ""),
    )


@dataclass(frozen=True)
class Outside:
    """A helpdesk of the campus, as its staff and its network have it. ``table`` writes [helpdesk] of hub.toml:
    ``port`` where something stands in between, ``secret`` instead of the right one. ``made``: keys of the tickets with
    a mark; ``written``: what stands in a ticket, ``from_hub`` what came after it was made. ``later`` lets its seconds
    go by. ``waits``: its word for waiting for the requester. ``signs_in``: nothing is asked before that."""

    port: int
    ca: Path
    other_ca: Path
    table: Callable[..., str]
    made: Callable[[str], list[str]]
    stands: Callable[[str], tuple[str, str]]
    written: Callable[[str], list[str]]
    from_hub: Callable[[str], list[str]]
    reply: Callable[[str, str], object]
    put: Callable[[str, str], object]
    later: Callable[[], None] = lambda: None
    waits: str = ""
    signs_in: bool = False


def request_tracker(request: pytest.FixtureRequest) -> Outside:
    server: RequestTrackerServer = request.getfixturevalue("request_tracker_server")

    def stands(key: str) -> tuple[str, str]:
        ticket = server.ask("GET", f"ticket/{key}")
        return ticket["Status"], str(ticket["Priority"])

    def written(key: str) -> list[str]:
        return [server.ask("GET", f"ticket/{key}")["Subject"], *server.texts(key, "Create"), *from_hub(key)]

    def from_hub(key: str) -> list[str]:
        return server.texts(key, "Comment")

    def table(folder: Path, port: int = 0, secret: str = "", ca: Path | None = None, **more: str) -> str:
        return rt_table(server, folder, port, secret or "kiosk", **({"ca": f'"{ca}"'} if ca else {}), **more)

    return Outside(
        server.tls_port,
        server.ca,
        server.other_ca,
        table,
        lambda op: [str(one["id"]) for one in server.marked(op)],
        stands,
        written,
        from_hub,
        server.reply,
        lambda key, status: server.put(key, Status=status),
    )


def zammad(request: pytest.FixtureRequest) -> Outside:
    server: RecordedServer = request.getfixturevalue("zammad_server")
    shape = server.shape
    assert isinstance(shape, ZammadShape)

    def bodies(key: str, *, internal: bool) -> list[str]:
        articles = [one for one in shape.articles if one["ticket_id"] == int(key)]
        return [one["body"] for one in articles if one["internal"] is internal]

    def reply(key: str, text: str) -> None:
        article = {"subject": "Re", "content_type": "text/html", "type": "web", "sender": "Agent", "internal": False}
        shape.said(int(key), {**article, "body": f"<div>{escape(text)}</div>"})
        shape.said(int(key), {**article, "internal": True, "body": "among ourselves"})
        shape.said(int(key), {**article, "sender": "System", "body": "we have got your mail"})

    def table(folder: Path, port: int = 0, secret: str = "", ca: Path | None = None, **more: str) -> str:
        lines = {"token_file": f'"{secret_in(folder, secret or shape.token)}"', "customer": f'"{CUSTOMER}"', **more}
        return table_of("zammad", server, port, ca, lines)

    return Outside(
        server.tls_port,
        server.ca,
        server.other_ca,
        table,
        lambda op: [str(key) for key, one in shape.tickets.items() if one[FIELD] == op],
        lambda key: (shape.tickets[int(key)]["state"], shape.tickets[int(key)]["priority"]),
        lambda key: [shape.tickets[int(key)]["title"], *bodies(key, internal=False), *bodies(key, internal=True)],
        lambda key: bodies(key, internal=True),
        reply,
        lambda key, status: shape.put(int(key), {"state": status}),
        lambda: _later(server),
        waits="pending reminder",
    )


def glpi(request: pytest.FixtureRequest) -> Outside:
    server: RecordedServer = request.getfixturevalue("glpi_server")
    shape = server.shape
    assert isinstance(shape, GlpiShape)

    def from_hub(key: str) -> list[str]:
        items = [one["item"] for one in shape.timelines[int(key)]]
        return [plain_from_html(one["content"]) for one in items if one.get("is_private")]

    def written(key: str) -> list[str]:
        ticket = shape.tickets[int(key)]
        return [ticket["name"], plain_from_html(ticket["content"]), *from_hub(key)]

    def table(folder: Path, port: int = 0, secret: str = "", ca: Path | None = None, **more: str) -> str:
        account = shape.account
        lines = {
            "client_id": f'"{account["client_id"]}"',
            "client_secret_file": f'"{secret_in(folder, account["client_secret"])}"',
            "user": f'"{account["username"]}"',
            "password_file": f'"{secret_in(folder, secret or account["password"])}"',
            **more,
        }
        return table_of("glpi", server, port, ca, lines, ("1", "2", "3"))

    return Outside(
        server.tls_port,
        server.ca,
        server.other_ca,
        table,
        lambda op: [str(key) for key, one in shape.tickets.items() if one["external_id"] == op],
        lambda key: (str(shape.tickets[int(key)]["status"]["id"]), str(shape.tickets[int(key)]["urgency"])),
        written,
        from_hub,
        lambda key, text: shape.said(int(key), {"content": f"<p>{escape(text)}</p>", "is_private": False}),
        lambda key, status: shape.put(int(key), {"status": {"id": int(status)}}),
        lambda: _later(server),
        signs_in=True,
    )


OUTSIDE: dict[str, Callable[[pytest.FixtureRequest], Outside]] = {
    "request-tracker": request_tracker,
    "zammad": zammad,
    "glpi": glpi,
}


def beside(outside: Outside, world: World, folder: Path) -> Campus:
    settings = settings_of(folder, outside.table(folder))
    courier, mapping = courier_of(world, settings), settings.mapping

    def settle() -> None:
        carry(courier)
        outside.later()
        world.move(minutes=1)
        assert courier.fetch()

    def at_desk(reference: str) -> AtDesk:
        key = key_of(world, reference)
        status, urgency = outside.stands(key)
        state, priority = mapping.state(status), mapping.priority(urgency)
        assert state is not None
        assert priority is not None
        return AtDesk(state, priority, "\n".join(outside.written(key)))

    def set_state(reference: str, state: TicketState) -> None:
        waits = state is TicketState.WAITING_FOR_REQUESTER and outside.waits
        outside.put(key_of(world, reference), waits or mapping.states[state])

    return Campus(
        world,
        settle,
        at_desk,
        lambda reference, text: outside.reply(key_of(world, reference), text),
        set_state,
    )


def _beside(make: Callable[[pytest.FixtureRequest], Outside]) -> Callable[[World, Path, pytest.FixtureRequest], Campus]:
    return lambda world, folder, request: beside(make(request), world, folder)


HELPDESKS: dict[str, Callable[[World, Path, pytest.FixtureRequest], Campus]] = {
    "builtin": builtin,
    **{name: _beside(make) for name, make in OUTSIDE.items()},
}


def rt_table(server: RequestTrackerServer, folder: Path, port: int = 0, user: str = "kiosk", **more: str) -> str:
    secret = secret_in(folder, server.tokens.get(user, user))
    return table_of("request-tracker", server, port, None, {"token_file": f'"{secret}"', **more})


def secret_in(folder: Path, text: str) -> Path:
    file = folder / f"secret-{next(_secrets)}"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def table_of(
    kind: str,
    server: RequestTrackerServer | RecordedServer,
    port: int,
    ca: Path | None,
    more: dict[str, str],
    queues: tuple[str, str, str] = ("Helpdesk", "Network", "Complaints"),
) -> str:
    """The lines of hub.toml."""
    lines = {
        "kind": f'"{kind}"',
        "url": f'"https://127.0.0.1:{port or server.tls_port}"',
        "ca": f'"{ca or server.ca}"',
        **more,
    }
    default, network, complaints = queues
    mapped = f'[helpdesk.queues]\ndefault = "{default}"\nnetwork = "{network}"\ncomplaints = "{complaints}"\n'
    return "[helpdesk]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items()) + mapped


def settings_of(folder: Path, table: str, answer_within: float = PATIENT) -> HelpdeskSettings:
    file = folder / "hub.toml"
    file.write_text(table, encoding="utf-8")
    found = load(file).helpdesk
    assert found is not None
    return replace(found, answer_within=answer_within)


def courier_of(world: World, settings: HelpdeskSettings, helpdesk: Helpdesk | None = None) -> Courier:
    with world.store.write() as db:
        settle_in(db, settings.name, world.now)
    asked = helpdesk or helpdesk_of(settings)
    return Courier(Between(world.store, asked, settings, BuiltinNotices(world.clock), world.clock))


def _later(server: RecordedServer) -> None:
    server.clock.ahead += timedelta(seconds=5)


def carry(courier: Courier) -> list[object]:
    """Everything that is due; what became of each."""
    became: list[object] = []
    while (answer := courier.carry_one()) is not None:
        became.append(answer)
    return became


def key_of(world: World, reference: str) -> str:
    with world.store.read() as db:
        return db.get_one(HelpdeskTicket, reference).key
