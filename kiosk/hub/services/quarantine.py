"""The late queue of a revoked kiosk: kept sealed, without effect, until staff have decided.

It comes when the machine was enrolled anew and sends what it still had. Whether it was in good hands meanwhile only
people can know: the key may have made operations for somebody else. To the kiosk it is a dead letter until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kiosk.hub.logs import event
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import moment
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.quarantine_tables import LateOperation
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.envelope import Envelope, is_signed_by

#: Most that wait of one kiosk: a whole queue of an honest one, and no more of another.
MOST_KEPT = 5_000
#: Of one kiosk on the page; the count is always whole.
MOST_SHOWN = 50
#: Seconds after which a kiosk may bring more once as many wait as may.
RETRY_AFTER = 3600


class State(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"  # staff took it, but it could have no effect any more; its answer says why
    DROPPED = "dropped"


class Why(StrEnum):
    """Why staff decide so: they choose, so that nothing personal gets into what is kept about it."""

    KIOSK_FOUND = "kiosk_found"
    BY_MISTAKE = "by_mistake"
    PERSON_ASKED = "person_asked"
    LOOKS_MADE_UP = "looks_made_up"
    TOO_LATE = "too_late"


#: Which of them speak for taking, and which for dropping.
TAKE = (Why.KIOSK_FOUND, Why.BY_MISTAKE, Why.PERSON_ASKED)
DROP = (Why.LOOKS_MADE_UP, Why.TOO_LATE)

KEPT = No(422, "quarantined", "its kiosk was revoked: staff decide about it in the console")
_DROPPED = No(422, "dropped", "staff decided that this has no effect")


@dataclass(frozen=True, slots=True)
class Late:
    op: str
    kind: str
    reference: str
    made_at: datetime
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class LateQueue:
    """Of one revoked kiosk, oldest first; ``count`` of all that wait. ``after``: how many say of themselves that they
    were made after it was revoked."""

    kiosk: str
    brought_by: str
    revoked_at: datetime | None
    count: int
    after: int
    shown: tuple[Late, ...]


def maker(db: Session, sender: Kiosk, envelope: Envelope) -> Kiosk | None:
    """The kiosk that made it, where that is another than the one that sends it and it may send it: the same machine
    under its name before, or any that was revoked. Else ``None``."""
    if envelope.context.kiosk == sender.id:
        return None
    found = db.get(Kiosk, envelope.context.kiosk)
    if found is None or not is_signed_by(envelope, found.public):
        return None
    return found if found.revoked_at is not None or found.public == sender.public else None


def keep(db: Session, sender: Kiosk, made_by: Kiosk, envelope: Envelope, digest: str, now: datetime) -> No:
    """Once, however often it comes. What is sealed was opened before, and is not kept open."""
    context = envelope.context
    known = db.scalar(select(LateOperation).where(LateOperation.op == context.op))
    if known is not None:
        return _DROPPED if known.state == State.DROPPED else KEPT
    counted = select(func.count()).where(LateOperation.kiosk == made_by.id, LateOperation.state == State.WAITING)
    if (db.scalar(counted) or 0) >= MOST_KEPT:
        return No(429, "quarantine_full", "as many of this kiosk wait as may", RETRY_AFTER)
    row = {
        "op": context.op,
        "kiosk": made_by.id,
        "brought_by": sender.id,
        "kind": context.kind,
        "aggregate": context.aggregate,
        "made_at": moment(context.made) or now,
        "arrived_at": now,
        "envelope": msgspec.json.encode(envelope),
        "digest": digest,
        "state": State.WAITING.value,
        "decided_at": None,
    }
    db.execute(insert_into(db, LateOperation).values(row).on_conflict_do_nothing())
    event("operation quarantined", kiosk=made_by.id, brought_by=sender.id, op=context.op, kind=context.kind)
    return KEPT


def queues(db: Session) -> list[LateQueue]:
    waits = LateOperation.state == State.WAITING
    after = func.sum(case((LateOperation.made_at > Kiosk.revoked_at, 1), else_=0))
    counted = (
        select(LateOperation.kiosk, func.max(LateOperation.brought_by), Kiosk.revoked_at, func.count(), after)
        .join(Kiosk, Kiosk.id == LateOperation.kiosk)
        .where(waits)
        .group_by(LateOperation.kiosk, Kiosk.revoked_at)
        .order_by(LateOperation.kiosk)
    )
    return [
        LateQueue(kiosk, brought_by, revoked_at, count, int(late or 0), _shown(db, kiosk))
        for kiosk, brought_by, revoked_at, count, late in db.execute(counted)
    ]


def waiting(db: Session) -> int:
    return db.scalar(select(func.count()).where(LateOperation.state == State.WAITING)) or 0


def waiting_of(db: Session, kiosk: str, most: int) -> Sequence[str]:
    """Ids, in the order in which they came."""
    wanted = select(LateOperation.op).where(LateOperation.kiosk == kiosk, LateOperation.state == State.WAITING)
    return db.scalars(wanted.order_by(LateOperation.seq).limit(most)).all()


def _shown(db: Session, kiosk: str) -> tuple[Late, ...]:
    wanted = select(LateOperation).where(LateOperation.kiosk == kiosk, LateOperation.state == State.WAITING)
    rows = db.scalars(wanted.order_by(LateOperation.seq).limit(MOST_SHOWN))
    return tuple(
        Late(row.op, row.kind, "" if row.aggregate == row.op else row.aggregate, row.made_at, row.arrived_at)
        for row in rows
    )


def drop(db: Session, op: str, why: Why, by: str, now: datetime) -> bool:
    """It has no effect, now or when it comes again. False where somebody has decided already."""
    row = undecided(db, op)
    if row is None:
        return False
    decide(row, State.DROPPED, now)
    note_act(db, by, "late_dropped", now, about=op, why=why.value)
    return True


def decide(row: LateOperation, state: State, now: datetime) -> None:
    """What it says is not kept any longer than it takes to decide."""
    row.state, row.decided_at, row.envelope = state.value, now, b""


def undecided(db: Session, op: str) -> LateOperation | None:
    wanted = select(LateOperation).where(LateOperation.op == op, LateOperation.state == State.WAITING)
    return db.scalar(wanted.with_for_update()) if op.isprintable() else None
