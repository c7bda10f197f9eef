"""What a slip's code shows at a kiosk's scanner: the same as on a phone (follow.py), as values. Read only."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.domain.text import Text
from kiosk.domain.ticket_views import Step, TicketView
from kiosk.domain.tickets import TicketState, TicketType
from kiosk.hub.services.approvals import approval_of
from kiosk.hub.services.book import Book
from kiosk.hub.services.brought import Arrived, NotArrived
from kiosk.hub.services.follow import followed, told_steps
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Ticket

NO_SLIP = No(422, "no_such_slip", "this code is unknown, over or was taken back")


def look_at_slip(db: Session, book: Book, code: str, now: datetime) -> TicketView | No:
    """Category words, state, promise, what has happened and when: no place, no words of anybody, nobody's name."""
    ticket = followed(db, code, now)
    return NO_SLIP if ticket is None else view_of(db, book, ticket)


def look_at_brought(db: Session, book: Book, brought: Arrived | NotArrived) -> TicketView | No:
    """The same for a report that was on the paper itself."""
    ticket = db.get(Ticket, brought.reference) if isinstance(brought, Arrived) else None
    return NO_SLIP if ticket is None else view_of(db, book, ticket)


def view_of(db: Session, book: Book, ticket: Ticket) -> TicketView:
    zone, state = ZoneInfo(book.zone), TicketState(ticket.state)
    respond_by = ticket.respond_by if state is TicketState.NEW else None
    resolve_by = ticket.resolve_by if state is TicketState.IN_PROGRESS else None
    return TicketView(
        reference=ticket.reference,
        title=title_of(book, ticket),
        place=Text("", ""),
        type=ticket.type,
        state=ticket.state,
        created_at=ticket.created_at.astimezone(zone),
        respond_by=respond_by.astimezone(zone) if respond_by else None,
        resolve_by=resolve_by.astimezone(zone) if resolve_by else None,
        history=tuple(Step(line.at.astimezone(zone), "", line.what) for line in told_steps(db, ticket)),
        approval=approval_of(db, book, ticket) if ticket.type == TicketType.REQUEST else None,
        respond_about=ticket.respond_about,
        resolve_about=ticket.resolve_about,
    )
