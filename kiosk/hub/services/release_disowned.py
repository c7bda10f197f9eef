"""The page behind the link that somebody was sent when a release code was given in their name: "that was not me".

A code that still waits is over at once. Where it was used, what a stranger would hold by it is taken from them: the new
PIN opens nothing any more, sessions end. A password cannot be put back, so the page says whom to call. The admins hear
of it either way.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.masking import mask_number
from kiosk.domain.policy import Action
from kiosk.domain.roles import Role
from kiosk.hub.logs import event
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services import sessions
from kiosk.hub.services.book import Book
from kiosk.hub.services.follow import when
from kiosk.hub.services.not_mine import NotMinePage
from kiosk.hub.services.outgoing import USEFUL
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.release_codes import OWNER_LIFE
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.release_tables import ReleaseGiven
from kiosk.hub.store.tables import Person, Pin
from kiosk.hub.tokens_made import FOLLOW_CHARACTERS, digest
from kiosk.words import Speaker, say


def page(db: Session, book: Book, code: str, wanted: Language | None, now: datetime) -> NotMinePage | None:
    """``None`` where the code is of no release code."""
    row = _row(db, code, now)
    person = db.get(Person, row.person) if row else None
    if row is None or person is None:
        return None
    language = wanted or Language(person.language)
    speak, other = Speaker(language), Speaker(language.other)
    word = "asked" if row.disowned_at is None else f"done_{row.action}" if row.done_at else "done"
    desk = (speak("follow.desk", place=book.desk.place.of(language)), speak("follow.call", phone=book.desk.phone))
    at = row.made_at.astimezone(ZoneInfo(book.zone))
    return NotMinePage(
        found=True,
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=speak("release_not_mine.asked" if word == "asked" else "release_not_mine.done"),
        text=speak(f"release_not_mine.{word}_text"),
        matter=speak(f"release.for_{row.action}"),
        facts=((speak("not_mine.when"), when(speak, at)),),
        reference="",
        button=speak("release_not_mine.button") if word == "asked" else "",
        desk=desk if book.desk.phone else desk[:1],
    )


def disown(db: Session, notices: Notices, code: str, now: datetime) -> bool:
    """Said again, it changes nothing."""
    row = _row(db, code, now, lock=True)
    if row is None or row.disowned_at is not None:
        return row is not None
    row.disowned_at, row.over = now, True
    if row.used_at is not None:
        sessions.end_all(db, row.person, now)
    if row.done_at is not None and row.action == Action.SET_PIN:
        db.execute(delete(Pin).where(Pin.person == row.person))
    person, staff = db.get_one(Person, row.person), db.get_one(Person, row.by)
    for admin in db.scalars(select(Person).where(Person.role == Role.ADMIN.value).order_by(Person.id)):
        if is_valid(admin, now):
            matter = say(Language(admin.language), f"release.for_{row.action}")
            values = {"number": mask_number(person.number), "staff": mask_number(staff.number), "matter": matter}
            notices.mail(db, admin, Told.RELEASE_DISOWNED, now + USEFUL, **values)
    event("release code disowned", action=row.action)
    note_act(db, row.person, "release_disowned", now, about=row.by, why=row.action)
    return True


def _row(db: Session, code: str, now: datetime, *, lock: bool = False) -> ReleaseGiven | None:
    if len(code) != FOLLOW_CHARACTERS or not code.isascii():
        return None
    mine = ReleaseGiven.owner == digest(code), ReleaseGiven.made_at > now - OWNER_LIFE
    wanted = select(ReleaseGiven).where(*mine)
    return db.scalar(wanted.with_for_update() if lock else wanted)
