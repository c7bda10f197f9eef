"""What happens to a ticket moves its promises as counting minute by minute does, whoever made it happen."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from sqlalchemy import select, text

from kiosk.domain.calendar import Clock, ServiceHours, Span
from kiosk.domain.clocks import stands
from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.book import Book
from kiosk.hub.services.campus_days import OpenDay
from kiosk.hub.services.clocks import pauses_of, regrade
from kiosk.hub.services.public_holidays import published
from kiosk.hub.services.refusal import No
from kiosk.hub.services.ticket_changes import by_desk, by_requester
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.hub.store.tables import Ticket
from tests.counts import count
from tests.hub.conftest import World
from tests.hub.test_tickets import ZHANG, listed, send
from tests.real.plain_kiosk import card

MINUTE = timedelta(minutes=1)
NEW, BUSY, ASKS = TicketState.NEW, TicketState.IN_PROGRESS, TicketState.WAITING_FOR_REQUESTER
SOLVED = TicketState.RESOLVED


def made(world: World) -> str:
    kiosk = world.kiosks[0] if world.kiosks else world.new_kiosk()
    return send(world, kiosk, kiosk.report(claim=card(ZHANG))).reference


def desk(world: World, reference: str, state: TicketState | None, said: str = "") -> None:
    with world.store.write() as db:
        assert by_desk(db, world.book, db.get_one(Ticket, reference), state, said, world.now) is None


def requester(world: World, reference: str, act: Act) -> None:
    with world.store.write() as db:
        ticket = db.get_one(Ticket, reference)
        assert by_requester(db, world.book, ticket, act, "在二楼", world.now) is None


def promised(world: World, reference: str) -> tuple[datetime | None, datetime | None]:
    with world.store.read() as db:
        ticket = db.get_one(Ticket, reference)
        return ticket.respond_by, ticket.resolve_by


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def to(world: World, text: str) -> None:
    world.now = at(text)


def test_solved_and_opened_again_the_clock_goes_on_with_what_was_left(world: World) -> None:
    reference = made(world)  # on Monday at ten, P2: three working days of ten hours
    to(world, "2026-11-16T12:00")
    desk(world, reference, SOLVED, "好了")
    to(world, "2026-11-18T09:00")
    requester(world, reference, Act.REOPEN)
    assert promised(world, reference)[1] == at("2026-11-20T17:00")  # 28 hours from Wednesday at nine
    with world.store.read() as db:
        assert [(pause.begins, pause.ends) for pause in pauses_of(db, reference)] == [
            (at("2026-11-16T12:00"), at("2026-11-18T09:00"))
        ]


def test_the_clock_stands_while_the_desk_waits_for_the_requester(world: World) -> None:
    reference = made(world)
    to(world, "2026-11-16T11:00")
    desk(world, reference, ASKS, "哪一层？")
    to(world, "2026-11-17T11:00")
    requester(world, reference, Act.COMMENT)
    assert promised(world, reference)[1] == at("2026-11-20T10:00")  # a working day later than Thursday at ten
    assert next(one.state for one in listed(world)) == BUSY


def test_what_was_answered_stays_judged_by_what_was_promised_then(world: World) -> None:
    reference = made(world)
    to(world, "2026-11-16T15:00")
    desk(world, reference, None, "在看")
    with world.store.write() as db:
        regrade(db, world.book, db.get_one(Ticket, reference), Priority.P1)
    assert promised(world, reference) == (at("2026-11-16T18:00"), at("2026-11-16T18:00"))


def test_a_promise_of_a_day_nobody_published_says_so_to_whoever_asks(world: World) -> None:
    known = published("CN").known_until
    assert known is not None
    world.book = shaped(world.book, holidays="CN", closed=[])
    last = max(day for day in (known - timedelta(days=n) for n in range(10)) if world.book.hours().on(day))
    world.now = datetime(last.year, last.month, last.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    made(world)
    (one,) = listed(world)
    assert (one.respond_about, one.resolve_about) == (False, True)


@dataclass
class Life:
    """What happened to a ticket, for a count by the minute."""

    begins: datetime
    states: list[tuple[datetime, TicketState]] = field(default_factory=list)
    answered: datetime | None = None
    priority: Priority = Priority.P2
    until_answered: Priority = Priority.P2

    def state(self, moment: datetime) -> TicketState:
        return [state for since, state in [(self.begins, NEW), *self.states] if since <= moment][-1]

    def due(self, span: Span, hours: ServiceHours) -> datetime:
        moment, left = self.begins, (span.time + span.days * hours.working_day) // MINUTE
        while left:
            local = moment.astimezone(hours.zone)
            day = hours.on(local.date())
            is_open = span.clock is Clock.ROUND or (day is not None and day.opens <= local.time() < day.closes)
            left -= is_open and not stands(self.state(moment))
            moment += MINUTE
        return moment


@pytest.mark.parametrize("seed", range(count(6, 200)))
def test_every_promise_is_the_one_that_counting_minutes_gives(world: World, seed: int) -> None:
    """Over holidays, make-up days, pauses, reopening and other priorities, in several zones."""
    dice = random.Random(seed)
    zone = dice.choice(["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
    days = [date(2026, 10, 1) + timedelta(days=dice.randrange(60)) for _ in range(16)]
    closed, opened = set(days[:8]), set(days[8:]) - set(days[:8])
    world.book = shaped(
        world.book,
        zone=zone,
        holidays=dice.choice(["", "CN"]),
        closed=sorted(closed),
        open_days=[OpenDay(day, *dice.choice([("09:00", "12:00"), ("", "")])) for day in sorted(opened)],
    )
    world.now = datetime(
        2026, 10, dice.randrange(1, 28), dice.randrange(24), dice.randrange(60), tzinfo=ZoneInfo("UTC")
    )
    reference = made(world)
    life = Life(world.now)
    for _ in range(dice.randrange(1, 7)):
        world.move(minutes=dice.choice([0, 1, 45, 300, 1440, 4000]))
        dice.choice(steps_from(life.state(world.now)))(world, reference, life)
    if stands(life.state(world.now)):
        return
    hours = world.book.hours()
    respond_by, resolve_by = promised(world, reference)
    assert resolve_by == life.due(world.book.target(life.priority).resolve, hours), seed
    if life.answered is None:
        assert respond_by == life.due(world.book.target(life.priority).respond, hours), seed
    with world.store.read() as db:
        ticket = db.get_one(Ticket, reference)
        assert ticket.due_at == min(filter(None, (resolve_by, None if life.answered else respond_by)))
        assert ticket.responded_at == life.answered


def steps_from(state: TicketState) -> list[Callable[[World, str, Life], None]]:
    def into(new: TicketState) -> Callable[[World, str, Life], None]:
        def step(world: World, reference: str, life: Life) -> None:
            desk(world, reference, new)
            life.states.append((world.now, new))
            life.answered = life.answered or world.now

        return step

    def back(act: Act) -> Callable[[World, str, Life], None]:
        def step(world: World, reference: str, life: Life) -> None:
            requester(world, reference, act)
            life.states.append((world.now, BUSY))

        return step

    def answer(world: World, reference: str, life: Life) -> None:
        desk(world, reference, None, "在看")
        life.answered = life.answered or world.now

    def other_priority(world: World, reference: str, life: Life) -> None:
        life.priority = random.Random(str(life)).choice(list(Priority))
        with world.store.write() as db:
            regrade(db, world.book, db.get_one(Ticket, reference), life.priority)

    return {
        NEW: [into(BUSY), into(ASKS), into(SOLVED), answer, other_priority],
        BUSY: [into(ASKS), into(SOLVED), answer, other_priority],
        ASKS: [back(Act.COMMENT), into(BUSY), into(SOLVED), other_priority],
        SOLVED: [back(Act.REOPEN), other_priority],
    }[state]


def shaped(book: Book, **changed: object) -> Book:
    return msgspec.structs.replace(book, **changed)


def test_a_refused_change_moves_no_clock(world: World) -> None:
    reference = made(world)
    before = promised(world, reference)
    world.move(hours=1)
    with world.store.write() as db:
        ticket = db.get_one(Ticket, reference)
        assert isinstance(by_desk(db, world.book, ticket, NEW, "", world.now), No)
    assert promised(world, reference) == before
    with world.store.read() as db:
        ticket = db.get_one(Ticket, reference)
        assert (ticket.responded_at, ticket.stands_since) == (None, None)


def test_tickets_from_before_get_their_clocks_from_their_history(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(store, "0038")
    stories = {
        "A": ("in_progress", ["created", "state:waiting_for_requester", "commented"]),
        "B": ("resolved", ["created", "state:in_progress", "state:resolved"]),
        "C": ("new", ["created", "approval_asked", "approved"]),
        "D": ("new", ["created"]),
    }
    with store.engine.begin() as connection:
        for table, row in old_rows(stories):
            names = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    upgrade(store)
    day = timedelta(days=1)
    with store.read() as db:
        found = {one.reference: one for one in db.scalars(select(Ticket))}
        paused = {name: [(p.begins, p.ends) for p in pauses_of(db, name)] for name in stories}
    store.close()
    assert {name: one.responded_at for name, one in found.items()} == {
        "A": OLD + day, "B": OLD + day, "C": None, "D": None
    }  # fmt: skip
    assert {name: one.resolved_at for name, one in found.items() if one.resolved_at} == {"B": OLD + 2 * day}
    assert {name: one.stands_since for name, one in found.items() if one.stands_since} == {"B": OLD + 2 * day}
    assert paused == {"A": [(OLD + day, OLD + 2 * day)], "B": [], "C": [(OLD + day, OLD + 2 * day)], "D": []}
    respond_by, resolve_by = OLD + 5 * day, OLD + 9 * day
    assert {name: one.due_at for name, one in found.items()} == {
        "A": resolve_by, "B": None, "C": respond_by, "D": respond_by
    }  # fmt: skip


OLD = datetime(2026, 11, 2, 2, tzinfo=ZoneInfo("UTC"))


def old_rows(stories: dict[str, tuple[str, list[str]]]) -> Iterator[tuple[str, dict[str, object]]]:
    """As SQLite keeps them: one step of each ticket's history a day."""

    def kept(days: int) -> str:
        return f"{OLD + timedelta(days=days):%Y-%m-%d %H:%M:%S.%f}"

    yield "kiosks", {"id": "k", "place": "", "code": "A12", "public": b"", "enrolled_at": kept(0)}
    for name, (state, steps) in stories.items():
        yield "operations", {"op": name, "kiosk": "k", "digest": "", "status": 0, "body": b"", "at": kept(0)}
        told = dict.fromkeys(
            ("channel", "type", "service", "symptom", "impact", "team", "identity", "claim", "language", "building"), ""
        )
        told |= dict.fromkeys(("location", "note", "contact", "address"), "")
        moments = {"created_at": kept(0), "made_at": kept(0), "respond_by": kept(5), "resolve_by": kept(9)}
        row = {"reference": name, "op": name, "kiosk": "k", "priority": "P2", "suspected_p0": False, "state": state}
        yield "tickets", {**row, **told, **moments}
        for days, what in enumerate(steps):
            by = "desk" if what.startswith("state:") else "requester"
            yield "ticket_history", {"reference": name, "at": kept(days), "by": by, "what": what, "text": ""}
