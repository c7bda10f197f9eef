"""What staff tell everybody: published by a person, always with an end, taken back at once (journeys 10)."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain import plain_text
from kiosk.domain.announcements import AHEAD, Announcement, AnnouncementKind
from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.hub.logs import event
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services.book import Book
from kiosk.hub.services.me_too import affected, affected_anywhere, affected_people
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Announced

#: Longest title and text, characters: what fits the screens in large text.
MOST_TITLE = 48
MOST_TEXT = 240
#: Longest an announcement may stand: what is true longer belongs into an article.
LONGEST = timedelta(days=60)
#: Most that can stand at once.
MOST = 50


@dataclass(frozen=True, slots=True)
class Wrong:
    """``code``: below the words of the console's page; ``sentence`` for whoever sits at the hub: what to change."""

    code: str
    sentence: str


def publish(db: Session, book: Book, announcement: Announcement, now: datetime) -> str | No:
    """Its id, or why it cannot be published. An announcement with the same id is replaced. An outage without an article
    gets the emergency article of its service."""
    wrong = why_not(db, book, announcement, now)
    if wrong:
        return No(422, "announcement", wrong.sentence)
    entry = book.entry(announcement.service)
    if announcement.kind is AnnouncementKind.OUTAGE and not announcement.article and entry is not None:
        announcement = replace(announcement, article=entry.emergency)
    db.merge(
        Announced(
            id=announcement.id,
            kind=announcement.kind.value,
            service=announcement.service,
            buildings=" ".join(announcement.buildings),
            article=announcement.article,
            title_zh=announcement.title.zh,
            title_en=announcement.title.en,
            text_zh=announcement.text.zh,
            text_en=announcement.text.en,
            published_at=announcement.published_at,
            starts_at=announcement.starts_at,
            ends_at=announcement.ends_at,
            next_update_at=announcement.next_update_at,
        )
    )
    event("announcement published", announcement=announcement.id)
    return announcement.id


def withdraw(db: Session, notices: Notices, announcement: str, now: datetime) -> bool:
    """Ends it now; who said "me too" to an outage is told that it is over. False where none stands."""
    row = db.get(Announced, announcement)
    if row is None or row.ends_at <= now:
        return False
    row.ends_at = now
    if row.kind == AnnouncementKind.OUTAGE:
        for person in affected_people(db, announcement):
            title = row.title_zh if person.language == Language.ZH else row.title_en
            notices.tell(db, person, Told.OUTAGE_OVER, now, title=title)
    event("announcement withdrawn", announcement=announcement)
    return True


def current(db: Session, now: datetime) -> list[Announcement]:
    """Those that stand or will within AHEAD, wherever they are shown; the oldest first."""
    wanted = select(Announced).where(Announced.ends_at > now, Announced.starts_at <= now + AHEAD)
    return [_read(row) for row in db.scalars(wanted.order_by(Announced.published_at, Announced.id))]


def at_kiosk(db: Session, book: Book, place: str, now: datetime) -> list[Announcement]:
    """What concerns a kiosk that stands at ``place``, with how many have said "me too" in its building."""
    standing = book.standing(place)
    if standing is None:
        return []
    many = affected(db, standing.building)
    here = (each for each in current(db, now) if each.concerns(standing.building))
    return [replace(each, affected=many.get(each.id, 0)) for each in here]


def outages(db: Session, now: datetime) -> list[tuple[Announcement, int]]:
    """What is broken now, with how many have said "me too" anywhere."""
    found = [each for each in current(db, now) if each.kind is AnnouncementKind.OUTAGE]
    many = affected_anywhere(db, (each.id for each in found))
    return [(each, sum(many.get(each.id, {}).values())) for each in found]


def new_id() -> str:
    return secrets.token_hex(4)


def why_not(db: Session, book: Book, announcement: Announcement, now: datetime) -> Wrong | None:
    """``None`` where all is well."""
    texts = [(announcement.title, MOST_TITLE, "title"), (announcement.text, MOST_TEXT, "text")]
    for text, most, name in texts:
        for words, language in ((text.zh, Language.ZH), (text.en, Language.EN)):
            named = "Chinese" if language is Language.ZH else "English"
            if not words.strip() and name == "title":
                return Wrong(f"title_{language.value}_missing", f"the {named} {name} is missing")
            if len(words) > most or plain_text.clean(words, most) != words:
                long = f"the {named} {name} must be plain text of at most {most} characters"
                return Wrong(f"{name}_{language.value}_long", long)
    if announcement.service and book.entry(announcement.service) is None:
        return Wrong("no_service", f"there is no service {announcement.service!r} in the catalogue")
    unknown = next((building for building in announcement.buildings if book.place(building) is None), None)
    if unknown is not None:
        return Wrong("no_building", f"there is no building {unknown!r} on this campus")
    if announcement.kind is AnnouncementKind.OUTAGE and not announcement.service:
        return Wrong("outage_service", "an outage needs the service it is about")
    if not announcement.starts_at < announcement.ends_at:
        return Wrong("end_first", "the end must come after the start")
    if not now < announcement.ends_at <= now + LONGEST + AHEAD:
        return Wrong("end_far", f"the end must lie ahead, at most {LONGEST.days} days")
    if db.get(Announced, announcement.id) is None and len(current(db, now)) >= MOST:
        return Wrong("too_many", f"there are {MOST} announcements already; withdraw one")
    return None


def _read(row: Announced) -> Announcement:
    return Announcement(
        id=row.id,
        kind=AnnouncementKind(row.kind),
        title=Text(row.title_zh, row.title_en),
        text=Text(row.text_zh, row.text_en),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        published_at=row.published_at,
        service=row.service,
        buildings=tuple(row.buildings.split()),
        article=row.article,
        next_update_at=row.next_update_at,
    )
