"""Who may work at the console, and their way in: for whoever sits at the hub's machine."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.staff_rights import RIGHTS, rights_of
from kiosk.hub.keys import HubKeys
from kiosk.hub.services import staff_sessions
from kiosk.hub.services.desk_shifts import end_all_shifts
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import COMMAND, note_act
from kiosk.hub.services.staff_sign_in import code_digest, staff_with
from kiosk.hub.store.staff_tables import StaffCode, StaffFactor, StaffSession
from kiosk.hub.store.tables import Person
from kiosk.hub.tokens_made import new_enrolment_code

#: How long a code for the first sign-in works.
CODE_LIFE = timedelta(hours=24)


class StaffMember(msgspec.Struct, frozen=True):
    """``second_factor``: an authenticator app is set up; ``sessions`` that are open."""

    number: str
    role: str
    rights: list[str]
    second_factor: bool
    sessions: int


class FirstCode(msgspec.Struct, frozen=True):
    code: str
    expires_at: datetime


def list_staff(db: Session, now: datetime) -> list[StaffMember]:
    """Everybody who could sign in, by number."""
    with_rights = [role.value for role, rights in RIGHTS.items() if rights]
    people = db.scalars(select(Person).where(Person.role.in_(with_rights)).order_by(Person.number))
    factors = set(db.scalars(select(StaffFactor.person)))
    open_now = [
        row.person
        for row in db.scalars(select(StaffSession).where(StaffSession.expires_at > now))
        if row.stage == staff_sessions.Stage.FULL and row.seen_at > now - staff_sessions.IDLE
    ]
    return [
        StaffMember(
            person.number,
            person.role,
            sorted(rights_of(person.role)),
            person.id in factors,
            open_now.count(person.id),
        )
        for person in people
        if is_valid(person, now)
    ]


def make_code(db: Session, keys: HubKeys, number: str, now: datetime) -> FirstCode | No:
    """One for each person: a new one ends the one before. Their second factor stays until another one is set up."""
    person = staff_with(db, number, now)
    if person is None:
        return No(422, "not_staff", "nobody with this number has a role that may use the console")
    made = FirstCode(new_enrolment_code(), now + CODE_LIFE)
    digest = code_digest(keys, person.id, made.code)
    db.merge(StaffCode(person=person.id, digest=digest, expires_at=made.expires_at))
    note_act(db, COMMAND, "code_made", now, about=person.id)
    return made


def forget(db: Session, number: str, now: datetime) -> No | None:
    """Signs them out everywhere; their second factor and a code that waits are gone. Also for whoever has left."""
    person = db.scalar(select(Person).where(Person.number == number))
    if person is None:
        return No(422, "unknown_person", "nobody here has this number")
    for table in (StaffFactor, StaffCode):
        db.execute(delete(table).where(table.person == person.id))
    staff_sessions.end_all(db, person.id)
    end_all_shifts(db, person.id, now)
    note_act(db, COMMAND, "factor_forgotten", now, about=person.id)
    return None
