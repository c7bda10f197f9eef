"""Blocks of reference numbers: each belongs to one kiosk for ever, also after the place was enrolled anew."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.references import HIGHEST_COUNTER, Reference
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Kiosk, NumberBlock
from kiosk.wire.enrolment import Block

#: Enough for some days without the hub; a code has 9,999 numbers for its life.
BLOCK_SIZE = 200
#: Stands for the operation id of the first block, which comes with the enrolment.
ENROLMENT = "enrolment"


def give_block(db: Session, kiosk: Kiosk, op: str, size: int = BLOCK_SIZE) -> Block | No:
    """The next block of the kiosk's code; asked twice with the same ``op``, the same one."""
    if op != ENROLMENT and not is_operation_id(op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    # Of two kiosks with one code, the second waits here until the first has its block; for why it is not FOR UPDATE see
    # trust.hold.
    db.execute(select(Kiosk.id).where(Kiosk.code == kiosk.code).order_by(Kiosk.id).with_for_update(key_share=True))
    found = db.scalar(select(NumberBlock).where(NumberBlock.kiosk == kiosk.id, NumberBlock.op == op))
    if found is None:
        given = db.scalar(select(func.max(NumberBlock.last)).where(NumberBlock.code == kiosk.code)) or 0
        if given >= HIGHEST_COUNTER:
            return No(409, "numbers_used_up", f"all numbers of {kiosk.code} are given out; give the place a new code")
        last = min(given + size, HIGHEST_COUNTER)
        found = NumberBlock(code=kiosk.code, first=given + 1, last=last, kiosk=kiosk.id, op=op)
        db.add(found)
        db.flush()
    return Block(found.code, found.first, found.last)


def belongs_to(db: Session, kiosk: Kiosk, reference: Reference) -> bool:
    """Whether this kiosk was given this number."""
    block = select(NumberBlock.first).where(
        NumberBlock.kiosk == kiosk.id,
        NumberBlock.code == reference.kiosk,
        NumberBlock.first <= reference.counter,
        NumberBlock.last >= reference.counter,
    )
    return db.scalar(block) is not None
