"""``python -m tests.real.planted_hub serve …``: the hub with a fault planted, to see that a test finds it.

It forgets the ids of remarks and ratings: whatever comes again has its effect again.
"""

import sys
from typing import Any

from sqlalchemy import delete

from kiosk.hub.cli import main
from kiosk.hub.services import operations, operations_together
from kiosk.hub.store.tables import Operation

_SOUND = operations.take
#: A report's number alone keeps it from being taken twice.
_FORGOTTEN = ("ticket_act", "feedback")


def _take(db: Any, book: Any, house: Any, kiosk: Any, envelope: Any, *more: Any, **named: Any) -> Any:
    if envelope.context.kind in _FORGOTTEN:
        db.execute(delete(Operation).where(Operation.op == envelope.context.op))
    return _SOUND(db, book, house, kiosk, envelope, *more, **named)


if __name__ == "__main__":
    for module in (operations, operations_together):
        module.take = _take  # type: ignore[attr-defined]
    sys.exit(main(sys.argv[1:]))
