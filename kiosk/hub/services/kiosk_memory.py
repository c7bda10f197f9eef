"""How far each kiosk's memory has come: a disk that was set back to an earlier day would give its numbers again."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.presence import MemoryMark
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.store.fleet_tables import KioskMemory
from kiosk.hub.store.tables import Kiosk

#: More operations than a kiosk makes in its life.
HIGHEST_SEQ = 2**31 - 1
_EPOCH = re.compile(r"[0-9a-f]{1,32}")
_LINK = re.compile(r"[0-9a-f]{64}")


def told(db: Session, kiosk: Kiosk, mark: MemoryMark, now: datetime) -> MemoryMark | No | None:
    """Keeps it, and answers what was known before; ``None`` for a kiosk that tells for the first time.

    A mark behind what is known is not kept: the kiosk hears of it, at every report, until it goes on under another.
    """
    if not (_EPOCH.fullmatch(mark.epoch) and _LINK.fullmatch(mark.link) and 0 <= mark.seq <= HIGHEST_SEQ):
        return No(422, "malformed", "no such memory")
    row = db.get(KioskMemory, kiosk.id, with_for_update=True)
    before = MemoryMark(row.epoch, row.seq, row.link) if row else None
    if before is not None and before.epoch != mark.epoch:
        note_incident(db, kiosk, "", "other_memory", now)
    if before is None or before.epoch != mark.epoch or before.seq <= mark.seq:
        db.merge(KioskMemory(kiosk=kiosk.id, epoch=mark.epoch, seq=mark.seq, link=mark.link, told_at=now))
    return before
