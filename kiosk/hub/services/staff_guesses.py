"""Guessing at staff's sign-in costs time: counted before anything is verified, for unknown numbers as for known ones.

Three rows are counted at once: one number from one address, one number from wherever, one address at whomever. A
browser that this number has signed in with before has a row of its own instead of the first two (a device cookie, as
OWASP calls it): whoever keeps guessing at a number from elsewhere holds up its owner at no browser they use.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hub.keys import HubKeys
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.staff_tables import StaffGuess

#: A row of failures is forgotten this long after its last one.
FORGOTTEN_AFTER = timedelta(days=1)
_MARK_BYTES = 16
#: Doubling a delay further than this overflows before it matters.
_MOST_DOUBLED = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """``free`` failures in a row cost nothing; the next one ``first``, doubling to ``longest``."""

    free: int
    first: timedelta
    longest: timedelta

    def delay(self, failures: int) -> timedelta | None:
        if failures < self.free:
            return None
        doubled: timedelta = self.first * 2 ** min(failures - self.free, _MOST_DOUBLED)
        return min(self.longest, doubled)


#: Well below what a directory locks an account after.
NUMBER_FROM_ADDRESS = Limit(4, timedelta(seconds=15), timedelta(minutes=15))
NUMBER = Limit(25, timedelta(seconds=30), timedelta(minutes=15))
#: An office may have one address.
ADDRESS = Limit(40, timedelta(seconds=5), timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try counts against, as keyed digests: what somebody typed is not kept. ``number`` '' for a browser that
    is known, whose row is the first one."""

    number_from_address: str
    number: str
    address: str

    @property
    def limits(self) -> tuple[tuple[str, Limit], ...]:
        """Always in the same order: two tries at once must not wait for each other's rows."""
        rows = (self.number_from_address, NUMBER_FROM_ADDRESS), (self.number, NUMBER), (self.address, ADDRESS)
        return tuple(sorted((row for row in rows if row[0]), key=lambda row: row[0]))


def tried(keys: HubKeys, number: str, address: str, device: str = "") -> Tried:
    """``device``: what ``device_of`` gave this browser, or anything else."""
    key = keys.derived("staff guesses")

    def digest(*parts: str) -> str:
        return _digest(key, *parts)

    if _is_known(keys, number, device):
        return Tried(digest("device", number, device), "", digest("address", address))
    return Tried(digest("both", number, address), digest("number", number), digest("address", address))


def tried_here(keys: HubKeys, number: str, address: str, device: str = "") -> Tried:
    """Where guessing alone leads nowhere, with a code of the hub's machine or inside a session: wrong tries from
    elsewhere hold up nobody."""
    return replace(tried(keys, number, address, device), number="")


def device_of(keys: HubKeys, number: str) -> str:
    """For a browser with which ``number`` has just signed in: it lets nobody in, it only counts apart."""
    mark = secrets.token_urlsafe(_MARK_BYTES)
    return f"{mark}.{_digest(keys.derived('staff device'), number, mark)}"


def _is_known(keys: HubKeys, number: str, device: str) -> bool:
    mark, _, made = device.partition(".")
    right = _digest(keys.derived("staff device"), number, mark)
    return bool(mark) and hmac.compare_digest(right.encode(), made.encode("utf-8", "replace"))


def _digest(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\0".join(parts).encode("utf-8", "replace"), sha256).hexdigest()


def count(db: Session, what: Tried, now: datetime) -> datetime | None:
    """Counts one try as a failure; until when nothing is judged where it is too early for one, which counts nothing."""
    db.execute(delete(StaffGuess).where(StaffGuess.last_at < now - FORGOTTEN_AFTER))
    rows = [(_row(db, key, now), limit) for key, limit in what.limits]
    held = [row.held_until for row, _ in rows if row.held_until is not None and now < row.held_until]
    if held:
        return max(held)
    for row, limit in rows:
        row.failures += 1
        row.last_at = now
        delay = limit.delay(row.failures)
        row.held_until = now + delay if delay else None
    return None


def forget(db: Session, what: Tried) -> None:
    """It was right: the number's failures are forgotten, the address loses this one."""
    mine = StaffGuess.key.in_((what.number_from_address, what.number))
    db.execute(delete(StaffGuess).where(mine))
    _less(db, what.address)


def take_back(db: Session, what: Tried) -> None:
    """Nothing could be judged after all."""
    for key, _ in what.limits:
        _less(db, key)


def _less(db: Session, key: str) -> None:
    row = db.get(StaffGuess, key, with_for_update=True)
    if row is not None:
        row.failures, row.held_until = max(0, row.failures - 1), None


def _row(db: Session, key: str, now: datetime) -> StaffGuess:
    """Locked: two at once must not both be the last free one."""
    new = {"key": key, "failures": 0, "held_until": None, "last_at": now}
    db.execute(insert_into(db, StaffGuess).values(new).on_conflict_do_nothing())
    return db.get_one(StaffGuess, key, with_for_update=True, populate_existing=True)
