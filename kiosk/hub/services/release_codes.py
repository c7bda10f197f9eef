"""Release codes (journeys 4): an engineer has seen a document and gives a code for one person and one action.

The code is shown once, to whoever gave it, and kept only as a keyed digest; only a person's newest one counts. The
person is told at once, on every channel on file, with a way to say that it was not them.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.policy import Action
from kiosk.domain.release import RELEASED, Document, NotGiven, may_give, may_give_to, unfit
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.ports import Channel, Directory, DirectorySilent, Notices, Told, address
from kiosk.hub.secret_value import Secret
from kiosk.hub.services.book import read_book
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.database import Store
from kiosk.hub.store.release_tables import ReleaseGiven
from kiosk.hub.store.tables import Person
from kiosk.hub.tokens_made import digest, new_follow_code, new_release_code
from kiosk.wire.routes import NOT_MINE
from kiosk.words import say

CODE_LIFE = timedelta(minutes=10)
#: In any 24 hours: by one staff member, and for one person.
DAY = timedelta(hours=24)
MOST_BY_STAFF = 20
MOST_FOR_PERSON = 4
#: How long the owner of a name can say with one touch that it was not them; rows are kept a day longer.
OWNER_LIFE = timedelta(days=30)
_KEPT = OWNER_LIFE + timedelta(days=1)
#: Longest number that is looked up, characters.
_LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Desk:
    """What giving and using a code need of the hub. ``public_url`` '' where phones cannot reach it."""

    store: Store
    directory: Directory
    keys: HubKeys
    notices: Notices
    clock: Clock
    public_url: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """``by``: the id of who gives it; ``number``: of whom it is for."""

    by: str
    number: str
    action: Action
    seen: frozenset[Document]


@dataclass(frozen=True, slots=True)
class Given:
    """``told``: the channels on which the person hears of it; none on file, nobody is told. ``left``: how many more
    ``by`` may give today."""

    code: Secret
    action: Action
    until: datetime
    told: tuple[Channel, ...]
    left: int


def give(desk: Desk, wanted: Wanted) -> Given | NotGiven:
    """Whoever asks has just confirmed who they are; that is checked where they did. The directory is asked outside any
    transaction, and what the hub itself knows is looked at again in the one that writes."""
    now = desk.clock()
    with desk.store.read() as db:
        person = _person(db, wanted.number, now)
        refused = _refused(db, wanted, person, now)
    if refused is None and person is not None:
        account = desk.directory.find(person.number, now)
        if isinstance(account, DirectorySilent):
            refused = NotGiven.SILENT
        else:
            closed = account is not None and account.closed
            refused = unfit(wanted.action, account.state if account else None, closed=closed)
    with desk.store.write() as db:
        now = desk.clock()
        person = _person(db, wanted.number, now)
        _hold(db, wanted.by, person.id if person else "")
        staff = db.get(Person, wanted.by)
        refused = refused or _refused(db, wanted, person, now)
        if refused is None and person is not None and staff is not None:
            return _made(db, desk, wanted, person, now)
        note_act(db, wanted.by, "release_refused", now, about=person.id if person else "", why=str(refused))
    assert refused is not None
    return refused


@dataclass(frozen=True, slots=True)
class Named:
    """Whose number it is, to be compared with the document."""

    id: str
    number: str
    name: str
    latin_name: str
    department: str


def named(db: Session, number: str, now: datetime) -> Named | None:
    person = _person(db, number, now)
    return Named(person.id, person.number, person.name, person.latin_name, person.department) if person else None


def left(db: Session, by: str, now: datetime) -> int:
    return max(0, MOST_BY_STAFF - _count(db, now, ReleaseGiven.by == by))


def code_digest(keys: HubKeys, id: str, person: str, action: str, code: str) -> str:
    """Keyed: a hundred million codes are searched in no time by whoever has only the database."""
    text = "|".join((id, person, action, code))
    return hmac.new(keys.derived("release code"), text.encode("utf-8", "replace"), sha256).hexdigest()


def _hold(db: Session, *ids: str) -> None:
    """Two at once must not both be the last, nor both be somebody's newest. Always in the same order, and as rows that
    others may name meanwhile: nobody waits for whoever waits for them."""
    for id in sorted(ids):
        db.get(Person, id, with_for_update={"key_share": True})


def _person(db: Session, number: str, now: datetime) -> Person | None:
    if not 0 < len(number) <= _LONGEST_NUMBER or not number.isprintable():
        return None
    person = db.scalar(select(Person).where(Person.number == number))
    return person if person is not None and is_valid(person, now) else None


def _refused(db: Session, wanted: Wanted, person: Person | None, now: datetime) -> NotGiven | None:
    staff = db.get(Person, wanted.by)
    if staff is None or not is_valid(staff, now) or not may_give(staff.role) or wanted.action not in RELEASED:
        return NotGiven.NOT_ALLOWED
    if person is None:
        return NotGiven.UNKNOWN
    if person.id == staff.id:
        return NotGiven.ONESELF
    if not may_give_to(staff.role, person.role):
        return NotGiven.PROTECTED
    if not wanted.seen:
        return NotGiven.NOTHING_SEEN
    if not left(db, staff.id, now):
        return NotGiven.LIMIT
    if _count(db, now, ReleaseGiven.person == person.id) >= MOST_FOR_PERSON:
        return NotGiven.LIMIT_OF_PERSON
    return None


def _made(db: Session, desk: Desk, wanted: Wanted, person: Person, now: datetime) -> Given:
    db.execute(delete(ReleaseGiven).where(ReleaseGiven.made_at < now - _KEPT))
    db.execute(update(ReleaseGiven).where(ReleaseGiven.person == person.id).values(over=True))
    id, code, action, seen = str(uuid4()), new_release_code(), wanted.action.value, " ".join(sorted(wanted.seen))
    link_code = new_follow_code() if desk.public_url else ""
    until = now + CODE_LIFE
    db.add(
        ReleaseGiven(
            id=id,
            person=person.id,
            action=action,
            seen=seen,
            by=wanted.by,
            digest=code_digest(desk.keys, id, person.id, action, code),
            tries=0,
            made_at=now,
            expires_at=until,
            over=False,
            used_op="",
            used_kiosk=None,
            used_at=None,
            done_at=None,
            owner=digest(link_code) if link_code else "",
            disowned_at=None,
        )
    )
    db.flush()
    _tell(db, desk, person, wanted.action, link_code, now)
    note_act(db, wanted.by, f"release_{action}", now, about=person.id, why=seen)
    event("release code given", by=wanted.by, action=action)
    told = tuple(channel for channel in Channel if address(person, channel))
    return Given(Secret(code), wanted.action, until, told, left(db, wanted.by, now))


def _tell(db: Session, desk: Desk, person: Person, action: Action, link_code: str, now: datetime) -> None:
    matter = say(Language(person.language), f"release.for_{action.value}")
    if link_code:
        link = f"{desk.public_url}{NOT_MINE}{link_code}"
        desk.notices.tell(db, person, Told.RELEASE_GIVEN, now, matter=matter, link=link)
    else:
        phone = read_book(db).desk.phone
        desk.notices.tell(db, person, Told.RELEASE_GIVEN_NO_PAGE, now, matter=matter, phone=phone)


def _count(db: Session, now: datetime, whose: ColumnElement[bool]) -> int:
    mine = select(func.count()).select_from(ReleaseGiven).where(whose, ReleaseGiven.made_at > now - DAY)
    return db.scalar(mine) or 0
