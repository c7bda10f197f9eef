"""A report that was made before this hub was there: it becomes a ticket by today's rules, dated as it was made."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from kiosk.domain.tickets import IdentityLevel
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.store.tables import Kiosk, Operation, Ticket
from kiosk.wire.tickets import ContactOnFile, NumberClaimed, Report


@dataclass(frozen=True, slots=True)
class PastReport:
    """``number`` whose it is; ids are the catalogue's, '' where there is none."""

    reference: str
    number: str
    identity: IdentityLevel
    language: str
    service: str
    symptom: str
    impact: str
    building: str
    location: str
    note: str
    subject: str = ""


def make_past(db: Session, book: Book, kiosk: Kiosk, told: PastReport, moment: datetime) -> Ticket:
    """The reference is new and belongs to ``kiosk``. Its operation id follows from it: made twice, it is one."""
    op = str(uuid5(NAMESPACE_URL, f"past/{told.reference}"))
    db.add(Operation(op=op, kiosk=kiosk.id, digest="", status=0, body=b"", at=moment))
    db.flush()
    report = Report(
        reference=told.reference,
        language=told.language,
        service=told.service,
        symptom=told.symptom,
        impact=told.impact,
        building=told.building,
        location=told.location,
        note=told.note,
        contact=ContactOnFile(),
        claim=NumberClaimed(told.number),
        session="",
        made_at=moment,
        subject=told.subject,
    )
    create_ticket(db, Around(book, notices=None), kiosk, op, report, moment)
    ticket = db.get_one(Ticket, told.reference)
    ticket.identity = told.identity
    ticket.shown = "verified" if told.identity is IdentityLevel.VERIFIED else ticket.shown
    return ticket
