"""The shift of a staff member at one kiosk: begun with card and PIN, an opaque token, kept as a digest.

It opens nothing of their own: what a shift may do is decided by the role they have at this moment, every time. Work
that was done in a shift stays theirs when it arrives after the shift is over.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.desk_rights import DESK_RIGHTS, LOOK_UPS_A_DAY, DeskRight, has
from kiosk.domain.desk_work import DeskOpened, HandTo, card_digest
from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.operations import LIFETIME, OperationClass
from kiosk.domain.policy import Action, Policy
from kiosk.domain.roles import Role
from kiosk.hub.services.book import Book
from kiosk.hub.services.people import ACTIVE, is_valid
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.sessions import SLACK, require
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.shift_tables import DeskLookUp, DeskShift
from kiosk.hub.store.tables import Card, Kiosk, Person
from kiosk.hub.tokens_made import digest, new_token

#: The absolute limit of a staff member's visit (journeys 9).
SHIFT_LIFE = timedelta(hours=12)
#: What was logged in a shift may arrive this much later.
KEPT = LIFETIME[OperationClass.TICKET] + timedelta(days=1)
#: Most people a ticket can be handed to, of those with the lowest numbers.
MOST_HAND_TO = 60
#: Most cards of colleagues a kiosk is told.
MOST_CARDS = 500
_SALT_BYTES = 16
#: Who works on tickets and can be given one.
_WORKS = tuple(role.value for role in (Role.ENGINEER, Role.LEAD, Role.ADMIN))


@dataclass(frozen=True, slots=True)
class Shift:
    row: DeskShift
    person: Person

    def may(self, right: DeskRight) -> bool:
        return has(self.person.role, right)


def may_work_at_desk(person: Person) -> bool:
    return has(person.role, DeskRight.OPEN)


def open_shift(
    db: Session, book: Book, policy: Policy, kiosk: Kiosk, token: str, now: datetime, *, latin: bool
) -> DeskOpened | No:
    """``token`` of a visit whose proofs are enough. A shift of the same person that was left open here ends."""
    person = require(db, kiosk, token, Action.WORK_AT_DESK, policy, now)
    if isinstance(person, No):
        return person
    if not may_work_at_desk(person):
        return NO_VISIT
    _forget_old(db, now)
    _end_where(db, now, DeskShift.person == person.id, DeskShift.kiosk == kiosk.id)
    made, salt = new_token(), secrets.token_hex(_SALT_BYTES)
    row = DeskShift(
        digest=digest(made),
        kiosk=kiosk.id,
        person=person.id,
        opened_at=now,
        expires_at=now + SHIFT_LIFE,
        ended_at=None,
    )
    db.add(row)
    db.flush()
    opened = DeskOpened(
        shift=made,
        by_name=has(person.role, DeskRight.BY_NAME),
        account=has(person.role, DeskRight.ACCOUNT),
        look_ups_left=look_ups_left(db, book, person, now),
        hand_to=_hand_to(db, person, now, latin=latin),
        salt=salt,
        staff=tuple(card_digest(salt, uid) for uid in _staff_cards(db)),
    )
    note_act(db, person.id, "desk_opened", now, about=kiosk.id)
    return opened


def end_shift(db: Session, kiosk: Kiosk, token: str, now: datetime) -> None:
    """Ending what has ended, or never was, is no error."""
    row = db.get(DeskShift, digest(token)) if token else None
    if row is not None and row.kiosk == kiosk.id and row.ended_at is None:
        row.ended_at = now


def end_all_shifts(db: Session, person: str, now: datetime) -> None:
    """Wherever they stand."""
    _end_where(db, now, DeskShift.person == person)


def shift_here(db: Session, kiosk: Kiosk, token: str, now: datetime) -> Shift | No:
    """Whose shift it is at this kiosk at this moment."""
    row = db.get(DeskShift, digest(token)) if token else None
    if row is None or row.kiosk != kiosk.id or row.ended_at is not None or row.expires_at <= now:
        return NO_VISIT
    person = db.get_one(Person, row.person)
    return Shift(row, person) if is_valid(person, now) and may_work_at_desk(person) else NO_VISIT


def shift_then(db: Session, kiosk: Kiosk, token: str, made_at: datetime) -> Shift | None:
    """Whose shift it was at this kiosk when something was logged that arrives only now. ``made_at`` is its word."""
    row = db.get(DeskShift, digest(token)) if token else None
    if row is None or row.kiosk != kiosk.id:
        return None
    over = min(row.expires_at, row.ended_at or row.expires_at)
    if not row.opened_at - SLACK <= made_at <= over + SLACK:
        return None
    return Shift(row, db.get_one(Person, row.person))


def look_ups_left(db: Session, book: Book, person: Person, now: datetime) -> int | None:
    """Without a card, today by the campus's clock; ``None`` where they are not counted."""
    if has(person.role, DeskRight.UNCOUNTED):
        return None
    midnight = now.astimezone(book.hours().zone).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = DeskLookUp.staff == person.id, DeskLookUp.counted, DeskLookUp.at >= midnight
    return max(0, LOOK_UPS_A_DAY - len(db.scalars(select(DeskLookUp.digest).where(*mine)).all()))


def can_be_given(db: Session, id: str, now: datetime) -> Person | None:
    person = db.get(Person, id) if id.isprintable() else None
    return person if person is not None and person.role in _WORKS and is_valid(person, now) else None


def _hand_to(db: Session, but: Person, now: datetime, *, latin: bool) -> tuple[HandTo, ...]:
    wanted = select(Person).where(Person.role.in_(_WORKS), Person.id != but.id).order_by(Person.number)
    people = [person for person in db.scalars(wanted) if is_valid(person, now)][:MOST_HAND_TO]
    return tuple(
        HandTo(
            id=person.id,
            name=mask_name(person.latin_name if latin and person.latin_name else person.name),
            number=mask_number(person.number),
        )
        for person in people
    )


def _staff_cards(db: Session) -> list[str]:
    roles = [role.value for role, rights in DESK_RIGHTS.items() if DeskRight.OPEN in rights]
    wanted = select(Card.uid).join(Person, Person.id == Card.person).where(Person.role.in_(roles))
    return list(db.scalars(wanted.where(Card.state == ACTIVE).order_by(Card.uid).limit(MOST_CARDS)))


def _end_where(db: Session, now: datetime, *which: ColumnElement[bool]) -> None:
    db.execute(update(DeskShift).where(DeskShift.ended_at.is_(None), *which).values(ended_at=now))


def _forget_old(db: Session, now: datetime) -> None:
    old = select(DeskShift.digest).where(DeskShift.expires_at < now - KEPT)
    db.execute(delete(DeskLookUp).where(DeskLookUp.shift.in_(old)))
    db.execute(delete(DeskShift).where(DeskShift.digest.in_(old)))
