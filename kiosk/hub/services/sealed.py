"""Opening what a kiosk sealed and signed, and noting what a sound kiosk never sends."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Incident, Kiosk
from kiosk.wire.envelope import Envelope, NotOpened, is_signed_by, open_sealed
from kiosk.wire.packing import unpacked


def open_checked(db: Session, keys: HubKeys, kiosk: Kiosk, envelope: Envelope, now: datetime) -> bytes | No:
    """The payload of an envelope this kiosk sealed and signed. Refusals here are not stored: nobody proved the id."""
    context = envelope.context
    if context.kiosk != kiosk.id or not is_signed_by(envelope, kiosk.public):
        note_incident(db, kiosk, context.op, "signature", now)
        return No(422, "signature", "not signed by the kiosk that sent it")
    if not is_operation_id(context.op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    if moment(context.expires) is None or moment(context.made) is None:
        return No(422, "malformed", "made and expires must be RFC 3339 times with offset")
    opened = open_sealed(envelope, keys.private)
    if isinstance(opened, NotOpened):
        return No(422, opened.why, "cannot be opened by this hub")
    payload = unpacked(opened)
    return No(422, "malformed", "cannot be unpacked") if payload is None else payload


def note_incident(db: Session, kiosk: Kiosk, op: str, code: str, now: datetime) -> None:
    """Something a sound kiosk never does."""
    op = op if is_operation_id(op) else ""
    db.add(Incident(at=now, kiosk=kiosk.id, op=op, code=code))
    event("incident", kiosk=kiosk.id, op=op, code=code)


def moment(text: str) -> datetime | None:
    """``None`` for what is no RFC 3339 time with offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
