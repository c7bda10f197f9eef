"""A PIN attempt: counted in its own committed transaction, then verified, then answered.

Answers (journeys 1 and 3). Unknown cards and numbers are answered, counted and slowed down like known ones, and every
attempt that is judged costs exactly one hash verification. ``no_pin`` is only said of a card in the hand: where its
owner has no PIN, or typed the default one that is on file. For a typed number anyone can ask, so that no PIN, a
default PIN and an unknown number all read ``wrong``; the page's "first time" way on serves them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.policy import Factor
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services.people import Resolved, resolve
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident, open_checked
from kiosk.hub.services.sessions import accepted, confirmed, prove
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Kiosk, Pin, PinCounter, PinOperation
from kiosk.wire.identity import PIN_KIND, PIN_LENGTH, PinAccepted, PinAnswer, PinAttempt, PinDenied, claim_digest
from kiosk.wire.identity import Pin as TypedPin

#: Failures in a row of one claim at one kiosk: five are free, then 15 s doubling to 15 min, from 15 on staff help.
FREE_TRIES = 5
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
STAFF_FROM = 15
STAFF_HOLD = timedelta(hours=24)
#: A row of failures is forgotten this long after its last one.
FORGOTTEN_AFTER = timedelta(days=2)
#: An envelope older than this is not judged; ids are kept longer than that, so that none is judged twice.
ATTEMPT_LIFE = timedelta(minutes=10)
_KEPT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Counted:
    """The attempt is in the database as one failure; only a right PIN takes it away again."""

    failures: int
    locked_until: datetime | None
    resolved: Resolved | None
    pin: Pin | None
    typed: str


def delay_after(failures: int) -> timedelta | None:
    """How long nothing is judged after the ``failures``-th failure in a row."""
    if failures < FREE_TRIES:
        return None
    if failures >= STAFF_FROM:
        return STAFF_HOLD
    doubled: timedelta = FIRST_DELAY * 2 ** (failures - FREE_TRIES)
    return min(doubled, LONGEST_DELAY)


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
) -> PinAnswer | No:
    """The whole attempt. ``latin``: the visitor reads English, so a Latin name is shown where one is on file.

    ``visit``: the session of an earlier factor of this visit, to which the PIN is added.
    """
    with store.write() as db:
        now = clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        counted = count(db, keys, kiosk, attempt, now)
    if not isinstance(counted, Counted):
        return counted
    matches = hasher.matches(counted.typed, counted.pin.phc if counted.pin else None)
    is_default = counted.pin is not None and counted.pin.is_default
    event("pin judged", kiosk=kiosk.id, op=attempt.envelope.context.op)
    if not matches or is_default or counted.resolved is None:
        return deny(counted, default_typed=matches)
    with store.write() as db:
        return accept(db, kiosk, attempt, counted.resolved, clock(), latin=latin, visit=visit)


def count(db: Session, keys: HubKeys, kiosk: Kiosk, attempt: PinAttempt, now: datetime) -> Counted | PinDenied | No:
    """To be committed before the PIN is verified: whatever happens then, the attempt has been counted."""
    typed = _open(db, keys, kiosk, attempt, now)
    if isinstance(typed, No):
        return typed
    counter = counter_of(db, kiosk, claim_digest(attempt.claim), now)
    if counter.locked_until is not None and now < counter.locked_until:
        return PinDenied("locked", tries_left=0, retry_at=counter.locked_until)
    counter.failures += 1
    counter.last_at = now
    delay = delay_after(counter.failures)
    counter.locked_until = now + delay if delay else None
    resolved = resolve(db, attempt.claim, now)
    pin = db.get(Pin, resolved.person.id) if resolved else None
    return Counted(counter.failures, counter.locked_until, resolved, pin, typed)


def accept(
    db: Session, kiosk: Kiosk, attempt: PinAttempt, resolved: Resolved, now: datetime, *, latin: bool, visit: str
) -> PinAccepted:
    """The failures of this claim at this kiosk are forgotten; the session holds the PIN from now on."""
    db.execute(delete(PinCounter).where(PinCounter.kiosk == kiosk.id, PinCounter.claim == claim_digest(attempt.claim)))
    held = prove(db, kiosk, resolved.person, confirmed(Factor.PIN, resolved), visit, now)
    return accepted(resolved.person, held, now, latin=latin)


def deny(counted: Counted, *, default_typed: bool) -> PinDenied:
    by_card = counted.resolved is not None and counted.resolved.by_card
    tries_left = max(0, FREE_TRIES - counted.failures) if counted.failures >= 2 else None
    if by_card and (counted.pin is None or default_typed):
        return PinDenied("no_pin", tries_left, counted.locked_until)
    why = "locked" if counted.locked_until else "wrong"
    return PinDenied(why, tries_left, counted.locked_until)


def counter_of(db: Session, kiosk: Kiosk, claim: str, now: datetime) -> PinCounter:
    """The failures in a row of one claim at one kiosk, held by this transaction alone."""
    # The kiosk's row is what attempts of one kiosk wait at: two at once must not both be the fifth.
    db.get(Kiosk, kiosk.id, with_for_update=True, populate_existing=True)
    db.execute(delete(PinCounter).where(PinCounter.last_at < now - FORGOTTEN_AFTER))
    counter = db.get(PinCounter, (kiosk.id, claim))
    if counter is None:
        counter = PinCounter(kiosk=kiosk.id, claim=claim, failures=0, locked_until=None, last_at=now)
        db.add(counter)
    return counter


def _open(db: Session, keys: HubKeys, kiosk: Kiosk, attempt: PinAttempt, now: datetime) -> str | No:
    context = attempt.envelope.context
    payload = open_checked(db, keys, kiosk, attempt.envelope, now)
    if isinstance(payload, No):
        return payload
    if context.kind != PIN_KIND or context.aggregate != claim_digest(attempt.claim):
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
