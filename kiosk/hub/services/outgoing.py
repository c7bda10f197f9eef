"""Messages wait here for their gateway: written with what they are about, tried until they are of no use any more.

A gateway may get the same message twice where its answer was lost: it carries the same id, and a second code is the
same code.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec
from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from kiosk.hub.ports import GROUP, Channel, Letter, Posted, Told
from kiosk.hub.services.retrying import pause
from kiosk.hub.store.outgoing_tables import OutgoingMessage

#: Most messages to one address: codes, which somebody else may have asked for, and everything else apart from them, so
#: that neither keeps the other from arriving.
MOST_CODES_AN_HOUR = 10
MOST_OTHERS_AN_HOUR = 12
MOST_A_DAY = 40
#: Most messages to the robot of one group: WeCom and DingTalk take 20 in a minute, and DingTalk nothing for ten minutes
#: after that (Feishu takes 100). What is more in a minute waits; what is more in an hour nobody reads.
MOST_TO_A_GROUP_A_MINUTE = 15
MOST_TO_A_GROUP_AN_HOUR = 120
#: What somebody's post asks of them: never held back, and limited where it arises.
_DUTY = frozenset(
    {
        Told.APPROVAL_ASKED,
        Told.APPROVAL_LATE,
        Told.APPROVAL_BY_DESK,
        Told.SUSPECTED_P0,
        Told.CONFIRMED_P0,
        Told.HANDED_OVER,
        Told.TALK_WANTED,
        Told.RUNS_OUT,
        Told.OVERDUE,
        Told.LONG_OVERDUE,
        Told.PEOPLE_TAKEN,
        Told.PEOPLE_REFUSED,
        Told.PEOPLE_NO_LIST,
        Told.PEOPLE_FAILED,
        Told.RELEASE_DISOWNED,
    }
)
#: A message taken for sending is nobody else's for this long; longer than a gateway may take.
LEASE = timedelta(seconds=90)
#: How long a news stays worth sending.
USEFUL = timedelta(days=2)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """A message in the person's language, and what it was made of, for gateways that have the words themselves."""

    kind: Told
    subject: str
    text: str
    values: dict[str, str]


def post(db: Session, channel: str, address: str, words: Words, now: datetime, useless_at: datetime) -> bool:
    """False where the address has had enough. An empty one is nobody's and never has."""
    flooded = _group_flooded(db, address, now) if channel == GROUP else _flooded(db, address, words.kind, now)
    if flooded and address:
        return False
    db.add(
        OutgoingMessage(
            op=str(uuid4()),
            channel=str(channel),
            address=address,
            kind=words.kind.value,
            subject=words.subject,
            text=words.text,
            made_of=msgspec.json.encode(words.values).decode(),
            state=Posted.WAITING.value,
            made_at=now,
            useless_at=useless_at,
            kept_until=max(useless_at, now + _DAY),
            attempts=0,
            next_try_at=now,
            last_answer="",
        )
    )
    db.flush()
    return True


def take(db: Session, channels: tuple[str, ...], now: datetime) -> Letter | None:
    """The next one that is due, codes first; nobody else gets it before LEASE is over. ``channels`` may hold GROUP.
    What is over goes, whether or not anything is due."""
    db.execute(delete(OutgoingMessage).where(OutgoingMessage.kept_until <= now))
    kept = and_(OutgoingMessage.state == Posted.REJECTED.value, OutgoingMessage.text != "")
    over = or_(OutgoingMessage.state == Posted.WAITING.value, kept)
    for useless in db.scalars(select(OutgoingMessage).where(over, OutgoingMessage.useless_at <= now)):
        _close(useless, Posted.TOO_LATE if useless.state == Posted.WAITING else Posted.REJECTED)
    due = _waiting().where(
        OutgoingMessage.next_try_at <= now,
        OutgoingMessage.channel.in_([str(channel) for channel in channels]),
        or_(OutgoingMessage.channel != GROUP, OutgoingMessage.address.not_in(_groups_at_their_limit(now))),
    )
    first = (OutgoingMessage.kind != Told.CODE.value), OutgoingMessage.next_try_at
    row = db.scalar(due.order_by(*first).limit(1).with_for_update(skip_locked=True))
    if row is None:
        return None
    row.attempts += 1
    row.tried_at, row.next_try_at = now, now + LEASE
    values: dict[str, str] = msgspec.json.decode(row.made_of)
    way = row.channel if row.channel == GROUP else Channel(row.channel)
    return Letter(row.op, way, row.address, Told(row.kind), row.subject, row.text, values)


def settle(db: Session, op: str, answer: Posted, why: str, now: datetime) -> None:
    """``why``: a code of the gateway, nothing it wrote about the person."""
    row = db.get(OutgoingMessage, op, with_for_update=True)
    if row is None or row.state != Posted.WAITING:
        return
    row.last_answer = why
    if answer is Posted.WAITING:
        row.next_try_at = now + pause(row.attempts)
    elif answer is Posted.REJECTED and row.kind != Told.CODE:
        row.state = answer.value  # somebody may repair what was wrong and send it again while it is of use
    else:
        _close(row, answer)


def _waiting() -> Select[OutgoingMessage]:
    return select(OutgoingMessage).where(OutgoingMessage.state == Posted.WAITING.value)


def _close(row: OutgoingMessage, state: Posted) -> None:
    row.state, row.subject, row.text, row.made_of = state.value, "", "", "{}"


def _flooded(db: Session, address: str, kind: Told, now: datetime) -> bool:
    if kind in _DUTY:
        return False
    of_kind = OutgoingMessage.kind
    if kind is Told.CODE:
        most, alike = MOST_CODES_AN_HOUR, of_kind == Told.CODE.value
    else:
        most, alike = MOST_OTHERS_AN_HOUR, of_kind.not_in([each.value for each in (Told.CODE, *_DUTY)])
    mine = select(func.count()).where(OutgoingMessage.address == address, alike)
    in_the_hour = db.scalar(mine.where(OutgoingMessage.made_at > now - _HOUR)) or 0
    in_the_day = db.scalar(mine.where(OutgoingMessage.made_at > now - _DAY)) or 0
    return in_the_hour >= most or in_the_day >= MOST_A_DAY


def _group_flooded(db: Session, address: str, now: datetime) -> bool:
    of_group = OutgoingMessage.channel == GROUP, OutgoingMessage.address == address
    recent = select(func.count()).where(*of_group, OutgoingMessage.made_at > now - _HOUR)
    return (db.scalar(recent) or 0) >= MOST_TO_A_GROUP_AN_HOUR


def _groups_at_their_limit(now: datetime) -> Select[str]:
    return (
        select(OutgoingMessage.address)
        .where(OutgoingMessage.channel == GROUP, OutgoingMessage.tried_at > now - _MINUTE)
        .group_by(OutgoingMessage.address)
        .having(func.count() >= MOST_TO_A_GROUP_A_MINUTE)
    )
