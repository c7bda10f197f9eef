"""Messages that have not reached their gateway, as staff see them: whom to (masked), what about, why not; never what
they say. What a gateway refused can be sent again as long as it is worth sending, except for a code."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from kiosk.domain.masking import mask_email, mask_phone
from kiosk.hub.ports import GROUP, Channel, Posted
from kiosk.hub.services.outgoing import LEASE
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.outgoing_tables import OutgoingMessage

#: On one page; the counts are always whole.
MOST_SHOWN = 100
_DEAD = (Posted.REJECTED.value, Posted.TOO_LATE.value)


class Why(StrEnum):
    """Why somebody sends a message again: they choose, so that nothing personal gets into what is kept about it."""

    GATEWAY_REPAIRED = "gateway_repaired"
    ADDRESS_WORKS = "address_works"
    PERSON_ASKED = "person_asked"


@dataclass(frozen=True, slots=True)
class Letter:
    """``channel``: a Channel or GROUP; ``to`` masked; ``answer`` what the gateway said last: a code or an exception's
    name, '' where it was not asked yet. ``may_resend``: from dead, or out of a long wait."""

    op: str
    channel: str
    to: str
    kind: str
    state: Posted
    made_at: datetime
    useless_at: datetime
    attempts: int
    next_try_at: datetime
    answer: str
    may_resend: bool


@dataclass(frozen=True, slots=True)
class Counts:
    waiting: int
    dead: int


def counts(db: Session) -> Counts:
    of_state = select(OutgoingMessage.state, func.count()).where(_somebodys()).group_by(OutgoingMessage.state)
    found = {row[0]: row[1] for row in db.execute(of_state)}
    return Counts(found.get(Posted.WAITING.value, 0), sum(found.get(state, 0) for state in _DEAD))


def letters(db: Session, now: datetime, *, dead: bool) -> list[Letter]:
    """Dead ones newest first, waiting ones in the order in which they are tried."""
    states = _DEAD if dead else (Posted.WAITING.value,)
    order = OutgoingMessage.made_at.desc() if dead else OutgoingMessage.next_try_at
    wanted = select(OutgoingMessage).where(_somebodys(), OutgoingMessage.state.in_(states))
    return [_seen(row, now) for row in db.scalars(wanted.order_by(order).limit(MOST_SHOWN))]


def resend(db: Session, op: str, why: Why, by: str, now: datetime) -> No | None:
    """The next look of the postman carries it, under the id it had."""
    row = db.get(OutgoingMessage, op, with_for_update=True) if op.isprintable() else None
    if row is None or not row.address:
        return No(404, "unknown", "no such message, or not any more")
    if not _may_resend(row, now):
        return No(409, "not_now", "this message cannot be sent again")
    row.state, row.next_try_at, row.attempts = Posted.WAITING.value, now, 0
    note_act(db, by, "letter_resent", now, about=op, why=why.value)
    return None


def _may_resend(row: OutgoingMessage, now: datetime) -> bool:
    if not row.text or row.useless_at <= now:
        return False
    # One that is tried before that may be at its gateway now.
    return row.state == Posted.REJECTED or (row.state == Posted.WAITING and row.next_try_at > now + LEASE)


def _somebodys() -> ColumnElement[bool]:
    """Messages to nobody are written so that knowing nobody is as much work; they are nothing to look at."""
    return OutgoingMessage.address != ""


def _seen(row: OutgoingMessage, now: datetime) -> Letter:
    masks = {Channel.PHONE.value: mask_phone, Channel.EMAIL.value: mask_email}
    return Letter(
        op=row.op,
        channel=row.channel,
        # A group's address is the name of its robot in hub.toml: nobody's.
        to=row.address if row.channel == GROUP else masks[row.channel](row.address),
        kind=row.kind,
        state=Posted(row.state),
        made_at=row.made_at,
        useless_at=row.useless_at,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        answer=row.last_answer,
        may_resend=_may_resend(row, now),
    )
