"""A ticket's clocks, kept with it: every change of state, answer and priority goes through here.

Whoever calls holds the ticket's row.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import Pause, Span, is_about
from kiosk.domain.clocks import Promised, Rung, stands, steps
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.book import Book
from kiosk.hub.store.clock_tables import Escalation, TicketPause
from kiosk.hub.store.tables import Ticket

#: Nothing was promised in these: somebody has to agree first, or did not.
_UNPROMISED = (TicketState.WAITING_FOR_APPROVAL, TicketState.DECLINED)


def move(db: Session, book: Book, ticket: Ticket, state: TicketState, at: datetime) -> None:
    """The ticket is in ``state`` from ``at`` on. Solved and opened again, its clocks go on with what was left."""
    before = TicketState(ticket.state)
    if stands(before):
        since = ticket.stands_since or at
        db.add(TicketPause(reference=ticket.reference, state=before, begins=since, ends=max(since, at)))
    ticket.state = state
    ticket.stands_since = at if stands(state) else None
    if state is TicketState.RESOLVED:
        ticket.resolved_at = at
    elif state is not TicketState.CLOSED:
        ticket.resolved_at = None
    reckon(db, book, ticket)


def answered(db: Session, book: Book, ticket: Ticket, at: datetime) -> None:
    """The desk said or did something: the first time ends the clock of the response."""
    if ticket.responded_at is None:
        ticket.responded_at = max(at, ticket.created_at)
        reckon(db, book, ticket)


def regrade(db: Session, book: Book, ticket: Ticket, priority: Priority) -> None:
    """As if it had been ``priority`` from the beginning, except for what was answered before."""
    ticket.priority, ticket.suspected_p0 = priority, False
    reckon(db, book, ticket)


def pauses_of(db: Session, reference: str) -> list[Pause]:
    """Those that are over."""
    rows = db.scalars(select(TicketPause).where(TicketPause.reference == reference).order_by(TicketPause.id))
    return [Pause(row.begins, row.ends) for row in rows]


def reckon(db: Session, book: Book, ticket: Ticket) -> None:
    """What is promised, and when somebody is told, from all that is known of the ticket."""
    state = TicketState(ticket.state)
    ticket.due_at = ticket.warn_at = ticket.next_step_at = None
    if state in _UNPROMISED:
        ticket.respond_by = ticket.resolve_by = None
        ticket.respond_about = ticket.resolve_about = False
    if stands(state):
        return
    ladders, calendar, spans = ladders_of(db, book, ticket), book.hours(), _spans(book, ticket)
    for each, ladder in ladders.items():
        by, about = ladder[Rung.BREACH], is_about(ladder[Rung.BREACH], spans[each], calendar)
        if each is Promised.RESPOND:
            ticket.respond_by, ticket.respond_about = by, about
        else:
            ticket.resolve_by, ticket.resolve_about = by, about
    first = min(ladders.values(), key=lambda ladder: ladder[Rung.BREACH])
    ticket.warn_at, ticket.due_at = first[Rung.BEFORE], first[Rung.BREACH]
    told = told_of(db, ticket.reference)
    ahead = (at for each, ladder in ladders.items() for rung, at in ladder.items() if (each, rung) not in told)
    ticket.next_step_at = min(ahead, default=None)


def ladders_of(db: Session, book: Book, ticket: Ticket) -> dict[Promised, dict[Rung, datetime]]:
    """When which rung of each promise that is still to be kept is reached; the clocks run."""
    calendar, pauses = book.hours(), pauses_of(db, ticket.reference)
    return {
        each: steps(ticket.created_at, span, calendar, pauses)
        for each, span in _spans(book, ticket).items()
        if each is Promised.RESOLVE or ticket.responded_at is None
    }


def _spans(book: Book, ticket: Ticket) -> dict[Promised, Span]:
    target = book.target(Priority(ticket.priority))
    return {Promised.RESPOND: target.respond, Promised.RESOLVE: target.resolve}


def told_of(db: Session, reference: str) -> set[tuple[Promised, Rung]]:
    rows = db.execute(select(Escalation.promised, Escalation.rung).where(Escalation.reference == reference))
    return {(Promised(promised), Rung(rung)) for promised, rung in rows}
