"""The page *events*: many reports of one thing, answered together; and those that look as if they were one."""

from kiosk.hub.console.door import Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import desk_view, ticket_queue, ticket_ties
from kiosk.hub.services.announcements import outages
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of

#: Events on the page.
MOST_EVENTS = 50


class Events:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        language = visit.say.language
        with self._parts.store.read() as db:
            book = read_book(db)
            found = ticket_ties.events(db, MOST_EVENTS)
            seen = [one for one, _ in found if desk_view.sees(db, book, visit.who, one, visit.now)]
            likely = [
                (service, building, _service(book, service, visit), _building(book, building, visit), many)
                for service, building, many in ticket_ties.likely_events(db, visit.now)
            ]
            return {
                "events": ticket_queue.lines(db, book, seen, language, visit.now),
                "likely": likely,
                "outages": [(one, _service(book, one.service, visit), many) for one, many in outages(db, visit.now)],
                "made": visit.query.get("made", ""),
                "hours": int(ticket_ties.WITHIN.total_seconds() // 3600),
            }

    def gather(self, visit: Visit, form: Form) -> Done:
        with self._parts.store.write() as db:
            book = read_book(db)
            around = Around(book, self._parts.notices, self._parts.public_url)
            service, building = text_of(form, "service"), text_of(form, "building")
            known = book.entry(service) is not None and (not building or book.place(building) is not None)
            head = ticket_ties.gather(db, around, service, building, visit.who.person, visit.now) if known else None
            if head is None:
                return Done("nothing")
            db.flush()
            note_act(db, visit.who.person, "event_gathered", visit.now, about=head.reference)
        return Done("gathered", {"made": head.reference})


def _service(book: Book, service: str, visit: Visit) -> str:
    entry = book.entry(service)
    return entry.title.of(visit.say.language) if entry else service


def _building(book: Book, building: str, visit: Visit) -> str:
    place = book.place(building)
    return place.title.of(visit.say.language) if place else visit.say("events.nowhere")
