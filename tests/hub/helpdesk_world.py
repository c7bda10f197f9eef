"""A helpdesk that a test plays itself, and a hub beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from kiosk.domain.language import Language
from kiosk.domain.policy import SHIPPED
from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import TicketList
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.courier import Between, Courier
from kiosk.hub.helpdesk_mapping import HelpdeskKind, Mapping, read_mapping
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Glance, Rejected, Remark, RemoteTicket, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.secret_value import Secret
from kiosk.hub.services.helpdesk_outbox import settle_in
from kiosk.hub.services.my_tickets import my_tickets
from kiosk.hub.store.tables import Kiosk
from kiosk.hub.table_reader import TableReader
from kiosk.wire.tickets import ContactOnFile
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_tickets import ZHANG, listed, send, signed_in
from tests.real.plain_kiosk import card

LOST = Silent("ReadTimeout")
DOWN = Silent("ConnectionError", sure=True)
Answer = Filed | Done | Silent | Rejected


def mapping(kind: HelpdeskKind = HelpdeskKind.REQUEST_TRACKER, **queues: str) -> Mapping:
    def fail(key: str, fix: str) -> NoReturn:
        raise AssertionError(f"{key}: {fix}")

    default = "1" if kind is HelpdeskKind.GLPI else "Helpdesk"
    table = {"queues": {"default": default, **queues}}
    return read_mapping(TableReader("helpdesk", table, Path(), fail), kind)


def settings(**queues: str) -> HelpdeskSettings:
    return HelpdeskSettings(
        url="https://rt.example.edu",
        token=Secret("t"),
        ca=None,
        operation_field="Kiosk operation",
        mapping=mapping(HelpdeskKind.REQUEST_TRACKER, **queues),
        language=Language.ZH,
    )


@dataclass
class Played:
    """Answers what a test says, else that it is done; keeps what it got, and whether it was to search first."""

    answers: list[Answer] = field(default_factory=list)
    got: list[tuple[Filing | Change, bool]] = field(default_factory=list)
    tickets: dict[str, RemoteTicket] = field(default_factory=dict)
    changed: dict[str, datetime] = field(default_factory=dict)
    silent: bool = False
    before_read: Callable[[], None] = lambda: None

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected:
        self.got.append((filing, again))
        answer = self.answers.pop(0) if self.answers else Filed(f"key-{filing.reference}")
        assert not isinstance(answer, Done)
        return answer

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:  # noqa: ARG002
        self.got.append((change, again))
        answer = self.answers.pop(0) if self.answers else Done()
        assert not isinstance(answer, Filed)
        return answer

    def read(self, key: str, after: int) -> RemoteTicket | Silent | Rejected:
        self.before_read()
        if self.silent:
            return LOST
        ticket = self.tickets[key]
        newer = tuple(remark for remark in ticket.remarks if remark.number > after)
        return RemoteTicket(key, ticket.status, ticket.priority, newer)

    def changed_since(self, moment: datetime | None) -> tuple[Glance, ...] | Silent | Rejected:
        if self.silent:
            return LOST
        listed = [(at, key) for key, at in self.changed.items() if moment is None or at >= moment]
        return tuple(Glance(key, at.isoformat(), at) for at, key in sorted(listed, reverse=True))


@dataclass
class Beside:
    """``world`` with ``played`` beside it."""

    world: World
    played: Played
    settings: HelpdeskSettings
    courier: Courier

    def carry(self) -> list[Filing | Change]:
        """Everything that is due, as the helpdesk got it."""
        before = len(self.played.got)
        while self.courier.carry_one() is not None:
            pass
        return [what for what, _ in self.played.got[before:]]

    def staff(self, reference: str, status: str, *texts: str, priority: Priority = Priority.P2) -> None:
        """What staff make of a ticket there; the next round tells it."""
        key = f"key-{reference}"
        before = self.played.tickets.get(key)
        remarks = list(before.remarks) if before else []
        for text in texts:
            remarks.append(Remark(len(remarks) + 1, self.world.now, by_requester=False, text=text))
        theirs = str(self.settings.mapping.priorities[priority])
        self.played.tickets[key] = RemoteTicket(key, status, theirs, tuple(remarks))
        self.played.changed[key] = self.world.now

    def fetch(self) -> bool:
        self.world.now += timedelta(minutes=1)
        return self.courier.fetch()


def beside(world: World, wanted: HelpdeskSettings | None = None) -> Beside:
    wanted = wanted or settings()
    with world.store.write() as db:
        settle_in(db, wanted.name, world.now)
    played = Played()
    notices = BuiltinNotices(world.clock)
    return Beside(world, played, wanted, Courier(Between(world.store, played, wanted, notices, world.clock)))


def reported(world: World, kiosk: HubKiosk, **more: object) -> str:
    return send(world, kiosk, kiosk.report(**{"claim": card(ZHANG), "contact": ContactOnFile(), **more})).reference


def filed(world: World) -> tuple[Beside, HubKiosk, str]:
    """A ticket that is at the helpdesk."""
    made, kiosk = beside(world), world.new_kiosk()
    reference = reported(world, kiosk)
    assert [type(what) for what in made.carry()] == [Filing]
    made.staff(reference, "new")
    made.fetch()
    return made, kiosk, reference


def state(world: World, reference: str) -> str:
    return next(one.state for one in listed(world) if one.reference == reference)


def seen(world: World, kiosk: HubKiosk) -> TicketList:
    session = signed_in(world, kiosk)
    with world.store.read() as db:
        found = my_tickets(db, world.book, SHIPPED, db.get_one(Kiosk, kiosk.id), session, world.now)
    assert isinstance(found, TicketList)
    return found
