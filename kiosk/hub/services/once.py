"""Requests that take effect once: what is asked while somebody stands there, under an operation id of its own.

The same id with the same content gets the stored answer; with other content it is refused and kept for the admins.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy.orm import Session

from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import Kiosk, Operation


def once(
    db: Session, kiosk: Kiosk, op: str, asked: msgspec.Struct, now: datetime, effect: Callable[[], object]
) -> bytes | No:
    """The JSON of the answer. A No of ``effect`` is not stored: what was in the way may be gone at the next try."""
    if not is_operation_id(op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    content = sha256(msgspec.json.encode(asked)).hexdigest()
    taken = {"op": op, "kiosk": kiosk.id, "digest": content, "status": 0, "body": b"", "at": now}
    first = db.scalar(insert_into(db, Operation).values(taken).on_conflict_do_nothing().returning(Operation.op)) == op
    row = db.get_one(Operation, op)
    if not first:
        if row.kiosk != kiosk.id or row.digest != content:
            return No(409, "other_content", "this operation id was used for something else")
        return row.body
    outcome = effect()
    if isinstance(outcome, No):
        db.delete(row)
        return outcome
    row.status, row.body = 200, msgspec.json.encode(outcome)
    return row.body
