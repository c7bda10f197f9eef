"""Whoever leaves takes nothing along: what was theirs to answer goes to the lead of its service, with a list."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kiosk.domain.tickets import TicketState, TicketType
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import read_book
from kiosk.hub.services.complaints import hand_over
from kiosk.hub.services.duty import held
from kiosk.hub.services.history import note_step
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Person, Ticket

#: Tickets handed over in one sweep.
MOST_AT_ONCE = 200
#: Numbers that stand in one message; the rest is counted.
MOST_LISTED = 10
_OPEN = tuple(state for state in TicketState if state.is_open)


def sweep(store: Store, notices: Notices, public_url: str, now: datetime) -> int:
    """How many tickets changed hands."""
    with store.read() as db:
        behind = list(db.scalars(_left_behind(now).limit(MOST_AT_ONCE)))
    if not behind:
        return 0
    with store.write() as db:
        around = Around(read_book(db), notices, public_url)
        given: dict[str, list[str]] = defaultdict(list)
        still = _left_behind(now).where(Ticket.reference.in_(behind)).with_for_update(of=Ticket)
        for reference in db.scalars(still):
            ticket = db.get_one(Ticket, reference)
            if ticket.type == TicketType.COMPLAINT:
                _complaint(db, around, ticket, now)
            elif person := _lead(db, around, ticket, now):
                given[person].append(ticket.reference)
        for person, references in given.items():
            listed = " ".join(references[:MOST_LISTED])
            more = str(len(references))
            notices.tell(db, db.get_one(Person, person), Told.HANDED_OVER, now, count=more, references=listed)
    return len(behind)


def _left_behind(now: datetime) -> Select[str]:
    return (
        select(Ticket.reference)
        .join(Person, Person.id == Ticket.assignee)
        .where(Person.valid_until <= now, Ticket.state.in_(_OPEN))
        .order_by(Ticket.created_at, Ticket.reference)
    )


def _lead(db: Session, around: Around, ticket: Ticket, now: datetime) -> str | None:
    """Whose it is now, by id; ``None``: nobody's own any more, its team sees it."""
    entry = around.book.entry(ticket.service)
    found = held(db, around.book, entry.lead, now) if entry else None
    ticket.assignee = found.person.id if found else None
    note_step(db, ticket, now, "assigned", text=ticket.assignee or ticket.team)
    return ticket.assignee


def _complaint(db: Session, around: Around, ticket: Ticket, now: datetime) -> None:
    """Never to whoever it is about; whoever gets it is told as for a new one."""
    ticket.assignee = None
    db.flush()
    if hand_over(db, around, ticket, now) is None:
        ticket.team = around.book.desk_team
