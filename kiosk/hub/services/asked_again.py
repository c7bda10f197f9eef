"""Operations that staff want to come again: refused ones, and late ones whose answer their kiosk has not heard.

The stored refusal of one is taken back, so that the same content is judged anew when it comes, as if for the first time
and late if need be. Its kiosk hears of it with the answer to its next report; to ask twice changes nothing.
Most often somebody has put right what was in the way, or a report came too late and is still wanted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.quarantine_tables import AskedAgain
from kiosk.hub.store.tables import Kiosk, Operation

#: How long a kiosk is asked, for how many at once, and how many are shown to staff.
ASKED_FOR = timedelta(days=30)
MOST_ASKED = 20
MOST_SHOWN = 100
_FIRST_REFUSAL = 400


class Why(StrEnum):
    """Why staff want it: they choose, so that nothing personal gets into what is kept about it."""

    HUB_REPAIRED = "hub_repaired"
    STILL_WANTED = "still_wanted"


@dataclass(frozen=True, slots=True)
class Asked:
    at: datetime
    kiosk: str
    op: str


def ask(db: Session, op: str, why: Why, by: str, now: datetime) -> bool:
    """False where there is no such refusal (any more), or its kiosk was revoked: of that one nothing is taken so."""
    row = db.get(Operation, op, with_for_update=True) if op.isprintable() else None
    if row is None or row.status < _FIRST_REFUSAL or db.get_one(Kiosk, row.kiosk).revoked_at is not None:
        return False
    _remember(db, op, row.kiosk, now, is_judged=False)
    db.delete(row)
    note_act(db, by, "operation_again", now, about=op, why=why.value)
    return True


def tell_answer(db: Session, op: str, kiosk: str, now: datetime) -> None:
    """``op`` is a dead letter at ``kiosk`` and has an answer by now: it gets that when it sends again."""
    _remember(db, op, kiosk, now, is_judged=True)


def is_wanted(db: Session, op: str) -> bool:
    """Also where it comes too late."""
    row = db.get(AskedAgain, op)
    return row is not None and not row.is_judged


def answered(db: Session, op: str) -> None:
    """Its kiosk gets the stored answer now."""
    db.execute(delete(AskedAgain).where(AskedAgain.op == op))


def asked_of(db: Session, kiosk: Kiosk, now: datetime) -> tuple[str, ...]:
    """Those it is to send; what was judged meanwhile, or not sent for long, is not asked for any more."""
    rows = db.scalars(select(AskedAgain).where(AskedAgain.kiosk == kiosk.id).order_by(AskedAgain.at, AskedAgain.op))
    wanted = []
    for row in rows:
        is_done = not row.is_judged and db.get(Operation, row.op) is not None
        if is_done or row.at <= now - ASKED_FOR:
            db.delete(row)
        else:
            wanted.append(row.op)
    return tuple(wanted[:MOST_ASKED])


def asked(db: Session, now: datetime) -> list[Asked]:
    """Newest first; those their kiosks have not sent yet."""
    unjudged = select(AskedAgain).where(
        AskedAgain.at > now - ASKED_FOR,
        AskedAgain.is_judged.is_(False),
        AskedAgain.op.not_in(select(Operation.op)),
    )
    rows = db.scalars(unjudged.order_by(AskedAgain.at.desc(), AskedAgain.op).limit(MOST_SHOWN))
    return [Asked(row.at, row.kiosk, row.op) for row in rows]


def _remember(db: Session, op: str, kiosk: str, now: datetime, *, is_judged: bool) -> None:
    row = {"op": op, "kiosk": kiosk, "at": now, "is_judged": is_judged}
    kept = insert_into(db, AskedAgain).values(row)
    changed = {"kiosk": kiosk, "at": now, "is_judged": is_judged}
    db.execute(kept.on_conflict_do_update(index_elements=["op"], set_=changed))
