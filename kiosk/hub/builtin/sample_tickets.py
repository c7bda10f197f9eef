"""Tickets of the sample campus, in every state, made and changed by the same rules as real ones, in the days before."""

import tomllib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.references import parse
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import IdentityLevel, TicketState
from kiosk.hub.builtin.sample import sample_folder
from kiosk.hub.services.approvals import Decision, decide
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.past_tickets import PastReport, make_past
from kiosk.hub.services.ticket_changes import by_desk, by_requester
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import Kiosk, NumberBlock, Person, Ticket

#: The numbers of these tickets: no kiosk that is enrolled later gets one of them.
LAST_NUMBER = 300


class SampleStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``days`` ago at ``at``. ``desk`` is a new state or ``answer``, ``act`` what the requester does, ``approver`` a
    decision."""

    days: int
    at: time
    text: str = ""
    desk: str = ""
    act: str = ""
    approver: str = ""


class SampleTicket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``identity`` claimed or verified; texts in the language the ticket was made in."""

    reference: str
    person: str
    identity: str
    language: str
    service: str
    symptom: str
    impact: str
    building: str
    days: int
    at: time
    location: str = ""
    note: str = ""
    subject: str = ""
    steps: list[SampleStep] = []


def sample_tickets() -> list[SampleTicket]:
    text = (sample_folder() / "tickets.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["tickets"], list[SampleTicket])


def load_sample_tickets(db: Session, book: Book, now: datetime) -> int:
    """How many were made: a ticket that is there already stays as it is."""
    zone, made = ZoneInfo(book.zone), 0
    for sample in sample_tickets():
        person = db.get(Person, sample.person)
        if person is None or db.get(Ticket, sample.reference) is not None:
            continue
        _make(db, book, sample, person, zone, now)
        made += 1
    return made


def _make(db: Session, book: Book, sample: SampleTicket, person: Person, zone: ZoneInfo, now: datetime) -> None:
    moment = _moment(sample.days, sample.at, zone, now)
    kiosk = _kiosk(db, sample.reference, moment)
    told = PastReport(
        reference=sample.reference,
        number=person.number,
        identity=IdentityLevel(sample.identity),
        language=sample.language,
        service=sample.service,
        symptom=sample.symptom,
        impact=sample.impact,
        building=sample.building,
        location=sample.location,
        note=sample.note,
        subject=sample.subject,
    )
    ticket = make_past(db, book, kiosk, told, moment)
    for step in sample.steps:
        at = _moment(step.days, step.at, zone, now)
        state = TicketState(step.desk) if step.desk not in ("", "answer") else None
        if step.approver:
            asked = db.get_one(ApprovalAsked, ticket.reference).person
            around, decision = Around(book, notices=None), Decision(step.approver)
            refused = decide(db, around, ticket.reference, decision, step.text, asked, at)
        elif step.act:
            refused = by_requester(db, book, ticket, Act(step.act), step.text, at)
        else:
            refused = by_desk(db, book, ticket, state, step.text, at)
        if refused is not None:
            raise ValueError(f"{sample.reference}: {refused.detail}")
    db.flush()


def _kiosk(db: Session, reference: str, moment: datetime) -> Kiosk:
    """A kiosk that stands nowhere and is trusted by nobody; its numbers are taken."""
    parsed = parse(reference)
    if parsed is None or str(parsed) != reference or parsed.counter > LAST_NUMBER:
        raise ValueError(f"not a reference of the sample campus: {reference}")
    kiosk = db.get(Kiosk, f"sample-{parsed.kiosk}")
    if kiosk is None:
        kiosk = Kiosk(
            id=f"sample-{parsed.kiosk}",
            place="",
            code=parsed.kiosk,
            public=bytes(32),
            enrolled_at=moment,
            revoked_at=moment,
        )
        db.add(kiosk)
        db.flush()
        if db.scalar(select(NumberBlock.first).where(NumberBlock.code == parsed.kiosk)) is None:
            db.add(NumberBlock(code=parsed.kiosk, first=1, last=LAST_NUMBER, kiosk=kiosk.id, op="sample"))
    return kiosk


def _moment(days: int, at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """``at`` on the day ``days`` ago, never after ``now``."""
    day = now.astimezone(zone).date() - timedelta(days=days)
    return min(datetime.combine(day, at, zone), now)
