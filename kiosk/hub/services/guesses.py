"""Guessing costs time: a growing delay for one claim at one kiosk, and a pause for a kiosk from which many are wrong.

Nothing here locks a person: at another kiosk, and with another card or number, everything goes on (journeys 1). What is
counted is counted before it is verified, and for unknown claims like for known ones.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hub.services.sealed import note_incident
from kiosk.hub.services.trust import hold
from kiosk.hub.store.tables import GuessBucket, Kiosk, PinCounter

#: Failures in a row of one claim at one kiosk: five are free, then 15 s doubling to 15 min, from 15 on staff help.
FREE_TRIES = 5
FIRST_DELAY = timedelta(seconds=15)
LONGEST_DELAY = timedelta(minutes=15)
STAFF_FROM = 15
STAFF_HOLD = timedelta(hours=24)
#: A row of failures is forgotten this long after its last one.
FORGOTTEN_AFTER = timedelta(days=2)
#: A kiosk's bucket: this many failures of whomever are free, one more every ``KIOSK_LEAK``; beyond, each one costs a
#: pause for whoever stands there, and the admins are told.
KIOSK_FREE = 10
KIOSK_LEAK = timedelta(minutes=1)
KIOSK_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Counted:
    """One more failure is in the database; only what was right takes it away again."""

    failures: int
    locked_until: datetime | None

    @property
    def tries_left(self) -> int | None:
        """Said from the second failure on."""
        return max(0, FREE_TRIES - self.failures) if self.failures >= 2 else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is judged before ``until``, and nothing was counted."""

    until: datetime


def delay_after(failures: int) -> timedelta | None:
    """How long nothing is judged after the ``failures``-th failure in a row."""
    if failures < FREE_TRIES:
        return None
    if failures >= STAFF_FROM:
        return STAFF_HOLD
    doubled: timedelta = FIRST_DELAY * 2 ** (failures - FREE_TRIES)
    return min(doubled, LONGEST_DELAY)


def count(db: Session, kiosk: Kiosk, claim: str, op: str, now: datetime) -> Counted | Waiting:
    """``claim`` is what is guessed at: a digest, of one kind of secret."""
    hold(db, kiosk)  # two at once must not both be the fifth
    db.execute(delete(PinCounter).where(PinCounter.last_at < now - FORGOTTEN_AFTER))
    bucket, counter = _bucket(db, kiosk, now), _counter(db, kiosk, claim, now)
    waits = [until for until in (bucket.paused_until, counter.locked_until) if until is not None and now < until]
    if waits:
        return Waiting(max(waits))
    leaked = max(0, int((now - bucket.last_at) / KIOSK_LEAK))
    bucket.failures = max(0, bucket.failures - leaked) + 1
    bucket.last_at = now
    if bucket.failures > KIOSK_FREE:
        if bucket.failures == KIOSK_FREE + 1:  # told once a siege
            note_incident(db, kiosk, op, "guessing", now)
        bucket.failures = KIOSK_FREE + 1  # a long siege must not last longer than itself
        bucket.paused_until = now + KIOSK_PAUSE
    counter.failures += 1
    counter.last_at = now
    delay = delay_after(counter.failures)
    counter.locked_until = now + delay if delay else None
    return Counted(counter.failures, counter.locked_until)


def right(db: Session, kiosk: Kiosk, claim: str) -> None:
    """What was just counted was none: this claim's failures are forgotten, the kiosk's bucket loses this one."""
    hold(db, kiosk)  # another attempt may be about to write what is forgotten here
    db.execute(delete(PinCounter).where(PinCounter.kiosk == kiosk.id, PinCounter.claim == claim))
    _take_from_bucket(db, kiosk)


def take_back(db: Session, kiosk: Kiosk, claim: str) -> None:
    """What was just counted was judged by nobody: neither a failure nor a success, the row of failures goes on."""
    hold(db, kiosk)
    counter = db.get(PinCounter, (kiosk.id, claim), with_for_update=True)
    if counter is not None:
        counter.failures = max(0, counter.failures - 1)
        counter.locked_until = None
    _take_from_bucket(db, kiosk)


def _take_from_bucket(db: Session, kiosk: Kiosk) -> None:
    bucket = db.get(GuessBucket, kiosk.id)
    if bucket is not None:
        bucket.failures = max(0, bucket.failures - 1)
        bucket.paused_until = None


def _bucket(db: Session, kiosk: Kiosk, now: datetime) -> GuessBucket:
    row = db.get(GuessBucket, kiosk.id)
    if row is None:
        row = GuessBucket(kiosk=kiosk.id, failures=0, paused_until=None, last_at=now)
        db.add(row)
    return row


def _counter(db: Session, kiosk: Kiosk, claim: str, now: datetime) -> PinCounter:
    row = db.get(PinCounter, (kiosk.id, claim))
    if row is None:
        row = PinCounter(kiosk=kiosk.id, claim=claim, failures=0, locked_until=None, last_at=now)
        db.add(row)
    return row
