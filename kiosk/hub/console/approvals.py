"""The page *approvals*: requests that wait for somebody's word, decided here by whoever has to, or written down."""

from kiosk.hub.console.door import Again, Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services.approvals import Decision
from kiosk.hub.services.approvals_waiting import LONGEST_WORDS, Decided, decide_here, waiting
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import read_book
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of


class Approvals:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            after = visit.query.get("after", "")
            found = waiting(db, read_book(db), visit.who, visit.say.language, visit.now, after)
        return {"waiting": found, "is_further": bool(after), "longest": LONGEST_WORDS, "wrong": "", "typed": ("", "")}

    def decide(self, visit: Visit, form: Form) -> Done | Again:
        reference, wanted, words = text_of(form, "ticket"), text_of(form, "decision"), text_of(form, "words")
        if wanted not in list(Decision):
            return Done("nothing")
        with self._parts.store.write() as db:
            around = Around(read_book(db), self._parts.notices, self._parts.public_url)
            went = decide_here(db, around, visit.who, reference, Decision(wanted), words, visit.now)
            if went in (Decided.APPROVED, Decided.DECLINED):
                db.flush()
                note_act(db, visit.who.person, f"request_{went}", visit.now, about=reference)
                return Done(went)
        wrong = visit.say(f"approvals.wrong_{went}")
        return Again({**self.show(visit), "wrong": wrong, "typed": (reference, words)})
