"""A PIN attempt: counted in its own committed transaction, then verified, then answered.

Answers (journeys 1 and 3). Unknown cards and numbers are answered, counted and slowed down like known ones, and every
attempt that is judged costs exactly one hash verification. ``no_pin`` is only said of a card in the hand: where its
owner has no PIN, or typed the default one that is on file. For a typed number anyone can ask, so that no PIN, a
default PIN and an unknown number all read ``wrong``; the page's "first time" way on serves them.

At the doors of the maintenance pages and of the desk whoever may not pass is unknown: a right PIN, a wrong one and
none read ``wrong``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.policy import Action, Factor
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services.card_relays import spend
from kiosk.hub.services.desk_shifts import may_work_at_desk
from kiosk.hub.services.guesses import Counted, Waiting, count, right
from kiosk.hub.services.people import Resolved, resolve
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident, open_checked
from kiosk.hub.services.sessions import accepted, confirmed, prove
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.services.upkeep import may_look_after
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Kiosk, Person, Pin, PinOperation
from kiosk.wire.identity import PIN_KIND, PIN_LENGTH, PinAccepted, PinAnswer, PinAttempt, PinDenied, claim_digest
from kiosk.wire.identity import Pin as TypedPin

#: An envelope older than this is not judged; ids are kept longer than that, so that none is judged twice.
ATTEMPT_LIFE = timedelta(minutes=10)
_KEPT = timedelta(days=31)
#: What a PIN is typed for where whoever may not pass is to hear nothing but "wrong".
_DOORS: Mapping[str, Callable[[Person], bool]] = {
    Action.MAINTAIN: may_look_after,
    Action.WORK_AT_DESK: may_work_at_desk,
}


@dataclass(frozen=True, slots=True)
class Attempted:
    """The attempt is in the database as one failure; only a right PIN takes it away again."""

    counted: Counted
    resolved: Resolved | None
    pin: Pin | None
    typed: str


def try_pin(
    store: Store,
    keys: HubKeys,
    hasher: PinHasher,
    authorization: str,
    attempt: PinAttempt,
    clock: Clock,
    *,
    latin: bool,
    visit: str = "",
    card: str = "",
    door: str = "",
) -> PinAnswer | No:
    """The whole attempt. ``latin``: the visitor reads English, so a Latin name is shown where one is on file.

    ``visit``: the session of an earlier factor of this visit, to which the PIN is added. ``card``: what the card in the
    hand has proven (card_relays.py), spent by a right PIN only. ``door``: the Action it is typed for; '' for any.
    """
    with store.write() as db:
        now = clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        tried = attempted(db, keys, kiosk, attempt, now, door)
    if not isinstance(tried, Attempted):
        return tried
    matches = hasher.matches(tried.typed, tried.pin.phc if tried.pin else None)
    is_default = tried.pin is not None and tried.pin.is_default
    event("pin judged", kiosk=kiosk.id, op=attempt.envelope.context.op)
    if not matches or is_default or tried.resolved is None:
        return deny(tried, default_typed=matches, door=door)
    with store.write() as db:
        return accept(db, kiosk, attempt, tried.resolved, clock(), latin=latin, visit=visit, card=card)


def attempted(
    db: Session, keys: HubKeys, kiosk: Kiosk, attempt: PinAttempt, now: datetime, door: str = ""
) -> Attempted | PinDenied | No:
    """To be committed before the PIN is verified: whatever happens then, the attempt has been counted."""
    typed = open_pin(db, keys, kiosk, attempt, PIN_KIND, now)
    if isinstance(typed, No):
        return typed
    counted = count(db, kiosk, claim_digest(attempt.claim), attempt.envelope.context.op, now)
    if isinstance(counted, Waiting):
        return PinDenied("locked", tries_left=0, retry_at=counted.until)
    resolved = resolve(db, attempt.claim, now)
    if resolved and door in _DOORS and not _DOORS[door](resolved.person):
        resolved = None
    pin = db.get(Pin, resolved.person.id) if resolved else None
    return Attempted(counted, resolved, pin, typed)


def accept(
    db: Session,
    kiosk: Kiosk,
    attempt: PinAttempt,
    resolved: Resolved,
    now: datetime,
    *,
    latin: bool,
    visit: str,
    card: str = "",
) -> PinAccepted:
    """The failures of this claim at this kiosk are forgotten; the session holds the PIN from now on."""
    right(db, kiosk, claim_digest(attempt.claim))
    proofs = confirmed(Factor.PIN, resolved) | spend(db, kiosk, card, attempt.claim, now)
    held = prove(db, kiosk, resolved.person, proofs, visit, now)
    return accepted(resolved.person, held, now, latin=latin)


def deny(tried: Attempted, *, default_typed: bool, door: str = "") -> PinDenied:
    by_card = tried.resolved is not None and tried.resolved.by_card and door not in _DOORS
    tries_left, locked_until = tried.counted.tries_left, tried.counted.locked_until
    if by_card and (tried.pin is None or default_typed):
        return PinDenied("no_pin", tries_left, locked_until)
    return PinDenied("locked" if locked_until else "wrong", tries_left, locked_until)


def open_pin(db: Session, keys: HubKeys, kiosk: Kiosk, attempt: PinAttempt, kind: str, now: datetime) -> str | No:
    """The digits that were sealed for ``kind`` and this claim; each envelope is opened once."""
    context = attempt.envelope.context
    payload = open_checked(db, keys, kiosk, attempt.envelope, now)
    if isinstance(payload, No):
        return payload
    if context.kind != kind or context.aggregate != claim_digest(attempt.claim):
        note_incident(db, kiosk, context.op, "other_claim", now)
        return No(422, "other_claim", "this PIN was sealed for something else")
    if not now - ATTEMPT_LIFE < datetime.fromisoformat(context.made) < now + ATTEMPT_LIFE:
        return No(422, "expired", "this attempt is too old")
    db.execute(delete(PinOperation).where(PinOperation.at < now - _KEPT))
    if db.get(PinOperation, context.op) is not None:
        note_incident(db, kiosk, context.op, "pin_replayed", now)
        return No(409, "already_used", "this attempt was judged before")
    db.add(PinOperation(op=context.op, at=now))
    try:
        typed = msgspec.json.decode(payload, type=TypedPin).pin
    except (msgspec.DecodeError, UnicodeDecodeError):
        return No(422, "malformed", "the sealed payload is not a PIN")
    if len(typed) != PIN_LENGTH or not (typed.isascii() and typed.isdigit()):
        return No(422, "malformed", "a PIN has six digits")
    return typed
