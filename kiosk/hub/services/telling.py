"""Tells a requester that something became of their ticket, on the way they chose; never what, which they look up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.naming import title_of
from kiosk.hub.store.tables import Person, Ticket


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody of whom only an address is known, for this one ticket."""

    phone: str
    email: str
    language: str
    id: str = ""


def reached(db: Session, ticket: Ticket) -> Person | Typed | None:
    """``None``: they look for themselves, or are not known."""
    if ticket.contact == "typed" and ticket.address:
        is_mail = "@" in ticket.address
        return Typed("" if is_mail else ticket.address, ticket.address if is_mail else "", ticket.language)
    return db.get(Person, ticket.person) if ticket.contact == "on_file" and ticket.person else None


def tell_requester(db: Session, around: Around, ticket: Ticket, what: Told, now: datetime) -> None:
    """Nobody who looks for themselves, or is not known, is told anything."""
    whom = reached(db, ticket)
    if whom is not None and around.notices is not None:
        title = title_of(around.book, ticket).of(Language(whom.language))
        around.notices.tell(db, whom, what, now, reference=ticket.reference, matter=title)
