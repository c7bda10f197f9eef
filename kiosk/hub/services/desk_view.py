"""Which tickets somebody of the staff may see: a complaint only those it went to. Others are as unknown as none."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.references import parse
from kiosk.domain.staff_rights import Right
from kiosk.domain.tickets import TicketType
from kiosk.hub.services.book import Book
from kiosk.hub.services.complaints import meant
from kiosk.hub.services.staff_sessions import Present
from kiosk.hub.store.tables import Person, Ticket

__all__ = ["Ticket", "found", "may_be_seen", "names", "sees"]


def sees(db: Session, book: Book, who: Present, ticket: Ticket, now: datetime) -> bool:
    """A complaint: whose it is, else who leads and is not meant by it; anything else: whoever sees the console."""
    if ticket.type != TicketType.COMPLAINT:
        return True
    if ticket.assignee is not None:
        return ticket.assignee == who.person
    return Right.CONFIGURE in who.rights and who.person not in meant(db, book, ticket, now)


def may_be_seen(who: Present) -> ColumnElement[bool]:
    """The same for a list, as far as a database can say; ``sees`` says the rest."""
    theirs = or_(Ticket.type != TicketType.COMPLAINT, Ticket.assignee == who.person)
    return or_(theirs, Ticket.assignee.is_(None)) if Right.CONFIGURE in who.rights else theirs


def found(db: Session, book: Book, who: Present, text: str, now: datetime, *, locked: bool = False) -> Ticket | None:
    """The ticket of a number as somebody typed it; one they may not see is as unknown as one there is none."""
    reference = parse(text)
    if reference is None:
        return None
    ticket = db.get(Ticket, str(reference), with_for_update=locked or None, populate_existing=locked)
    return ticket if ticket is not None and sees(db, book, who, ticket, now) else None


def names(db: Session, people: Iterable[str | None], language: Language) -> dict[str, str]:
    """Of colleagues, by their ids, as somebody who reads ``language`` writes them."""
    wanted = sorted({one for one in people if one})
    rows = db.scalars(select(Person).where(Person.id.in_(wanted)))
    return {one.id: one.latin_name if language is Language.EN and one.latin_name else one.name for one in rows}
