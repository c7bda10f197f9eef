"""The page *tickets*: the lists of what is open, and one ticket to be worked on."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from kiosk.domain.references import parse
from kiosk.domain.staff_rights import Right
from kiosk.domain.tickets import TicketState
from kiosk.hub.console.desk_words import step_words
from kiosk.hub.console.door import Again, Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import desk_ticket, desk_view, desk_work, ticket_queue, ticket_ties
from kiosk.hub.services.around import Around
from kiosk.hub.services.article_hints import Hint, hints, put_in
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.desk_ticket import WHO_ACT, WHO_SHOWN, Opened
from kiosk.hub.services.desk_view import Ticket
from kiosk.hub.services.desk_work import LONGEST_ANSWER, LONGEST_NOTE, Went
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.services.ticket_queue import EVENT, MERGED, MOST_COUNTED, RELATED, Listing
from kiosk.hub.web import text_of

#: What an answer's button may ask for: the state the ticket is in then, ``None`` where it stays.
_STATES = {
    "": None,
    "wait": TicketState.WAITING_FOR_REQUESTER,
    "solve": TicketState.RESOLVED,
    "work": TicketState.IN_PROGRESS,
}
_CHOICES = {
    TicketState.WAITING_FOR_APPROVAL: ("",),
    TicketState.NEW: ("", "wait", "solve"),
    TicketState.IN_PROGRESS: ("", "wait", "solve"),
    TicketState.WAITING_FOR_REQUESTER: ("", "work", "solve"),
    TicketState.RESOLVED: ("work",),
}
_KINDS = (MERGED, EVENT, RELATED)


class Tickets:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            book = read_book(db)
            asked = visit.query.get("ticket", "")
            ticket = desk_view.found(db, book, visit.who, asked, visit.now) if asked else None
            if ticket is not None:
                return self._ticket(db, book, visit, ticket)
            is_unknown = asked or visit.query.get("said") == "unknown"
            return {**self._list(db, book, visit), "wrong": visit.say("queue.wrong_unknown") if is_unknown else ""}

    # -- acts ---------------------------------------------------------------------------------------------------
    def look_after(self, visit: Visit, form: Form) -> Done:
        building = text_of(form, "building")
        with self._parts.store.write() as db:
            if not ticket_queue.look_after(db, read_book(db), visit.who.person, building):
                return Done("no_building", {"list": Listing.BUILDING})
            note_act(db, visit.who.person, "building_chosen", visit.now, about=building)
        return Done("building", {"list": Listing.BUILDING})

    def take(self, visit: Visit, form: Form) -> Done | Again:
        def act(db: Session, around: Around, ticket: Ticket) -> Went:
            return desk_work.take(db, around, ticket, visit.who.person, text_of(form, "whose"), visit.now)

        return self._done(visit, form, "ticket_taken", act)

    def give(self, visit: Visit, form: Form) -> Done | Again:
        def act(db: Session, around: Around, ticket: Ticket) -> Went:
            return desk_work.give(db, around, ticket, visit.who.person, text_of(form, "to"), visit.now)

        return self._done(visit, form, "ticket_given", act, fresh=True)

    def answer(self, visit: Visit, form: Form) -> Done | Again:
        """``state``: a key of _STATES; ``together``: to every report of the event."""
        wanted, together = text_of(form, "state"), bool(text_of(form, "together"))

        def act(db: Session, around: Around, ticket: Ticket) -> Went:
            if wanted not in _STATES:
                return Went.NOT_NOW
            person, text, state = visit.who.person, text_of(form, "text"), _STATES[wanted]
            return desk_work.answer(db, around, ticket, person, text, state, visit.now, together=together)

        return self._done(visit, form, "event_answered" if together else "ticket_answered", act, fresh=True)

    def note(self, visit: Visit, form: Form) -> Done | Again:
        def act(db: Session, _around: Around, ticket: Ticket) -> Went:
            return desk_work.note(db, ticket, visit.who.person, text_of(form, "note"), visit.now)

        return self._done(visit, form, "ticket_noted", act)

    def tie(self, visit: Visit, form: Form) -> Done | Again:
        return self._both(visit, form, undo=False)

    def untie(self, visit: Visit, form: Form) -> Done | Again:
        return self._both(visit, form, undo=True)

    def who(self, visit: Visit, form: Form) -> Done:
        """Written down first: then the page shows it, for a moment."""
        with self._parts.store.write() as db:
            ticket = desk_view.found(db, read_book(db), visit.who, text_of(form, "ticket"), visit.now)
            if ticket is None:
                return Done("unknown")
            note_act(db, visit.who.person, WHO_ACT, visit.now, about=ticket.reference)
        return Done("who", {"ticket": ticket.reference})

    def _done(
        self,
        visit: Visit,
        form: Form,
        written: str,
        act: Callable[[Session, Around, Ticket], Went],
        *,
        fresh: bool = False,
    ) -> Done | Again:
        """``fresh``: nothing is done where anything happened since the page was made; what was typed stays."""
        with self._parts.store.write() as db:
            book = read_book(db)
            ticket = desk_view.found(db, book, visit.who, text_of(form, "ticket"), visit.now, locked=True)
            if ticket is None:
                return Done("unknown")
            moved = fresh and text_of(form, "version") != str(desk_work.version_of(db, ticket.reference))
            around = Around(book, self._parts.notices, self._parts.public_url)
            went = Went.MOVED if moved else act(db, around, ticket)
            if went.is_done:
                db.flush()
                note_act(db, visit.who.person, written, visit.now, about=ticket.reference)
                return Done(went, {"ticket": ticket.reference})
        return self._again(visit, form, ticket.reference, went)

    def _both(self, visit: Visit, form: Form, *, undo: bool) -> Done | Again:
        mine, other = parse(text_of(form, "ticket")), parse(text_of(form, "other"))
        kind = text_of(form, "kind")
        if mine is None:
            return Done("unknown")
        with self._parts.store.write() as db:
            book, found = read_book(db), {}
            for reference in sorted({str(mine), str(other or mine)}):  # always in this order: nobody waits crosswise
                found[reference] = desk_view.found(db, book, visit.who, reference, visit.now, locked=True)
            ticket, beside = found[str(mine)], found.get(str(other))
            if ticket is None:
                return Done("unknown")
            if beside is None or kind not in _KINDS:
                return self._again(visit, form, ticket.reference, "no_other")
            if desk_work.is_elsewhere(db, ticket, beside) and kind != RELATED:
                return self._again(visit, form, ticket.reference, Went.ELSEWHERE)
            person, now = visit.who.person, visit.now
            around = Around(book, self._parts.notices, self._parts.public_url)
            if undo:
                went = "untied" if ticket_ties.untie(db, ticket, beside, person, now) else "no_other"
            else:
                went = ticket_ties.tie(db, around, ticket, beside, kind, person, now)
            if went in (*_KINDS, "untied"):
                db.flush()
                note_act(db, person, f"ticket_{went}", now, about=ticket.reference)
                return Done(went, {"ticket": ticket.reference})
        return self._again(visit, form, ticket.reference, went)

    # -- what is shown ------------------------------------------------------------------------------------------
    def _again(self, visit: Visit, form: Form, reference: str, went: str) -> Done | Again:
        """Nothing was done, and what was typed is still there."""
        with self._parts.store.read() as db:
            book = read_book(db)
            ticket = desk_view.found(db, book, visit.who, reference, visit.now)
            if ticket is None:
                return Done("unknown")
            values = self._ticket(db, book, visit, ticket)
            called = desk_view.names(db, [ticket.assignee], visit.say.language).get(ticket.assignee or "", "")
        wrong = visit.say(f"queue.wrong_{went}", who=called or visit.say("queue.nobody"))
        typed = {key: text_of(form, key) for key in ("text", "note", "other", "kind")}
        return Again({**values, "wrong": wrong, "typed": typed})

    def _list(self, db: Session, book: Book, visit: Visit) -> dict[str, object]:
        asked, language = visit.query.get("list", ""), visit.say.language
        listing = Listing(asked) if asked in list(Listing) else Listing.MINE
        mine = ticket_queue.building_of(db, book, visit.who.person)
        building = visit.query.get("building", "") or mine
        found = ticket_queue.queue(
            db, book, visit.who, listing, building, language, visit.now, visit.query.get("after", "")
        )
        counts = {one: ticket_queue.counted(db, book, visit.who, one, mine, visit.now) for one in Listing}
        return {
            "one": None,
            "listing": listing,
            "listings": tuple(Listing),
            "count_of": {
                one: f"{MOST_COUNTED - 1}+" if many >= MOST_COUNTED else str(many) for one, many in counts.items()
            },
            "queue": found,
            "is_further": bool(visit.query.get("after")),
            "building": building,
            "mine": mine,
            "buildings": [(place.id, place.title.of(language)) for place in book.places],
        }

    def _ticket(self, db: Session, book: Book, visit: Visit, ticket: Ticket) -> dict[str, object]:
        seen = desk_ticket.opened(db, book, visit.who, ticket, visit.say.language, visit.now)
        acts = visit.may(Right.OPERATE)
        found = self._hints(db, visit, ticket, seen) if acts else []
        return {
            "one": seen,
            "wrong": "",
            "acts": acts and not seen.elsewhere,
            "choices": _choices(TicketState(ticket.state)) if acts and not seen.elsewhere else (),
            "mine_now": seen.assignee == visit.who.person,
            "colleagues": [(one.id, one.name) for one in desk_work.colleagues(db, visit.now)] if acts else [],
            "hints": found,
            "said_of": lambda step: step_words(visit.say, step),
            "typed": {"text": self._put_in(db, visit, found), "note": "", "other": "", "kind": ""},
            "kinds": _KINDS,
            "longest": {"answer": LONGEST_ANSWER, "note": LONGEST_NOTE},
            "who_seconds": int(WHO_SHOWN.total_seconds()),
        }

    def _hints(self, db: Session, visit: Visit, ticket: Ticket, seen: Opened) -> list[Hint]:
        find = self._parts.finder.on(db, visit.today)
        return hints(db, find, f"{seen.line.title} {seen.note}", ticket.language, visit.say.language)

    def _put_in(self, db: Session, visit: Visit, found: list[Hint]) -> str:
        """An article that was chosen, as the answer begins then."""
        chosen = next((one for one in found if one.id == visit.query.get("article", "")), None)
        return put_in(db, chosen, self._parts.public_url) if chosen else ""


def _choices(state: TicketState) -> tuple[str, ...]:
    """Which of _STATES can be asked for now."""
    return _CHOICES.get(state, ())
