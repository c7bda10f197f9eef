"""Operations take effect once: the id, the effect and the answer are committed together (promises 4a.3).

The same id again, alone or at the same time, gets the stored answer; the same id with other content is refused and
kept for the admins. Refusals of a well-signed operation are answers too, and are stored like any other.
"""

from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from kiosk.domain.operations import OperationClass
from kiosk.domain.references import parse
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services.book import Book
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.services.numbers import belongs_to
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Incident, Kiosk, Operation, Ticket
from kiosk.wire.common import Problem
from kiosk.wire.envelope import Envelope, NotOpened, is_signed_by, open_sealed
from kiosk.wire.routes import MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from kiosk.wire.tickets import CardClaimed, ContactTyped, Report, TicketAnswer

#: Longest id or code a report may carry, characters.
MAX_ID = 64


class Answer(msgspec.Struct, frozen=True):
    """``body`` is the JSON text that was, and will be, answered."""

    status: int
    body: bytes


def take(
    db: Session, book: Book, keys: HubKeys, kiosk: Kiosk, envelope: Envelope, now: datetime, public_url: str
) -> Answer | No:
    payload = open_checked(db, keys, kiosk, envelope, now)
    if isinstance(payload, No):
        return payload
    op = envelope.context.op
    content = sha256(payload).hexdigest()
    if not _is_first(db, op, kiosk, content, now):
        return _stored(db, kiosk, op, content, now)
    outcome = _effect(db, book, kiosk, envelope, payload, now, public_url)
    if isinstance(outcome, No):
        answer = Answer(outcome.status, msgspec.json.encode(Problem(outcome.code, outcome.detail)))
        event("operation refused", kiosk=kiosk.id, op=op, code=outcome.code)
    else:
        answer = Answer(200, msgspec.json.encode(outcome))
        event("ticket made", kiosk=kiosk.id, op=op, reference=outcome.reference, priority=outcome.priority)
    row = db.get_one(Operation, op)
    row.status, row.body = answer.status, answer.body
    return answer


def open_checked(db: Session, keys: HubKeys, kiosk: Kiosk, envelope: Envelope, now: datetime) -> bytes | No:
    """The payload of an envelope this kiosk sealed and signed. Refusals here are not stored: nobody proved the id."""
    context = envelope.context
    if context.kiosk != kiosk.id or not is_signed_by(envelope, kiosk.public):
        note_incident(db, kiosk, context.op, "signature", now)
        return No(422, "signature", "not signed by the kiosk that sent it")
    if not is_operation_id(context.op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    expires = _moment(context.expires)
    if expires is None or _moment(context.made) is None:
        return No(422, "malformed", "made and expires must be RFC 3339 times with offset")
    opened = open_sealed(envelope, keys.private)
    if isinstance(opened, NotOpened):
        return No(422, opened.why, "cannot be opened by this hub")
    return opened


def note_incident(db: Session, kiosk: Kiosk, op: str, code: str, now: datetime) -> None:
    """Something a sound kiosk never does."""
    op = op if is_operation_id(op) else ""
    db.add(Incident(at=now, kiosk=kiosk.id, op=op, code=code))
    event("incident", kiosk=kiosk.id, op=op, code=code)


def _is_first(db: Session, op: str, kiosk: Kiosk, content: str, now: datetime) -> bool:
    """Takes the id, or waits for the transaction that has it. False where it was taken before."""
    row = {"op": op, "kiosk": kiosk.id, "digest": content, "status": 0, "body": b"", "at": now}
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    return db.scalar(insert(Operation).values(row).on_conflict_do_nothing().returning(Operation.op)) == op


def _stored(db: Session, kiosk: Kiosk, op: str, content: str, now: datetime) -> Answer | No:
    row = db.get_one(Operation, op)
    if row.kiosk != kiosk.id or row.digest != content:
        note_incident(db, kiosk, op, "other_content", now)
        return No(409, "other_content", "this operation id was used for something else")
    return Answer(row.status, row.body)


def _effect(
    db: Session, book: Book, kiosk: Kiosk, envelope: Envelope, payload: bytes, now: datetime, public_url: str
) -> TicketAnswer | No:
    context = envelope.context
    if context.kind != OperationClass.TICKET:
        return No(422, "unknown_kind", "this hub takes operations of the kind: ticket")
    expires = _moment(context.expires)
    if expires is None or expires <= now:
        return No(422, "expired", "this operation waited too long")
    report = _read(payload)
    if isinstance(report, No):
        return report
    reference = parse(report.reference)
    if reference is None or str(reference) != report.reference or context.aggregate != report.reference:
        return No(422, "malformed", "not a reference, or not the one in the envelope")
    if not belongs_to(db, kiosk, reference):
        return No(422, "unknown_reference", "this number was not given to this kiosk")
    if db.scalar(select(Ticket.op).where(Ticket.reference == report.reference)) is not None:
        note_incident(db, kiosk, context.op, "reference_taken", now)
        return No(409, "reference_taken", "this number already belongs to another operation")
    return create_ticket(db, book, kiosk, context.op, report, now, public_url)


def _read(payload: bytes) -> Report | No:
    try:
        report = msgspec.json.decode(payload, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return No(422, "malformed", "the sealed payload is not a report")
    if report.made_at.tzinfo is None:
        return No(422, "malformed", "made_at must have an offset")
    lengths = [
        (report.note, MAX_NOTE),
        (report.location, MAX_PLACE_DETAIL),
        (report.contact.address if isinstance(report.contact, ContactTyped) else "", MAX_CONTACT),
        (report.claim.uid if isinstance(report.claim, CardClaimed) else "", MAX_ID),
        *((text, MAX_ID) for text in (report.service, report.symptom, report.building, report.impact)),
    ]
    if any(len(text) > limit for text, limit in lengths):
        return No(422, "too_long", "a text is longer than agreed")
    if report.language not in ("zh", "en"):
        return No(422, "malformed", "language must be zh or en")
    return report


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
