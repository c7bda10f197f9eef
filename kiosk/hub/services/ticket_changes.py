"""What can happen to a ticket after it was made: by its requester, and by the desk. Each leaves a line of history."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.plain_text import clean
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import IdentityLevel, TicketState, may_become
from kiosk.hub.services.book import Book
from kiosk.hub.services.clocks import answered, move
from kiosk.hub.services.history import DESK, REQUESTER, TALK, note_step
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import HistoryLine, Ticket
from kiosk.wire.routes import MAX_ANSWER_TEXT, MAX_NOTE

#: Most remarks of the requester on one ticket.
MOST_REMARKS = 50
NOT_NOW = No(409, "not_now", "the state of the ticket does not allow this any more")


def by_requester(db: Session, book: Book, ticket: Ticket, act: Act, text: str, now: datetime) -> No | None:
    """``None`` where it took effect; ``text`` counts with a remark and with *not solved*, and is cleaned here."""
    said = clean(text, MAX_NOTE)
    state = TicketState(ticket.state)
    match act:
        case Act.COMMENT:
            return _comment(db, book, ticket, said, now)
        case Act.WITHDRAW:
            if not state.is_open:
                return NOT_NOW
            _become(db, book, ticket, TicketState.WITHDRAWN, now)
        case Act.REOPEN:
            if state is not TicketState.RESOLVED:
                return NOT_NOW
            move(db, book, ticket, TicketState.IN_PROGRESS, now)
            note_step(db, ticket, now, "reopened", by=REQUESTER, text=said)
        case Act.CONFIRM:
            if state is TicketState.WAITING_FOR_REQUESTER:
                _become(db, book, ticket, TicketState.RESOLVED, now)
            elif state is not TicketState.RESOLVED:
                return NOT_NOW
            _become(db, book, ticket, TicketState.CLOSED, now)
        case Act.DISOWN:
            if ticket.identity != IdentityLevel.CLAIMED:
                return NOT_NOW
            _disown(db, book, ticket, now)
    return None


def by_desk(
    db: Session, book: Book, ticket: Ticket, state: TicketState | None, text: str, now: datetime, staff: str = ""
) -> No | None:
    """A new state, an answer, or both as one line of history. The answer is shown to the requester as it is."""
    said = clean(text, MAX_ANSWER_TEXT)
    if state is None:
        if not said:
            return No(422, "nothing", "neither a state nor an answer")
        note_step(db, ticket, now, "answered", by=DESK, text=said, staff=staff)
        answered(db, book, ticket, now)
        return None
    if ticket.state == TicketState.WAITING_FOR_APPROVAL:
        return No(409, "waits_for_approval", "this waits for an approval: say approve or decline")
    if not may_become(TicketState(ticket.state), state):
        return No(409, "not_now", f"a ticket that is {ticket.state} cannot become {state.value}")
    _become(db, book, ticket, state, now, by=DESK, text=said, staff=staff)
    answered(db, book, ticket, now)
    return None


def _comment(db: Session, book: Book, ticket: Ticket, said: str, now: datetime) -> No | None:
    """While the desk waits for the requester, a remark is the reply: work goes on."""
    if not said:
        return No(422, "nothing", "there is no text")
    if not TicketState(ticket.state).is_open and not _talks(db, ticket):
        return NOT_NOW
    made = select(func.count()).where(HistoryLine.reference == ticket.reference, HistoryLine.what == "commented")
    if (db.scalar(made) or 0) >= MOST_REMARKS:
        return No(409, "too_many", "this ticket has enough remarks")
    note_step(db, ticket, now, "commented", by=REQUESTER, text=said)
    if ticket.state == TicketState.WAITING_FOR_REQUESTER:
        move(db, book, ticket, TicketState.IN_PROGRESS, now)
    return None


def _talks(db: Session, ticket: Ticket) -> bool:
    """What is over is spoken about again where its requester asked for that."""
    asked = select(HistoryLine.id).where(HistoryLine.reference == ticket.reference, HistoryLine.what == TALK)
    return db.scalars(asked.limit(1)).first() is not None


def _become(
    db: Session,
    book: Book,
    ticket: Ticket,
    state: TicketState,
    now: datetime,
    *,
    by: str = REQUESTER,
    text: str = "",
    staff: str = "",
) -> None:
    move(db, book, ticket, state, now)
    note_step(db, ticket, now, f"state:{state.value}", by=by, text=text, staff=staff)


def _disown(db: Session, book: Book, ticket: Ticket, now: datetime) -> None:
    """Nobody is behind it any more: the desk may go on, but answers nobody (journeys 1). What still waits for an
    approval was wanted by nobody, and ends."""
    if ticket.state == TicketState.WAITING_FOR_APPROVAL:
        move(db, book, ticket, TicketState.WITHDRAWN, now)
    ticket.person, ticket.identity, ticket.claim = None, IdentityLevel.NONE, ""
    if ticket.contact == "on_file":
        ticket.contact = "look"
    note_step(db, ticket, now, "disowned", by=REQUESTER)
