"""Who is told that a promise runs out: its owner before it breaks, the lead when it does, whoever is on call after.

Each rung of each promise is told once, whatever becomes of the ticket later; one person gets one letter about many.
After a time in which the hub was off everybody who should have heard is told how it stands now.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.clocks import Promised, Rung
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketType
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, Entry, read_book
from kiosk.hub.services.clocks import ladders_of, reckon, told_of
from kiosk.hub.services.complaints import may_be_meant
from kiosk.hub.services.duty import held
from kiosk.hub.services.history import note_step
from kiosk.hub.services.people import is_valid
from kiosk.hub.store.clock_tables import Escalation
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Person, Ticket

#: Tickets looked at in one sweep.
MOST_AT_ONCE = 200
#: Numbers that stand in one message; the rest is counted.
MOST_LISTED = 10
#: One person gets a letter about one rung at most this often, except about a P0: what comes meanwhile goes together.
QUIET = timedelta(minutes=10)
_LETTER = {Rung.BEFORE: Told.RUNS_OUT, Rung.BREACH: Told.OVERDUE, Rung.AFTER: Told.LONG_OVERDUE}
#: What stands in the history: the breach is told to the requester too.
_STEP = {
    (Promised.RESPOND, Rung.BREACH): "escalated",
    (Promised.RESOLVE, Rung.BREACH): "overdue",
}


@dataclass(frozen=True, slots=True)
class _Due:
    """Rungs of one promise of one ticket that were reached, in order, and who has each one's post."""

    ticket: Ticket
    promised: Promised
    to: dict[Rung, Person | None]

    @property
    def highest(self) -> Rung:
        return list(self.to)[-1]


def sweep(store: Store, notices: Notices, public_url: str, now: datetime) -> int:
    """How many letters were written."""
    wanted = select(Ticket.reference).where(Ticket.next_step_at <= now)
    with store.read() as db:
        reached = list(db.scalars(wanted.order_by(Ticket.next_step_at, Ticket.reference).limit(MOST_AT_ONCE)))
    if not reached:
        return 0
    with store.write() as db:
        around = Around(read_book(db), notices, public_url)
        still = select(Ticket).where(Ticket.reference.in_(reached), Ticket.next_step_at <= now)
        found = [
            due
            for ticket in db.scalars(still.order_by(Ticket.reference).with_for_update())
            for due in _due(db, around.book, ticket, now)
        ]
        return _tell(db, around, found, now)


def _due(db: Session, book: Book, ticket: Ticket, now: datetime) -> list[_Due]:
    told, found = told_of(db, ticket.reference), []
    for promised, ladder in ladders_of(db, book, ticket).items():
        rungs = [rung for rung, at in ladder.items() if at <= now and (promised, rung) not in told]
        if rungs:
            found.append(_Due(ticket, promised, {rung: _holder(db, book, ticket, rung, now) for rung in rungs}))
    reckon(db, book, ticket)  # also where nothing is due: the moment was of a promise that has changed
    return found


def _holder(db: Session, book: Book, ticket: Ticket, rung: Rung, now: datetime) -> Person | None:
    """A complaint is told to nobody it may be about, and to nobody twice where somebody is above."""
    complaint = ticket.type == TicketType.COMPLAINT
    entry = book.entry(ticket.subject if complaint and ticket.subject else ticket.service)
    never = may_be_meant(db, ticket) if complaint else frozenset()
    owner = _owner(db, book, entry, ticket, now, never)
    if rung is Rung.BEFORE or entry is None:
        return owner if rung is Rung.BEFORE else None
    post = entry.lead if rung is Rung.BREACH else entry.on_call
    others = never | ({owner.id} if owner else set())
    found = held(db, book, post, now, others) or held(db, book, post, now, never)
    return found.person if found else None


def _owner(
    db: Session, book: Book, entry: Entry | None, ticket: Ticket, now: datetime, never: frozenset[str]
) -> Person | None:
    """Whose it is, else whoever answers for the service."""
    mine = db.get(Person, ticket.assignee) if ticket.assignee else None
    if mine is not None and is_valid(mine, now):
        return mine
    found = held(db, book, entry.owner, now, never) if entry else None
    return found.person if found else None


def _tell(db: Session, around: Around, found: list[_Due], now: datetime) -> int:
    letters: dict[tuple[str, Rung], list[Ticket]] = defaultdict(list)
    groups: dict[str, list[Ticket]] = defaultdict(list)
    quiet: dict[tuple[str, Rung], datetime | None] = {}
    for due in found:
        ticket = due.ticket
        whom = [(person.id, due.highest) for person in due.to.values() if person is not None]
        for key in whom:
            if key not in quiet:
                quiet[key] = _quiet_until(db, *key, now)
        until = max((end for key in whom if (end := quiet[key]) is not None), default=None)
        if until is not None and ticket.priority != Priority.P0:
            ticket.next_step_at = until
            continue
        for rung, person in due.to.items():
            row = {"promised": due.promised, "rung": rung, "person": person.id if person else None, "at": now}
            db.add(Escalation(reference=ticket.reference, **row))
            step = _STEP.get((due.promised, rung)) if person else None
            note_step(db, ticket, now, step or f"told_{rung.value}")
        for key in dict.fromkeys(whom):
            letters[key].append(ticket)
        if due.highest is not Rung.BEFORE and ticket.type != TicketType.COMPLAINT:
            groups[ticket.service].append(ticket)
    db.flush()
    for due in found:
        if due.ticket.next_step_at is None or due.ticket.next_step_at <= now:
            reckon(db, around.book, due.ticket)
    return _write(db, around, letters, groups, now)


def _write(
    db: Session,
    around: Around,
    letters: dict[tuple[str, Rung], list[Ticket]],
    groups: dict[str, list[Ticket]],
    now: datetime,
) -> int:
    notices = around.notices
    if notices is None:
        return 0
    for (person, rung), tickets in letters.items():
        notices.tell(db, db.get_one(Person, person), _LETTER[rung], now, **_values(tickets))
    for service, tickets in groups.items():
        entry = around.book.entry(service)
        if entry is not None:
            notices.tell_groups(db, Told.GROUP_OVERDUE, service, now, matter=entry.title, **_values(tickets))
    return len(letters)


def _values(tickets: list[Ticket]) -> dict[str, str]:
    each = {ticket.reference: ticket for ticket in tickets}
    ordered = sorted(each.values(), key=lambda ticket: (ticket.priority, ticket.reference))
    listed = ", ".join(f"{ticket.reference} {ticket.priority}" for ticket in ordered[:MOST_LISTED])
    return {"count": str(len(each)), "references": listed}


def _quiet_until(db: Session, person: str, rung: Rung, now: datetime) -> datetime | None:
    """``None``: they may be told now."""
    mine = select(func.max(Escalation.at)).where(Escalation.person == person, Escalation.rung == rung)
    last = db.scalar(mine)
    return last + QUIET if last is not None and last + QUIET > now else None
