"""The page *announce*: what kiosks tell everybody, where, from when and until when; and it is taken back at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.language import Language
from kiosk.domain.text import Text
from kiosk.hub.console.door import Again, Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import announcements
from kiosk.hub.services.announcements import LONGEST, MOST_TEXT, MOST_TITLE
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.me_too import affected_anywhere
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of
from kiosk.words import say

#: What a notice that is made from an alarm is given first; staff set the end they mean.
SUGGESTED = timedelta(hours=4)
_TEXTS = ("title_zh", "title_en", "text_zh", "text_en")
_TIMES = ("starts", "ends", "update")
_LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Standing:
    """One that stands or soon will. ``affected``: a building's name and how many there said "me too"."""

    id: str
    kind: str
    title: str
    service: str
    buildings: str
    starts_at: datetime
    ends_at: datetime
    affected: tuple[tuple[str, int], ...]

    @property
    def many(self) -> int:
        return sum(many for _, many in self.affected)


class Announce:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            book = read_book(db)
            here = announcements.current(db, visit.now)
            many = affected_anywhere(db, (each.id for each in here))
            chosen = next((each for each in here if each.id == visit.query.get("notice", "")), None)
        language = visit.say.language
        return {
            "standing": [_standing(book, each, many.get(each.id, {}), visit) for each in here],
            "notice": chosen.id if chosen else "",
            "fields": _as_fields(book, chosen, visit.zone) if chosen else _suggested(book, visit),
            "kinds": tuple(AnnouncementKind),
            "services": [(entry.id, entry.title.of(language)) for entry in book.services],
            "buildings": [(place.id, place.title.of(language)) for place in book.places],
            "limits": {"title": MOST_TITLE, "text": MOST_TEXT, "last": _last(visit)},
            "wrong": "",
        }

    def publish(self, visit: Visit, form: Form) -> Done | Again:
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        with self._parts.store.write() as db:
            book, notice = read_book(db), text_of(form, "notice")
            standing = any(each.id == notice for each in announcements.current(db, visit.now))
            made = _read(book, fields, notice if standing else announcements.new_id(), visit)
            wrong = made if isinstance(made, str) else ""
            if isinstance(made, Announcement):
                refused = announcements.why_not(db, book, made, visit.now)
                wrong = refused.code if refused else ""
                if not wrong:
                    announcements.publish(db, book, made, visit.now)
                    db.flush()
                    note_act(db, visit.who.person, "announced", visit.now, about=made.id)
                    return Done("changed" if standing else "published")
        shown = self.show(visit)
        said = visit.say(f"announce.wrong_{wrong}", title=MOST_TITLE, text=MOST_TEXT, last=_last(visit))
        return Again({**shown, "notice": notice, "fields": {**_empty(book), **fields}, "wrong": said})

    def withdraw(self, visit: Visit, form: Form) -> str:
        notice = text_of(form, "notice")
        with self._parts.store.write() as db:
            known = notice.isprintable() and announcements.withdraw(db, self._parts.notices, notice, visit.now)
            if not known:
                return "gone"
            db.flush()
            note_act(db, visit.who.person, "announcement_withdrawn", visit.now, about=notice)
        return "withdrawn"


def _standing(book: Book, one: Announcement, many: dict[str, int], visit: Visit) -> Standing:
    language = visit.say.language

    def named(building: str) -> str:
        place = book.place(building)
        return place.title.of(language) if place else visit.say("announce.elsewhere")

    entry = book.entry(one.service)
    where = visit.say("announce.comma").join(map(named, one.buildings)) or visit.say("outage.everywhere")
    affected = tuple((named(building), count) for building, count in sorted(many.items(), key=lambda each: -each[1]))
    service = entry.title.of(language) if entry else ""
    return Standing(
        one.id, one.kind.value, one.title.of(language), service, where, one.starts_at, one.ends_at, affected
    )


def _read(book: Book, fields: dict[str, str], id: str, visit: Visit) -> Announcement | str:
    """Or the code of what is wrong."""
    kind, now = fields.get("kind", ""), visit.now
    if kind not in list(AnnouncementKind):
        return "no_kind"
    times: dict[str, datetime | None] = {}
    for name in _TIMES:
        typed = fields.get(name, "").strip()
        try:
            times[name] = datetime.strptime(typed, _LOCAL).replace(tzinfo=visit.zone) if typed else None
        except ValueError:
            return "no_time"
    if times["ends"] is None:
        return "no_end"
    buildings = tuple(place.id for place in book.places if fields.get(f"building_{place.id}"))
    texts = {name: fields.get(name, "").replace("\r\n", "\n").strip() for name in _TEXTS}
    return Announcement(
        id=id,
        kind=AnnouncementKind(kind),
        title=Text(texts["title_zh"], texts["title_en"]),
        text=Text(texts["text_zh"], texts["text_en"]),
        starts_at=times["starts"] or now,
        ends_at=times["ends"],
        published_at=now,
        service=fields.get("service", ""),
        buildings=buildings,
        next_update_at=times["update"],
    )


def _empty(book: Book) -> dict[str, str]:
    return dict.fromkeys((*_TEXTS, *_TIMES, "kind", "service", *(f"building_{place.id}" for place in book.places)), "")


def _as_fields(book: Book, one: Announcement, zone: ZoneInfo) -> dict[str, str]:
    texts = (one.title.zh, one.title.en, one.text.zh, one.text.en)
    times = (_local(one.starts_at, zone), _local(one.ends_at, zone), _local(one.next_update_at, zone))
    chosen = dict.fromkeys((f"building_{building}" for building in one.buildings), "on")
    own = {"kind": one.kind.value, "service": one.service}
    return {**_empty(book), **dict(zip((*_TEXTS, *_TIMES), (*texts, *times), strict=True)), **chosen, **own}


def _suggested(book: Book, visit: Visit) -> dict[str, str]:
    """From an alarm: what is broken and where is filled in already."""
    fields, entry = _empty(book), book.entry(visit.query.get("service", ""))
    building = visit.query.get("building", "")
    if entry is not None:
        fields |= {"kind": AnnouncementKind.OUTAGE.value, "service": entry.id}
        fields |= {f"title_{one.value}": _title(entry.title.of(one), one) for one in Language}
        fields["ends"] = _local(visit.now + SUGGESTED, visit.zone)
    if book.place(building) is not None:
        fields[f"building_{building}"] = "on"
    return fields


def _title(service: str, language: Language) -> str:
    return say(language, "announce.suggested", service=service)[:MOST_TITLE]


def _last(visit: Visit) -> str:
    return (visit.today + LONGEST).isoformat()


def _local(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):{_LOCAL}}" if at else ""
