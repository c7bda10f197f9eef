"""The page *kiosks*: those that wait to be approved, and ours by building, each with its place and how it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.language import Language
from kiosk.hub.console.door import Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import fleet_acts, waiting_kiosks
from kiosk.hub.services.book import Book, Standing, read_book
from kiosk.hub.services.fleet_acts import REVOKED, Ended
from kiosk.hub.services.kiosk_health import ListedKiosk, list_kiosks
from kiosk.hub.services.presence import FRESH
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of
from kiosk.words import Speaker, say

#: Kiosks shown as waiting, and so as approved by one form.
MOST_AT_ONCE = 40
#: Ended kiosks on the page.
MOST_ENDED = 50
#: Longest value of ``?code=``: some codes of one building.
LONGEST_CODES = 200
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """``words`` in Chinese and in English; ``code`` where somebody brought it along from the kiosk's screen."""

    public: str
    words: tuple[str, str]
    address: str
    since: datetime
    code: str


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class KioskLine:
    """``state`` a key below ``kiosks``."""

    id: str
    code: str
    place: str
    name: str
    state: str
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndedLine:
    id: str
    at: datetime | None
    why: str


class Kiosks:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        brought = visit.query.get("code", "")[:LONGEST_CODES].replace(",", " ").split()
        with self._parts.store.read() as db:
            book = read_book(db)
            waiting = waiting_kiosks.waiting(db, visit.now)
            codes = waiting_kiosks.asked_for(db, brought)
            listed = list_kiosks(db, book)
            ended = fleet_acts.ended(db, MOST_ENDED)
        waiting.sort(key=lambda one: one.public not in codes)
        candidates = [
            Candidate(
                one.public,
                (in_words(one.words, Language.ZH), in_words(one.words, Language.EN)),
                one.address,
                one.since,
                grouped(codes.get(one.public, "")),
            )
            for one in waiting[:MOST_AT_ONCE]
        ]
        ours = [kiosk for kiosk in listed if not kiosk.revoked]
        return {
            "waiting": candidates,
            "waiting_count": len(waiting),
            "not_found": bool(brought) and not codes,
            "places": _places(book, ours, visit.say),
            "buildings": _buildings(book, ours, visit),
            "ended": [EndedLine(row.id, row.revoked_at, row.ended_why or "unsaid") for row in ended],
            "most_ended": MOST_ENDED,
            "reasons": REVOKED,
        }

    def approve(self, visit: Visit, form: Form) -> str:
        """Every kiosk whose code was typed, each for itself: one wrong code keeps none of the others waiting."""
        went: list[str] = []
        for number in range(1, MOST_AT_ONCE + 1):
            code, public = text_of(form, f"code-{number}").strip(), text_of(form, f"public-{number}")
            if not code:
                continue
            if text_of(form, f"same-{number}") != "yes":
                went.append("not_compared")
                continue
            place = text_of(form, f"place-{number}")
            with self._parts.store.write() as db:
                kiosk = waiting_kiosks.approve(db, read_book(db), public, code, place, visit.now)
                if isinstance(kiosk, No):
                    note_act(db, visit.who.person, "kiosk_not_approved", visit.now, about=place[:40], why=kiosk.code)
                    went.append(kiosk.code)
                else:
                    note_act(db, visit.who.person, "kiosk_approved", visit.now, about=kiosk.id)
                    went.append("approved")
        if not went:
            return "no_code"
        bad = [word for word in went if word != "approved"]
        if not bad:
            return "approved"
        return "approved_in_part" if len(bad) < len(went) else bad[0]

    def move(self, visit: Visit, form: Form) -> str:
        kiosk, place = text_of(form, "kiosk"), text_of(form, "place")
        with self._parts.store.write() as db:
            refused = fleet_acts.move(db, read_book(db), kiosk, place)
            if refused is None:
                note_act(db, visit.who.person, "kiosk_moved", visit.now, about=kiosk, why=place)
        return refused.code if refused else "moved"

    def retire(self, visit: Visit, form: Form) -> str:
        return self._end(visit, text_of(form, "kiosk"), Ended.RETIRED)

    def revoke(self, visit: Visit, form: Form) -> str:
        why = text_of(form, "why")
        return self._end(visit, text_of(form, "kiosk"), Ended(why)) if why in REVOKED else "no_reason"

    def _end(self, visit: Visit, kiosk: str, why: Ended) -> str:
        with self._parts.store.write() as db:
            refused = fleet_acts.end(db, kiosk, why, visit.now)
            if refused is None:
                note_act(db, visit.who.person, "kiosk_revoked", visit.now, about=kiosk, why=why.value)
        if refused is not None:
            return refused.code
        return "retired" if why is Ended.RETIRED else "revoked"


def in_words(places: Sequence[int], language: Language) -> str:
    words = say(language, "fingerprint.words").split()
    return " · ".join(words[place] for place in places)


def grouped(code: str) -> str:
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def _places(book: Book, ours: Sequence[ListedKiosk], speak: Speaker) -> list[PlaceChoice]:
    """Those without a kiosk first."""
    taken = {kiosk.place for kiosk in ours}
    free = sorted(book.kiosks, key=lambda standing: standing.id in taken)
    return [
        PlaceChoice(
            standing.id,
            speak("kiosks.place_taken", place=_name(book, standing, speak))
            if standing.id in taken
            else _name(book, standing, speak),
        )
        for standing in free
    ]


def _buildings(book: Book, ours: Sequence[ListedKiosk], visit: Visit) -> dict[str, list[KioskLine]]:
    found: dict[str, list[KioskLine]] = {}
    for kiosk in ours:
        standing = book.standing(kiosk.place)
        building = book.place(standing.building) if standing else None
        name = building.title.of(visit.say.language) if building else visit.say("kiosks.no_place")
        line = KioskLine(
            kiosk.kiosk,
            kiosk.code,
            kiosk.place,
            _name(book, standing, visit.say) if standing else kiosk.place,
            _state(kiosk, visit.now),
            kiosk.seen_at,
        )
        found.setdefault(name, []).append(line)
    return found


def _name(book: Book, standing: Standing, speak: Speaker) -> str:
    language = speak.language
    building = book.place(standing.building)
    where = (building.title.of(language) if building else "", standing.floor.of(language), standing.title.of(language))
    return f"{standing.code} · {' · '.join(dict.fromkeys(part for part in where if part))}"


def _state(kiosk: ListedKiosk, now: datetime) -> str:
    if kiosk.seen_at is None:
        return "state_never"
    return "state_silent" if now - kiosk.seen_at > FRESH else f"state_{kiosk.readiness}"
