"""Who may rate a report, and how somebody who is not content is spoken to again.

A rating is nobody's: it is kept with its service and its month, never with the report, of which only is kept that it
was rated. Whoever wants to be spoken to asks for that beside it: then the lead of the service learns which report it
was, and not whoever worked on it alone.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.queueable import Mark
from kiosk.domain.tickets import TicketState
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.duty import held
from kiosk.hub.services.feedback import keep, start_of_day
from kiosk.hub.services.history import REQUESTER, TALK, note_step
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.ratings_counted import ONE_SERVICE, SERVICE
from kiosk.hub.store.tables import FollowCode, HistoryLine, Ticket

_OVER = (TicketState.RESOLVED, TicketState.CLOSED)
LOW = frozenset({Mark.POOR, Mark.VERY_POOR})
FACES = frozenset({Mark.VERY_GOOD, Mark.GOOD, Mark.FAIR}) | LOW


def may_be_rated(db: Session, ticket: Ticket) -> bool:
    """When it is solved, once, and not by somebody who worked on it: nobody rates their own case."""
    return ticket.state in _OVER and not was_rated(db, ticket) and not _worked_on_it(db, ticket)


def was_rated(db: Session, ticket: Ticket) -> bool:
    """Or was asked for it, at a kiosk."""
    rated = select(FollowCode.digest).where(FollowCode.reference == ticket.reference, FollowCode.rated)
    return db.scalars(rated.limit(1)).first() is not None


def note_rated(db: Session, ticket: Ticket) -> None:
    db.execute(update(FollowCode).where(FollowCode.reference == ticket.reference).values(rated=True))


def rate(
    db: Session, book: Book, ticket: Ticket, mark: str, reasons: tuple[str, ...], language: str, now: datetime
) -> bool:
    """What was said is kept with the service and the month, and with nothing else."""
    db.get(Ticket, ticket.reference, with_for_update=True, populate_existing=True)
    if mark not in FACES or not may_be_rated(db, ticket):
        return False
    note_rated(db, ticket)
    entry = book.entry(ticket.service)
    day = start_of_day(now, ZoneInfo(book.zone))
    about = f"{ONE_SERVICE}{entry.id}" if entry else SERVICE
    month = day.replace(day=1) if entry else day
    keep(db, Mark(mark), month, kiosk="", about=about, reasons=reasons, words="", language=language)
    return True


def may_talk(db: Session, ticket: Ticket) -> bool:
    return ticket.state in _OVER and was_rated(db, ticket) and not talks(db, ticket)


def talks(db: Session, ticket: Ticket) -> bool:
    asked = select(HistoryLine.id).where(HistoryLine.reference == ticket.reference, HistoryLine.what == TALK)
    return db.scalars(asked.limit(1)).first() is not None


def talk(db: Session, around: Around, ticket: Ticket, now: datetime) -> bool:
    """The lead is told, or where the lead worked on it, the post above. From then on remarks are taken again."""
    db.get(Ticket, ticket.reference, with_for_update=True, populate_existing=True)
    if not may_talk(db, ticket):
        return False
    note_step(db, ticket, now, TALK, by=REQUESTER)
    entry = around.book.entry(ticket.service)
    concerned = frozenset(one for one in (ticket.assignee, ticket.person) if one)
    lead = held(db, around.book, entry.lead, now, concerned) if entry else None
    if lead is not None and around.notices is not None:
        matter = title_of(around.book, ticket).of(Language(lead.person.language))
        around.notices.tell(db, lead.person, Told.TALK_WANTED, now, reference=ticket.reference, matter=matter)
    return True


def _worked_on_it(db: Session, ticket: Ticket) -> bool:
    person = ticket.person
    if person is None:
        return False
    lines = select(HistoryLine.id).where(
        HistoryLine.reference == ticket.reference,
        or_(HistoryLine.staff == person, (HistoryLine.what == "assigned") & (HistoryLine.text == person)),
    )
    return ticket.assignee == person or db.scalars(lines.limit(1)).first() is not None
