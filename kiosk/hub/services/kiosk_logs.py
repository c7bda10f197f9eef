"""Logs of kiosks that staff have sent in from there, filtered before they left (kiosk/log_export.py)."""

import zlib
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.policy import Policy
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.services.upkeep import staff_here
from kiosk.hub.store.fleet_tables import KioskLog
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.upkeep import LogKept, LogSent

#: Logs that are kept of one kiosk, and most bytes of one, packed and unpacked.
KEPT = 5
MOST_PACKED = 45_000
MOST_BYTES = 8 * 1024 * 1024


def keep(db: Session, policy: Policy, kiosk: Kiosk, token: str, sent: LogSent, now: datetime) -> LogKept | No:
    person = staff_here(db, policy, kiosk, token, now)
    if isinstance(person, No):
        return person
    text = unpacked(sent.log) if len(sent.log) <= MOST_PACKED else None
    if text is None or not all(line.isprintable() for line in text.split("\n")):  # it is printed on a terminal
        return No(422, "malformed", "not a log, or too long a one")
    db.add(KioskLog(kiosk=kiosk.id, at=now, log=sent.log))
    db.flush()
    newest = select(KioskLog.id).where(KioskLog.kiosk == kiosk.id).order_by(KioskLog.id.desc()).limit(KEPT)
    db.execute(delete(KioskLog).where(KioskLog.kiosk == kiosk.id, KioskLog.id.not_in(db.scalars(newest).all())))
    note_act(db, person.id, "kiosk_log", now, about=kiosk.id)
    return LogKept(now)


def newest(db: Session, kiosk: str) -> str | None:
    """JSON lines; ``None`` where none was sent in."""
    log = db.scalar(select(KioskLog.log).where(KioskLog.kiosk == kiosk).order_by(KioskLog.id.desc()).limit(1))
    return unpacked(log) if log is not None else None


def unpacked(log: bytes) -> str | None:
    """``None`` for what is no gzip of UTF-8, is cut short, or would be longer than MOST_BYTES."""
    packer = zlib.decompressobj(wbits=31)  # gzip
    try:
        text = packer.decompress(log, MOST_BYTES)
        return text.decode() if packer.eof else None
    except (zlib.error, UnicodeDecodeError):
        return None
