"""A release code typed at a kiosk: judged, good once, for its person and its action.

Guessing is limited as for one-time codes, and unknown numbers, people who were given nothing and wrong digits are
answered alike, by as much work; that a code is over is said only to whoever types it right. The visit that typed it in
may type it again with the same operation id, after a lost answer or a pause, until its action took effect.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from kiosk.domain.accounts import AccountState
from kiosk.domain.policy import Action, ReleaseCode
from kiosk.domain.release import CODE_LENGTH, may_give, may_give_to
from kiosk.hub.logs import event
from kiosk.hub.ports import DirectoryAccount
from kiosk.hub.services import sessions
from kiosk.hub.services.guesses import Counted, Waiting, count, right
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.people import Resolved, is_valid, resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.services.release_codes import Desk, code_digest
from kiosk.hub.services.trust import Kiosk, trusted_kiosk
from kiosk.hub.store.release_tables import ReleaseGiven
from kiosk.hub.store.tables import Person
from kiosk.wire.identity import PinAnswer, PinDenied, ReleaseTyped, claim_digest

#: Wrong ones, over all kiosks, after which a code is over.
TRIES_PER_CODE = 10
_NONE = "0" * 64


@dataclass(frozen=True, slots=True)
class _Right:
    """``by`` and ``number``: whom the directory is asked about."""

    row: str
    counted: Counted
    by: str
    number: str


def judge(desk: Desk, authorization: str, typed: ReleaseTyped, visit: str, *, latin: bool) -> PinAnswer | No:
    """``latin``: the visitor reads English. Counted and committed before anything is known of the answer."""
    with desk.store.write() as db:
        now = desk.clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        code = typed.code
        if not is_operation_id(typed.op) or len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
            return No(422, "malformed", "a release code has eight digits, its op is an operation id")
        found = _compared(db, desk, kiosk, typed, now)
    if not isinstance(found, _Right):
        return found
    sound = _directory_agrees(desk, found)
    with desk.store.write() as db:
        now = desk.clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        return _taken(db, kiosk, typed, found, visit, now, sound=sound, latin=latin)


def spend(db: Session, token: str, person: Person, action: Action, now: datetime) -> None:
    """``action`` took effect: a code that let the session do it is used up."""
    if sessions.spend(db, token, ReleaseCode(action)):
        mine = ReleaseGiven.person == person.id, ReleaseGiven.action == action.value
        used = ReleaseGiven.used_at.is_not(None), ReleaseGiven.done_at.is_(None)
        db.execute(update(ReleaseGiven).where(*mine, *used).values(done_at=now, over=True))


def _compared(db: Session, desk: Desk, kiosk: Kiosk, typed: ReleaseTyped, now: datetime) -> _Right | PinDenied:
    counted = count(db, kiosk, _guessed(typed), typed.op, now)
    if isinstance(counted, Waiting):
        return PinDenied("locked", tries_left=0, retry_at=counted.until)
    resolved = resolve(db, typed.claim, now)
    person = resolved.person.id if resolved else ""
    order = ReleaseGiven.over, ReleaseGiven.made_at.desc()  # at most one is not over
    newest = select(ReleaseGiven).where(ReleaseGiven.person == person).order_by(*order).limit(1)
    row = db.scalar(newest.with_for_update())
    id, action = (row.id, row.action) if row else ("", "")
    matches = hmac.compare_digest(
        code_digest(desk.keys, id, person, action, typed.code), row.digest if row is not None else _NONE
    )
    if row is None or resolved is None or not matches:
        missed, tries = ReleaseGiven.id == id, ReleaseGiven.tries + 1  # nobody's is as much work
        over = or_(ReleaseGiven.over, tries >= TRIES_PER_CODE)
        counting = update(ReleaseGiven).where(missed).values(tries=tries, over=over)
        db.execute(counting.execution_options(synchronize_session=False))
        return PinDenied("locked" if counted.locked_until else "wrong", counted.tries_left, counted.locked_until)
    staff = db.get(Person, row.by)
    if staff is None or not _is_good(row, kiosk, typed, staff, resolved, now):
        return _over(counted)
    return _Right(row.id, counted, staff.number, resolved.person.number)


def _is_good(
    row: ReleaseGiven, kiosk: Kiosk, typed: ReleaseTyped, staff: Person, resolved: Resolved, now: datetime
) -> bool:
    """Not only the code: whoever gave it still may."""
    mine = not row.used_op or (row.used_op == typed.op and row.used_kiosk == kiosk.id)
    in_office = is_valid(staff, now) and may_give(staff.role) and may_give_to(staff.role, resolved.person.role)
    return not row.over and mine and now < row.expires_at and in_office


def _directory_agrees(desk: Desk, found: _Right) -> bool:
    """A directory that does not answer takes back nobody's code, as it ends nobody's session."""
    now = desk.clock()
    staff, person = desk.directory.find(found.by, now), desk.directory.find(found.number, now)
    if isinstance(staff, DirectoryAccount) and staff.closed:
        return False
    return not (isinstance(person, DirectoryAccount) and (person.closed or person.state is AccountState.PROTECTED))


def _taken(
    db: Session,
    kiosk: Kiosk,
    typed: ReleaseTyped,
    found: _Right,
    visit: str,
    now: datetime,
    *,
    sound: bool,
    latin: bool,
) -> PinAnswer:
    """Looked at again: another kiosk may have been faster."""
    row = db.get_one(ReleaseGiven, found.row, with_for_update=True, populate_existing=True)
    resolved, staff = resolve(db, typed.claim, now), db.get_one(Person, row.by)
    if not sound or resolved is None or resolved.person.id != row.person:
        row.over = True
        return _over(found.counted)
    if not _is_good(row, kiosk, typed, staff, resolved, now):
        return _over(found.counted)
    row.used_op, row.used_kiosk, row.used_at = typed.op, kiosk.id, row.used_at or now
    right(db, kiosk, _guessed(typed))
    proofs = sessions.confirmed(ReleaseCode(Action(row.action)), resolved)
    held = sessions.prove(db, kiosk, resolved.person, proofs, visit, now)
    event("release code used", kiosk=kiosk.id, op=typed.op, action=row.action)
    return sessions.accepted(resolved.person, held, now, latin=latin)


def _guessed(typed: ReleaseTyped) -> str:
    return f"release:{claim_digest(typed.claim)}"


def _over(counted: Counted) -> PinDenied:
    return PinDenied("expired", counted.tries_left, counted.locked_until)
