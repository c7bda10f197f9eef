"""Whom staff find at the desk, and what of them they see: by their role, masked, written down where no card was shown.

Whoever may not find somebody in a way gets the answer of a search that found nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.desk_rights import DeskRight
from kiosk.domain.desk_work import EarlierMatters, LookUpReason, Matter, Requester, RequestersFound
from kiosk.domain.language import Language
from kiosk.domain.masking import mask_name, mask_number, mask_phone
from kiosk.domain.plain_text import clean
from kiosk.domain.tickets import TicketState
from kiosk.hub.ports import Directory, DirectoryAccount
from kiosk.hub.services.asking import ask_outside
from kiosk.hub.services.book import Book
from kiosk.hub.services.desk_shifts import Shift, look_ups_left, shift_here
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.people import ACTIVE, is_valid, resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.shift_tables import DeskLookUp
from kiosk.hub.store.tables import Card, Kiosk, Person, Ticket
from kiosk.hub.tokens_made import digest, new_token
from kiosk.wire.desk import LookUp
from kiosk.wire.routes import MAX_LOOK_UP
from kiosk.wire.tickets import CardClaimed

#: People of one search by name or phone.
MOST_FOUND = 8
#: Shorter names and phones would list the campus, characters.
SHORTEST_NAME, SHORTEST_PHONE = 2, 7
#: Open and earlier matters that are told.
MOST_MATTERS = 50
MONTHS = 6
_MONTH = timedelta(days=31)
_OPEN = tuple(state for state in TicketState if state.is_open)
NO_ONE = No(422, "no_one", "nobody was found")
NO_MORE = No(422, "no_more", "no look-ups without a card are left today")
NO_REASON = No(422, "no_reason", "why is somebody looked up without their card?")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a look-up needs of the hub; ``language`` of whoever reads it."""

    book: Book
    directory: Directory
    language: Language


Answer = TypeVar("Answer")


def look_up(db: Session, desk: Desk, kiosk: Kiosk, token: str, asked: LookUp, now: datetime) -> RequestersFound | No:
    shift = shift_here(db, kiosk, token, now)
    if isinstance(shift, No):
        return shift
    if sum((asked.claim is not None, bool(asked.text), bool(asked.handle))) != 1 or len(asked.text) > MAX_LOOK_UP:
        return No(422, "malformed", "one of claim, text and handle")
    if asked.reason and asked.reason not in list(LookUpReason):
        return No(422, "malformed", "no such reason")
    if asked.text:
        return _by_text(db, desk, shift, asked, now)
    if asked.handle:
        return _by_handle(db, desk, shift, asked, now)
    return _by_claim(db, desk, shift, asked, now)


def earlier(db: Session, book: Book, kiosk: Kiosk, token: str, handle: str, now: datetime) -> EarlierMatters | No:
    """What was told before and is over."""
    shift = shift_here(db, kiosk, token, now)
    if isinstance(shift, No):
        return shift
    person = found_by(db, shift, handle)
    if person is None or not shift.may(DeskRight.HISTORY):
        return NO_ONE
    over = Ticket.state.not_in(_OPEN), Ticket.created_at >= now - MONTHS * _MONTH
    matters = _matters(db, book, person, *over)
    note_act(db, shift.person.id, "desk_read_history", now, about=person.id)
    return EarlierMatters(matters)


def found_by(db: Session, shift: Shift, handle: str) -> Person | None:
    """Whom this staff member found here under ``handle``."""
    row = db.get(DeskLookUp, digest(handle)) if handle else None
    if row is None or row.shift != shift.row.digest or row.person is None:
        return None
    return db.get(Person, row.person)


def _by_claim(db: Session, desk: Desk, shift: Shift, asked: LookUp, now: datetime) -> RequestersFound | No:
    claim = asked.claim
    if claim is None:
        return NO_ONE
    by_card = isinstance(claim, CardClaimed)
    if not shift.may(DeskRight.BY_CARD if by_card else DeskRight.BY_NUMBER):
        return NO_ONE
    counted = not by_card and not shift.may(DeskRight.UNCOUNTED)
    if counted and not asked.reason:
        return NO_REASON
    if counted and not look_ups_left(db, desk.book, shift.person, now):
        return NO_MORE
    resolved = resolve(db, claim, now)
    person = resolved.person if resolved else None
    handle = _note(db, shift, person, "card" if by_card else "number", now, counted=counted)
    found = (_record(db, desk, shift, person, handle, now),) if person else ()
    if not by_card:
        _audit(db, shift, person, f"number {asked.reason}", now)
    left = look_ups_left(db, desk.book, shift.person, now)
    return RequestersFound(found, look_ups_left=left)


def _by_text(db: Session, desk: Desk, shift: Shift, asked: LookUp, now: datetime) -> RequestersFound | No:
    text = clean(asked.text, MAX_LOOK_UP, lines=False)
    wanted = _like(text)
    if not shift.may(DeskRight.BY_NAME) or wanted is None:
        return NO_ONE
    rows = db.scalars(select(Person).where(wanted).order_by(Person.number).limit(4 * MOST_FOUND))
    people = [person for person in rows if is_valid(person, now)]
    shown = []
    for person in people[:MOST_FOUND]:
        handle = _note(db, shift, person, "name", now, counted=False)
        shown.append(_seen(desk, shift, person, handle))
    _audit(db, shift, None, f"name {asked.reason}", now)
    return RequestersFound(tuple(shown), more=len(people) > MOST_FOUND)


def _by_handle(db: Session, desk: Desk, shift: Shift, asked: LookUp, now: datetime) -> RequestersFound | No:
    person = found_by(db, shift, asked.handle)
    if person is None or not is_valid(person, now) or not shift.may(DeskRight.BY_NAME):
        return NO_ONE
    record = _record(db, desk, shift, person, asked.handle, now)
    _audit(db, shift, person, f"chosen {asked.reason}", now)
    return RequestersFound((record,))


def _like(text: str) -> ColumnElement[bool] | None:
    """``None`` where it is too short to be anybody's."""
    digits = "".join(c for c in text if c.isdecimal())
    if digits and all(c.isdecimal() or c in "+-() " for c in text):
        return Person.phone.endswith(digits, autoescape=True) if len(digits) >= SHORTEST_PHONE else None
    if len(text) < SHORTEST_NAME:
        return None
    latin = func.lower(Person.latin_name)
    return or_(
        Person.name.startswith(text, autoescape=True),
        latin.startswith(text.lower(), autoescape=True),
        latin.endswith(f" {text.lower()}", autoescape=True),
    )


def _note(db: Session, shift: Shift, person: Person | None, how: str, now: datetime, *, counted: bool) -> str:
    """The handle under which they can be named in this shift."""
    handle = new_token()
    db.add(
        DeskLookUp(
            digest=digest(handle),
            shift=shift.row.digest,
            staff=shift.person.id,
            person=person.id if person else None,
            how=how,
            counted=counted,
            at=now,
        )
    )
    db.flush()
    return handle


def _audit(db: Session, shift: Shift, person: Person | None, why: str, now: datetime) -> None:
    note_act(db, shift.person.id, "desk_looked_up", now, about=person.id if person else "", why=why.strip())


def _seen(desk: Desk, shift: Shift, person: Person, handle: str) -> Requester:
    """Who it is, and no more."""
    latin = desk.language is Language.EN and person.latin_name
    whole = shift.may(DeskRight.ACCOUNT)
    return Requester(
        handle=handle,
        name=mask_name(person.latin_name if latin else person.name),
        number=mask_number(person.number),
        department=person.department if whole else "",
        phone=mask_phone(person.phone) if whole and person.phone else "",
    )


def _record(db: Session, desk: Desk, shift: Shift, person: Person, handle: str, now: datetime) -> Requester:
    seen = _seen(desk, shift, person, handle)
    account = _account(db, desk.directory, person, now) if shift.may(DeskRight.ACCOUNT) else None
    return Requester(
        handle=handle,
        name=seen.name,
        number=seen.number,
        department=seen.department,
        phone=seen.phone,
        account=account.state.value if account else "",
        changed_at=account.changed_at if account else None,
        card=_card(db, person) if shift.may(DeskRight.ACCOUNT) else "",
        open=_matters(db, desk.book, person, Ticket.state.in_(_OPEN)),
        earlier=_earlier_count(db, person, now) if shift.may(DeskRight.HISTORY) else None,
    )


def _account(db: Session, directory: Directory, person: Person, now: datetime) -> DirectoryAccount | None:
    """``None``: none is set up, they have none, or it does not answer: not said."""
    number = person.number
    if directory.account() is None:
        return None
    found = ask_outside(db, ("desk", number), lambda: directory.find(number, now))
    return found if isinstance(found, DirectoryAccount) else None


def _card(db: Session, person: Person) -> str:
    """Their best card's state; '' where they have none."""
    states = list(db.scalars(select(Card.state).where(Card.person == person.id)))
    return ACTIVE if ACTIVE in states else min(states, default="")


def _matters(db: Session, book: Book, person: Person, *which: ColumnElement[bool]) -> tuple[Matter, ...]:
    newest = Ticket.created_at.desc(), Ticket.reference
    rows = db.scalars(select(Ticket).where(Ticket.person == person.id, *which).order_by(*newest).limit(MOST_MATTERS))
    zone = book.hours().zone
    return tuple(
        Matter(ticket.reference, title_of(book, ticket), ticket.state, ticket.created_at.astimezone(zone))
        for ticket in rows
    )


def _earlier_count(db: Session, person: Person, now: datetime) -> int:
    over = Ticket.state.not_in(_OPEN), Ticket.created_at >= now - MONTHS * _MONTH
    return db.scalar(select(func.count()).select_from(Ticket).where(Ticket.person == person.id, *over)) or 0
