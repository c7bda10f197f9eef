"""Helpdesks the contract is run against, each behind a hub of its own with the sample campus."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.campus.request_tracker import RequestTracker
from kiosk.hub.config import load
from kiosk.hub.courier import Between, Courier
from kiosk.hub.helpdesk_port import Helpdesk
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.services.helpdesk_outbox import settle_in
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.store.helpdesk_tables import HelpdeskTicket
from kiosk.hub.store.tables import HistoryLine, Ticket
from tests.hub.conftest import World
from tests.real.helpdesk.request_tracker import RequestTrackerServer

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
    answer: Callable[[str, str], None]
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


def request_tracker(world: World, folder: Path, request: pytest.FixtureRequest) -> Campus:
    server: RequestTrackerServer = request.getfixturevalue("request_tracker_server")
    settings = settings_of(folder, rt_table(server, folder))
    courier = courier_of(world, settings)
    mapping = settings.mapping

    def settle() -> None:
        carry(courier)
        world.move(minutes=1)
        assert courier.fetch()

    def at_desk(reference: str) -> AtDesk:
        key = key_of(world, reference)
        ticket = server.ask("GET", f"ticket/{key}")
        state = mapping.state(ticket["Status"])
        assert state is not None
        said = [ticket["Subject"], *(text for kind in ("Create", "Comment") for text in server.texts(key, kind))]
        return AtDesk(state, mapping.priority(int(ticket["Priority"])), "\n".join(said))

    return Campus(
        world,
        settle,
        at_desk,
        lambda reference, text: server.reply(key_of(world, reference), text),
        lambda reference, state: server.put(key_of(world, reference), Status=mapping.states[state]),
    )


HELPDESKS: dict[str, Callable[[World, Path, pytest.FixtureRequest], Campus]] = {
    "builtin": builtin,
    "request-tracker": request_tracker,
}


def rt_table(server: RequestTrackerServer, folder: Path, port: int = 0, user: str = "kiosk", **more: str) -> str:
    """The lines of hub.toml; ``port`` where something stands in between."""
    secret = folder / f"token-{next(_secrets)}"
    secret.write_text(server.tokens.get(user, user))
    secret.chmod(0o600)
    lines = {
        "kind": '"request-tracker"',
        "url": f'"https://127.0.0.1:{port or server.tls_port}"',
        "ca": f'"{server.ca}"',
        "token_file": f'"{secret}"',
        **more,
    }
    queues = '[helpdesk.queues]\ndefault = "Helpdesk"\nnetwork = "Network"\ncomplaints = "Complaints"\n'
    return "[helpdesk]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items()) + queues


def settings_of(folder: Path, table: str) -> HelpdeskSettings:
    file = folder / "hub.toml"
    file.write_text(table, encoding="utf-8")
    found = load(file).helpdesk
    assert found is not None
    return replace(found, answer_within=PATIENT)


def courier_of(world: World, settings: HelpdeskSettings, helpdesk: Helpdesk | None = None) -> Courier:
    with world.store.write() as db:
        settle_in(db, settings.name, world.now)
    asked = helpdesk or RequestTracker(settings)
    return Courier(Between(world.store, asked, settings, BuiltinNotices(world.clock), world.clock))


def carry(courier: Courier) -> list[object]:
    """Everything that is due; what became of each."""
    became: list[object] = []
    while (answer := courier.carry_one()) is not None:
        became.append(answer)
    return became


def key_of(world: World, reference: str) -> str:
    with world.store.read() as db:
        return db.get_one(HelpdeskTicket, reference).key
