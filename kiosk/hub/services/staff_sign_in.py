"""Signing in to the console: the code of the authenticator app first, then the password at the directory.

The code first, so that a directory is asked only about somebody who holds the second factor: nobody else can try
passwords here or lock an account. Each try is counted before anything is verified, and one for an unknown number does
what one for a known number with a wrong code does: two transactions, one code looked at, no directory.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.domain.staff_rights import rights_of
from kiosk.hub.keys import HubKeys
from kiosk.hub.ports import DirectoryAccount, DirectorySilent, Password
from kiosk.hub.services import staff_guesses, staff_sessions
from kiosk.hub.services.at_rest import is_newest
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.services.staff_factor import FactorSecret, new_secret, seal, step_of, unseal
from kiosk.hub.services.staff_guesses import Tried
from kiosk.hub.services.staff_sessions import Present, StaffDesk, Stage
from kiosk.hub.store.staff_tables import StaffCode, StaffFactor
from kiosk.hub.store.tables import Person

#: Longest that is looked at, code points; more is wrong.
LONGEST_NUMBER, LONGEST_PASSWORD, LONGEST_CODE = 64, 256, 32
#: What the directory is told to be the place of the try.
DOOR = "console"
#: Whoever has no second factor is verified against this one, which nobody has.
_NOBODY = new_secret()


class NotIn(StrEnum):
    """Why somebody is not signed in; what of what they typed was wrong is not told."""

    WRONG = "wrong"
    SILENT = "silent"  # the directory does not answer


@dataclass(frozen=True, slots=True)
class Held:
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """``cookie``: of the new session."""

    cookie: str


@dataclass(frozen=True, slots=True, repr=False)
class Typed:
    """``address``: where from, as far as the hub sees; ``before``: the cookie that was there, which ends; ``device``:
    what this browser got when somebody signed in with it (staff_guesses.device_of)."""

    number: str
    password: Password
    code: str
    address: str
    before: str = ""
    device: str = ""


Answer = SignedIn | NotIn | Held


def sign_in(desk: StaffDesk, typed: Typed) -> Answer:
    now, tried = desk.clock(), staff_guesses.tried(desk.keys, typed.number, typed.address, typed.device)
    with desk.store.write() as db:
        held = staff_guesses.count(db, tried, now)
        if held is not None:
            return Held(held)
        person = staff_with(db, typed.number, now)
        factor = db.get(StaffFactor, person.id if person else "")
    sealed = factor.sealed if factor else seal(desk.keys, "", _NOBODY)
    secret = unseal(desk.keys, factor.person if factor else "", sealed)
    step = step_of(secret or _NOBODY, _digits(typed.code), now)
    with desk.store.write() as db:
        if person is None or factor is None or secret is None or step is None or not _take(db, factor, step):
            return _wrong(db, person, now)
    answer = _at_directory(desk, typed, tried, person, now)
    if answer is not None:
        return answer
    with desk.store.write() as db:
        again, same = staff_with(db, typed.number, now), db.get(StaffFactor, person.id)
        if again is None or same is None or same.sealed != factor.sealed:
            return _wrong(db, person, now)
        if not is_newest(desk.keys, same.sealed):
            same.sealed = seal(desk.keys, person.id, secret)
        staff_guesses.forget(db, tried)
        staff_sessions.end(db, typed.before)
        cookie = staff_sessions.begin(db, person.id, Stage.FULL, now)
        note_act(db, person.id, "sign_in", now)
        return SignedIn(cookie)


def begin_first(desk: StaffDesk, typed: Typed) -> Answer:
    """With a code from ``kiosk hub staff code``: the session may set up the second factor and nothing else."""
    now = desk.clock()
    tried = staff_guesses.tried_here(desk.keys, typed.number, typed.address, typed.device)
    with desk.store.write() as db:
        held = staff_guesses.count(db, tried, now)
        if held is not None:
            return Held(held)
        person = staff_with(db, typed.number, now)
        given = db.get(StaffCode, person.id if person else "")
        wanted = code_digest(desk.keys, person.id if person else "", typed.code)
        fits = hmac.compare_digest(wanted, given.digest if given and now < given.expires_at else "")
        if person is None or not fits:
            return _wrong(db, person, now)
    answer = _at_directory(desk, typed, tried, person, now)
    if answer is not None:
        return answer
    with desk.store.write() as db:
        again, given = staff_with(db, typed.number, now), db.get(StaffCode, person.id, with_for_update=True)
        if again is None or given is None or not hmac.compare_digest(given.digest, wanted):
            return _wrong(db, person, now)
        db.delete(given)
        staff_guesses.forget(db, tried)
        staff_sessions.end(db, typed.before)
        pending = seal(desk.keys, person.id, new_secret())
        cookie = staff_sessions.begin(db, person.id, Stage.SETTING_UP, now, pending)
        note_act(db, person.id, "first_sign_in", now)
        return SignedIn(cookie)


def secret_shown(desk: StaffDesk, cookie: str) -> FactorSecret | None:
    """To whoever sets up the second factor in this session."""
    with desk.store.read() as db:
        pending = staff_sessions.pending_of(db, cookie, desk.clock())
    who = staff_sessions.present(desk, cookie) if pending else None
    return unseal(desk.keys, who.person, pending) if who else None


def finish_first(desk: StaffDesk, cookie: str, code: str, address: str) -> Answer:
    """The app's first code: from now on it is the second factor, and what was signed in before is signed out."""
    now, secret = desk.clock(), secret_shown(desk, cookie)
    who = staff_sessions.present(desk, cookie) if secret else None
    if secret is None or who is None:
        return NotIn.WRONG
    tried = staff_guesses.tried_here(desk.keys, who.number, address)
    with desk.store.write() as db:
        held = staff_guesses.count(db, tried, now)
        if held is not None:
            return Held(held)
    step = step_of(secret, _digits(code), now)
    if step is None:
        return NotIn.WRONG
    with desk.store.write() as db:
        pending = staff_sessions.pending_of(db, cookie, now)
        if not pending or unseal(desk.keys, who.person, pending) != secret:
            return NotIn.WRONG
        db.merge(StaffFactor(person=who.person, sealed=pending, last_step=step, made_at=now))
        staff_guesses.forget(db, tried)
        staff_sessions.end_all(db, who.person)
        session = staff_sessions.begin(db, who.person, Stage.FULL, now)
        note_act(db, who.person, "factor_set", now)
        return SignedIn(session)


def confirm(desk: StaffDesk, who: Present, password: Password, code: str, address: str) -> NotIn | Held | None:
    """Somebody who is signed in shows once more who they are, by both: ``None`` where it is them. New digits are asked
    for, as each are taken once."""
    now, tried = desk.clock(), staff_guesses.tried_here(desk.keys, who.number, address)
    with desk.store.write() as db:
        held = staff_guesses.count(db, tried, now)
        if held is not None:
            return Held(held)
        person, factor = staff_with(db, who.number, now), db.get(StaffFactor, who.person)
    secret = unseal(desk.keys, who.person, factor.sealed) if factor else None
    step = step_of(secret or _NOBODY, _digits(code), now)
    with desk.store.write() as db:
        if person is None or factor is None or secret is None or step is None or not _take(db, factor, step):
            note_act(db, who.person, "confirm_refused", now)
            return NotIn.WRONG
    typed = Typed(who.number, password, code, address)
    answer = _at_directory(desk, typed, tried, person, now)
    if answer is None:
        with desk.store.write() as db:
            staff_guesses.forget(db, tried)
    return answer


def sign_out(desk: StaffDesk, cookie: str) -> None:
    with desk.store.write() as db:
        person = staff_sessions.end(db, cookie)
        if person:
            note_act(db, person, "sign_out", desk.clock())


def code_digest(keys: HubKeys, person: str, code: str) -> str:
    """Of a code for the first sign-in, however it was typed."""
    plain = "".join(code.split()).replace("-", "").upper()[:LONGEST_CODE]
    words = f"{person}\0{plain}".encode("utf-8", "replace")
    return hmac.new(keys.derived("staff code"), words, sha256).hexdigest()


def _at_directory(desk: StaffDesk, typed: Typed, tried: Tried, person: Person, now: datetime) -> NotIn | None:
    """``None`` where the password is theirs."""
    found = desk.directory.find(person.number, now)
    if isinstance(found, DirectoryAccount):
        signed = desk.directory.sign_in(found.login, typed.password, DOOR, now)
        if signed is True and not staff_sessions.is_over(found):
            return None
    else:
        signed = found or False
    with desk.store.write() as db:
        if isinstance(signed, DirectorySilent):
            staff_guesses.take_back(db, tried)
            return NotIn.SILENT
        return _wrong(db, person, now)


def staff_with(db: Session, number: str, now: datetime) -> Person | None:
    """Whoever has this number and may sign in at all."""
    if not 0 < len(number) <= LONGEST_NUMBER or not number.isprintable():
        number = ""  # PostgreSQL refuses a NUL even in a comparison
    person = db.scalar(select(Person).where(Person.number == number))
    if person is None or not is_valid(person, now) or not rights_of(person.role):
        return None
    return person


def _take(db: Session, factor: StaffFactor, step: int) -> bool:
    """False where a code of this step or a later one was taken before: each is taken once (RFC 6238, 5.2)."""
    older = (
        StaffFactor.person == factor.person,
        StaffFactor.sealed == factor.sealed,
        StaffFactor.last_step < step,
    )
    taken = update(StaffFactor).where(*older).values(last_step=step).returning(StaffFactor.person)
    return db.execute(taken).first() is not None


def _wrong(db: Session, person: Person | None, now: datetime) -> NotIn:
    note_act(db, "", "sign_in_refused", now, about=person.id if person else "")
    return NotIn.WRONG


def _digits(code: str) -> str:
    return "".join(code.split())[:LONGEST_CODE]
