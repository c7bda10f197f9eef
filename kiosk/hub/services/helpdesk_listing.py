"""What is not at the campus's own helpdesk yet, and what it refused, for an admin's eyes: never what anybody wrote."""

from datetime import datetime

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.hub.ports import Posted
from kiosk.hub.services.helpdesk_outbox import CREATED, NOT_FILED, UNSURE_PAUSE
from kiosk.hub.store.helpdesk_tables import HelpdeskChange

#: Most lines of one list.
MOST_LISTED = 1000


class Unsent(msgspec.Struct, frozen=True):
    """``state``: waiting or rejected; ``last_answer`` a code of the helpdesk, '' before the first attempt."""

    op: str
    reference: str
    what: str
    state: str
    made_at: datetime
    attempts: int
    next_try: datetime
    last_answer: str


def unsent(db: Session) -> list[Unsent]:
    wanted = select(HelpdeskChange).where(HelpdeskChange.state.in_((Posted.WAITING, Posted.REJECTED)))
    return [
        Unsent(
            row.op,
            row.reference,
            row.what,
            row.state,
            row.made_at,
            row.attempts,
            row.next_try_at,
            row.last_answer,
        )
        for row in db.scalars(wanted.order_by(HelpdeskChange.id).limit(MOST_LISTED))
    ]


def resend(db: Session, op: str, now: datetime) -> bool:
    """Once more: what was refused at once, what may be on its way as soon as it would be found there. False where
    nothing with this id waits or was refused."""
    row = db.scalar(select(HelpdeskChange).where(HelpdeskChange.op == op).with_for_update())
    if row is None or row.state not in (Posted.WAITING, Posted.REJECTED):
        return False
    may_be_under_way = row.state == Posted.WAITING and row.attempts > 0
    row.next_try_at = min(row.next_try_at, now + UNSURE_PAUSE) if may_be_under_way else now
    row.state = Posted.WAITING
    if row.what == CREATED:  # what followed it had nowhere to go
        later = (HelpdeskChange.reference == row.reference, HelpdeskChange.last_answer == NOT_FILED)
        again = update(HelpdeskChange).where(*later, HelpdeskChange.state == Posted.REJECTED)
        db.execute(again.values(state=Posted.WAITING, next_try_at=now))
    return True
