"""A complaint goes to the lead of the service it is about, never to whoever it is about (journeys 10)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, Entry
from kiosk.hub.services.duty import Held, held
from kiosk.hub.services.history import note_step
from kiosk.hub.store.tables import Ticket


def hand_over(db: Session, around: Around, ticket: Ticket, now: datetime) -> Held | None:
    """To the lead, to the post above where the lead may be meant, to the desk as a whole where nobody is left."""
    book, notices = around.book, around.notices
    about = book.entry(ticket.subject) or book.entry(ticket.service)
    found = _head(db, book, about, ticket, now) if about else None
    if found is None:
        note_step(db, ticket, now, "no_lead", text=ticket.subject)
        return None
    ticket.team, ticket.assignee = found.role.id, found.person.id
    if notices is not None and about is not None:
        service = about.title.of(Language(found.person.language))
        notices.tell(db, found.person, Told.COMPLAINT, now, reference=ticket.reference, service=service)
    return found


def may_be_meant(db: Session, ticket: Ticket) -> frozenset[str]:
    """Ids of those who may not get this complaint: whoever had a matter of the same person about that service, and the
    person who complains."""
    if ticket.person is None:
        return frozenset()
    theirs = select(Ticket.assignee).where(
        Ticket.person == ticket.person,
        Ticket.service == ticket.subject,
        Ticket.assignee.is_not(None),
        Ticket.reference != ticket.reference,
    )
    return frozenset({ticket.person, *filter(None, db.scalars(theirs))})


def meant(db: Session, book: Book, ticket: Ticket, now: datetime) -> frozenset[str]:
    """The same with the lead, where the complaint is about the lead."""
    found, complaint = may_be_meant(db, ticket), book.entry(ticket.service)
    about = book.entry(ticket.subject) or complaint
    if about and complaint and ticket.symptom in complaint.above_lead:
        lead = held(db, book, about.lead, now)
        found |= {lead.person.id} if lead else set()
    return found


def _head(db: Session, book: Book, about: Entry, ticket: Ticket, now: datetime) -> Held | None:
    return held(db, book, about.lead, now, meant(db, book, ticket, now))
