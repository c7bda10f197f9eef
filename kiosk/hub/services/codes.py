"""One-time codes to the phone or e-mail on file (journeys 2 and 3; SP 800-63B 3.1.3): made, sent, judged.

A code belongs to one person, one kiosk and one visit (its operation id is known there only), is good once and for
CODE_LIFE, and only the newest counts. Claims that are nobody's are answered alike, by as much work; an address is
shown, masked, only in a session that holds a factor of the same person.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from kiosk.domain.masking import mask_email, mask_phone
from kiosk.domain.policy import Factor
from kiosk.hub.keys import HubKeys
from kiosk.hub.ports import Channel, Notices, address
from kiosk.hub.services.card_relays import spend
from kiosk.hub.services.guesses import Waiting, count, right
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.people import Resolved, resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import accepted, confirmed, holder, prove
from kiosk.hub.services.trust import hold
from kiosk.hub.store.tables import Kiosk, OneTimeCode
from kiosk.hub.tokens_made import new_one_time_code
from kiosk.wire.identity import (
    CodeAnswer,
    CodeSent,
    CodeTyped,
    CodeWaits,
    CodeWanted,
    PinAnswer,
    PinDenied,
    claim_digest,
)

CODE_LIFE = timedelta(minutes=10)
CODE_LENGTH = 6
#: Wrong ones after which a code is over.
TRIES_PER_CODE = 5
#: For one claim at one kiosk by one channel the next code is sent this long after the last one, doubling to
#: LONGEST_WAIT.
FIRST_WAIT = timedelta(seconds=60)
LONGEST_WAIT = timedelta(minutes=15)
#: Most codes to one claim or person in an hour, over all kiosks: nobody's phone is flooded.
MOST_AN_HOUR = 10
#: Codes from one kiosk in ten minutes; beyond, one every KIOSK_PAUSE, whoever asks.
KIOSK_FREE = 20
KIOSK_PAUSE = timedelta(seconds=30)
_HOUR, _TEN_MINUTES = timedelta(hours=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Desk:
    """What sending and judging are done with."""

    keys: HubKeys
    notices: Notices


def send(db: Session, desk: Desk, kiosk: Kiosk, wanted: CodeWanted, visit: str, now: datetime) -> CodeAnswer | No:
    if not is_operation_id(wanted.op):
        return No(422, "malformed", "op is not an operation id")
    if wanted.channel not in list(Channel):
        return No(422, "malformed", f"channel must be one of: {', '.join(Channel)}")
    hold(db, kiosk)
    db.execute(delete(OneTimeCode).where(OneTimeCode.made_at < now - _HOUR))
    claim, resolved = claim_digest(wanted.claim), resolve(db, wanted.claim, now)
    person = resolved.person if resolved else None
    made = db.get(OneTimeCode, wanted.op)
    if made is not None and (made.kiosk != kiosk.id or made.claim != claim):
        return No(409, "other_content", "this operation id was used for something else")
    channel = Channel(wanted.channel)
    if made is None:
        if wait := _next_at(db, kiosk, claim, wanted.channel, person.id if person else None, now):
            return CodeWaits(wait)
        code = new_one_time_code()
        mine = OneTimeCode.kiosk == kiosk.id, OneTimeCode.claim == claim
        db.execute(update(OneTimeCode).where(*mine).values(over=True))
        made = OneTimeCode(
            op=wanted.op,
            kiosk=kiosk.id,
            claim=claim,
            person=person.id if person else None,
            channel=wanted.channel,
            digest=_digest(desk.keys, wanted.op, kiosk, claim, code),
            tries=0,
            made_at=now,
            expires_at=now + CODE_LIFE,
            over=False,
        )
        db.add(made)
        channel = desk.notices.send_code(db, person, channel, code, made.expires_at)
    known = holder(db, kiosk, visit, now)
    shown = _shown(resolved, channel) if resolved and known is not None and known.id == resolved.person.id else ""
    return CodeSent(
        channel=channel.value if shown else wanted.channel,
        shown=shown,
        expires_at=made.expires_at,
        resend_at=_next_at(db, kiosk, claim, wanted.channel, made.person, now) or now,
    )


def judge(
    db: Session,
    desk: Desk,
    kiosk: Kiosk,
    typed: CodeTyped,
    visit: str,
    now: datetime,
    *,
    latin: bool,
    card: str = "",
) -> PinAnswer | No:
    """In one transaction: before it is committed nobody has learnt anything. ``card`` as in try_pin."""
    code = typed.code
    if not is_operation_id(typed.op) or len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
        return No(422, "malformed", "a code has six digits, its op is an operation id")
    claim = claim_digest(typed.claim)
    counted = count(db, kiosk, f"code:{claim}", typed.op, now)
    if isinstance(counted, Waiting):
        return PinDenied("locked", tries_left=0, retry_at=counted.until)
    made = db.get(OneTimeCode, typed.op, with_for_update=True)
    mine = made is not None and made.kiosk == kiosk.id and made.claim == claim
    matches = hmac.compare_digest(
        _digest(desk.keys, typed.op, kiosk, claim, code), made.digest if made is not None and mine else "0" * 64
    )
    resolved = resolve(db, typed.claim, now)
    if made is None or not mine or made.over or now >= made.expires_at:
        return PinDenied("locked" if counted.locked_until else "expired", counted.tries_left, counted.locked_until)
    made.tries += 1
    made.over = matches or made.tries >= TRIES_PER_CODE
    if not matches or resolved is None or resolved.person.id != made.person:
        return PinDenied("locked" if counted.locked_until else "wrong", counted.tries_left, counted.locked_until)
    right(db, kiosk, f"code:{claim}")
    proofs = confirmed(Factor.CODE, resolved) | spend(db, kiosk, card, typed.claim, now)
    held = prove(db, kiosk, resolved.person, proofs, visit, now)
    return accepted(resolved.person, held, now, latin=latin)


def _next_at(db: Session, kiosk: Kiosk, claim: str, channel: str, person: str | None, now: datetime) -> datetime | None:
    """When another code may be sent; ``None``: now."""
    whose = or_(OneTimeCode.claim == claim, OneTimeCode.person == person) if person else OneTimeCode.claim == claim
    sent = list(db.scalars(select(OneTimeCode).where(whose).order_by(OneTimeCode.made_at)))
    here = [row.made_at for row in sent if row.kiosk == kiosk.id and row.channel == channel]
    from_kiosk = list(
        db.scalars(
            select(OneTimeCode.made_at)
            .where(OneTimeCode.kiosk == kiosk.id, OneTimeCode.made_at > now - _TEN_MINUTES)
            .order_by(OneTimeCode.made_at)
        )
    )
    waits = []
    if here:
        doubled: timedelta = FIRST_WAIT * 2 ** (len(here) - 1)
        waits.append(here[-1] + min(doubled, LONGEST_WAIT))
    if len(sent) >= MOST_AN_HOUR:
        waits.append(sent[-MOST_AN_HOUR].made_at + _HOUR)
    if len(from_kiosk) >= KIOSK_FREE:
        waits.append(from_kiosk[-1] + KIOSK_PAUSE)
    latest = max(waits, default=now)
    return latest if latest > now else None


def _shown(resolved: Resolved, channel: Channel) -> str:
    mask = mask_phone if channel is Channel.PHONE else mask_email
    on_file = address(resolved.person, channel)
    return mask(on_file) if on_file else ""


def _digest(keys: HubKeys, op: str, kiosk: Kiosk, claim: str, code: str) -> str:
    """Keyed: a million codes are searched in no time by whoever has only the database."""
    text = "|".join((op, kiosk.id, claim, code))
    return hmac.new(keys.derived("one-time code"), text.encode(), sha256).hexdigest()
