"""What a phone may do behind a slip's code. The code alone says *solved* or *not solved* and rates; a remark, a picture
or a withdrawal first needs the one-time code to the contact on file, for this ticket's person and nobody else."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.policy import Action, Policy
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState
from kiosk.hub.ports import Channel, address
from kiosk.hub.services import case_ratings, codes, my_tickets
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.follow import followed
from kiosk.hub.services.history import REQUESTER, note_step
from kiosk.hub.services.photos import MOST_PHOTOS
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import require
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.tables import Kiosk, Person, Ticket, TicketPhoto
from kiosk.wire.identity import CodeSent, CodeTyped, CodeWanted, PinAccepted
from kiosk.wire.tickets import NumberClaimed, TicketAct

#: Stands for all phones where the rules ask which kiosk: limits on codes are theirs together.
PHONES = "phones"


def phones(db: Session, now: datetime) -> Kiosk:
    """A kiosk nobody can enrol as: it has no key and was revoked before it began."""
    row = db.get(Kiosk, PHONES)
    if row is None:
        row = Kiosk(id=PHONES, place="", code="", public=bytes(32), enrolled_at=now, revoked_at=now)
        db.add(row)
        db.flush()
    return row


def say_whether_solved(db: Session, book: Book, code: str, solved: bool, now: datetime) -> bool:
    """Said again, or too late, it changes nothing."""
    ticket = followed(db, code, now)
    if ticket is None:
        return False
    return by_requester(db, book, ticket, Act.CONFIRM if solved else Act.REOPEN, "", now) is None


def rate(db: Session, book: Book, code: str, mark: str, reasons: tuple[str, ...], language: str, now: datetime) -> bool:
    ticket = followed(db, code, now)
    return ticket is not None and case_ratings.rate(db, book, ticket, mark, reasons, language, now)


def talk(db: Session, around: Around, code: str, now: datetime) -> bool:
    ticket = followed(db, code, now)
    return ticket is not None and case_ratings.talk(db, around, ticket, now)


def send_code(db: Session, desk: codes.Desk, code: str, op: str, now: datetime) -> bool:
    person = _person(db, code, now)
    if person is None:
        return False
    channel = Channel.PHONE if address(person, Channel.PHONE) else Channel.EMAIL
    wanted = CodeWanted(op=op, claim=NumberClaimed(person.number), channel=channel.value)
    return isinstance(codes.send(db, desk, phones(db, now), wanted, "", now), CodeSent)


def prove(db: Session, desk: codes.Desk, code: str, op: str, typed: str, now: datetime) -> str:
    """The token of a session at ``phones``, '' where the typed code is not right."""
    person = _person(db, code, now)
    if person is None:
        return ""
    said = CodeTyped(op=op, claim=NumberClaimed(person.number), code=typed)
    answer = codes.judge(db, desk, phones(db, now), said, "", now, latin=False)
    return answer.session if isinstance(answer, PinAccepted) else ""


def may_be_proven(db: Session, code: str, now: datetime) -> bool:
    """Whether there is somebody behind the ticket who can be reached."""
    return _person(db, code, now) is not None


def proven(db: Session, policy: Policy, code: str, visit: str, now: datetime) -> Ticket | None:
    """The ticket, where this phone's session is its person's."""
    ticket = followed(db, code, now) if visit else None
    if ticket is None:
        return None
    person = require(db, phones(db, now), visit, Action.SEE_TICKETS, policy, now)
    return None if isinstance(person, No) or person.id != ticket.person else ticket


def act(
    db: Session, book: Book, policy: Policy, code: str, visit: str, op: str, wanted: Act, text: str, now: datetime
) -> bool:
    ticket = proven(db, policy, code, visit, now)
    if ticket is None:
        return False
    asked = TicketAct(op, ticket.reference, wanted.value, text)
    return not isinstance(my_tickets.act(db, book, policy, phones(db, now), visit, asked, now), No)


def photos_left(db: Session, ticket: Ticket) -> int:
    kept = db.scalar(select(func.count()).where(TicketPhoto.reference == ticket.reference)) or 0
    return max(0, MOST_PHOTOS - kept) if TicketState(ticket.state).is_open else 0


def keep_photo(db: Session, folder: Path, ticket: Ticket, picture: bytes, now: datetime) -> bool:
    """``picture`` was made anew. Its row is written last: a file without one is a file nobody is shown."""
    db.get(Ticket, ticket.reference, with_for_update=True, populate_existing=True)
    if photos_left(db, ticket) == 0:
        return False
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.jpg"
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(picture)
    db.add(TicketPhoto(file=name, reference=ticket.reference, at=now, size=len(picture)))
    note_step(db, ticket, now, "photo_added", by=REQUESTER)
    return True


def _person(db: Session, code: str, now: datetime) -> Person | None:
    ticket = followed(db, code, now)
    person = db.get(Person, ticket.person) if ticket and ticket.person else None
    return person if person and (person.phone or person.email) else None
