"""A staff member's session at the console: an opaque cookie, kept as a digest, limited three times over.

It ends after a while without use, at its absolute limit, when its person leaves, loses the role or changes the
password, and when the directory says so; a directory that does not answer ends nobody's session.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.accounts import AccountState
from kiosk.domain.staff_rights import Right, rights_of
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.ports import Directory, DirectoryAccount, DirectorySilent
from kiosk.hub.services.people import is_valid
from kiosk.hub.store.database import Store
from kiosk.hub.store.staff_tables import StaffSession
from kiosk.hub.store.tables import Person
from kiosk.hub.tokens_made import digest, new_token

#: Without a page being asked for, and at the most (promises F13).
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
#: A first sign-in shows a secret for this long.
SETTING_UP = timedelta(minutes=15)
#: The directory is asked about whoever is at work this often: leavers are out within it (journeys 17).
CHECK_EVERY = timedelta(seconds=60)
#: Use is written down this often.
TOUCH_EVERY = timedelta(seconds=30)
#: Sessions one person may have at once; the oldest gives way.
MOST_AT_ONCE = 5


class Stage(StrEnum):
    SETTING_UP = "setting_up"  # may set up the second factor, nothing else
    FULL = "full"


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """What sign-in and sessions need of the hub."""

    store: Store
    directory: Directory
    keys: HubKeys
    clock: Clock


@dataclass(frozen=True, slots=True)
class Present:
    """Who is at the console. ``number`` as the directory finds them."""

    person: str
    number: str
    name: str
    latin_name: str
    role: str
    stage: Stage
    rights: frozenset[Right]


def present(desk: StaffDesk, token: str, *, used: bool = True) -> Present | None:
    """Whose session it is now, and that somebody ``used`` it; asks the directory where that was long ago."""
    now = desk.clock()
    with desk.store.read() as db:
        row = _row(db, token, now)
        who = _who(db, row, now) if row else None
    if row is None or who is None:
        return None
    checked = now - row.checked_at >= CHECK_EVERY
    if checked and not _still_there(desk.directory, who, row, now):
        with desk.store.write() as db:
            end(db, token)
        return None
    if checked or (used and now - row.seen_at >= TOUCH_EVERY):
        with desk.store.write() as db:
            again = _row(db, token, now)
            if again is None:
                return None
            again.seen_at = now if used else again.seen_at
            again.checked_at = now if now - again.checked_at >= CHECK_EVERY else again.checked_at
    return who


def is_alive(store: Store, token: str, now: datetime) -> bool:
    """The same without it being used: what a page asks by itself keeps no session open."""
    with store.read() as db:
        row = _row(db, token, now)
        return row is not None and _who(db, row, now) is not None


def begin(db: Session, person: str, stage: Stage, now: datetime, pending: bytes = b"") -> str:
    """The new cookie. What is over is thrown away."""
    db.execute(delete(StaffSession).where((StaffSession.expires_at <= now) | (StaffSession.seen_at <= now - IDLE)))
    mine = StaffSession.person == person
    newest = select(StaffSession.digest).where(mine).order_by(StaffSession.made_at.desc()).limit(MOST_AT_ONCE - 1)
    kept = list(db.scalars(newest))
    db.execute(delete(StaffSession).where(mine, StaffSession.digest.not_in(kept)))
    token = new_token()
    db.add(
        StaffSession(
            digest=digest(token),
            person=person,
            stage=stage.value,
            pending=pending,
            made_at=now,
            seen_at=now,
            checked_at=now,
            expires_at=now + (ABSOLUTE if stage is Stage.FULL else SETTING_UP),
        )
    )
    return token


def end(db: Session, token: str) -> str:
    """Whose it was, '' where it was nobody's: ending what has ended is no error."""
    row = db.get(StaffSession, digest(token)) if token else None
    if row is None:
        return ""
    db.delete(row)
    return row.person


def end_all(db: Session, person: str) -> None:
    db.execute(delete(StaffSession).where(StaffSession.person == person))


def pending_of(db: Session, token: str, now: datetime) -> bytes:
    """The sealed secret that this session may set up, else empty."""
    row = _row(db, token, now)
    return row.pending if row is not None and row.stage == Stage.SETTING_UP else b""


def form_token(keys: HubKeys, cookie: str) -> str:
    """What every form of a page carries: made of the cookie, so that no other page can make one."""
    return hmac.new(keys.derived("console form"), cookie.encode("utf-8", "replace"), sha256).hexdigest()


def _row(db: Session, token: str, now: datetime) -> StaffSession | None:
    row = db.get(StaffSession, digest(token)) if token.isascii() and token else None
    if row is None or row.expires_at <= now or row.seen_at <= now - IDLE:
        return None
    return row


def _who(db: Session, row: StaffSession, now: datetime) -> Present | None:
    person = db.get(Person, row.person)
    if person is None or not is_valid(person, now):
        return None
    rights = rights_of(person.role)
    if not rights:
        return None
    stage = Stage(row.stage)
    return Present(
        person.id,
        person.number,
        person.name,
        person.latin_name,
        person.role,
        stage,
        rights if stage is Stage.FULL else frozenset(),
    )


def _still_there(directory: Directory, who: Present, row: StaffSession, now: datetime) -> bool:
    account = directory.find(who.number, now)
    if isinstance(account, DirectorySilent):
        return True
    if account is None or is_over(account):
        return False
    return account.changed_at is None or account.changed_at <= row.made_at


def is_over(account: DirectoryAccount) -> bool:
    """It signs nobody in, whatever its directory does. A locked one is none: it may have been locked by anybody."""
    return account.closed or account.state is AccountState.NEVER_ACTIVATED
