"""The page *late*: what revoked kiosks still had, and what staff decide about it."""

from kiosk.domain.operations import OperationClass
from kiosk.hub.console.door import Form, Visit
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services import quarantine
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.quarantine import DROP, MOST_SHOWN, TAKE, Why
from kiosk.hub.services.quarantine_taking import accept
from kiosk.hub.web import text_of

#: Decided by one form; of a longer queue the rest is decided by the next.
MOST_AT_ONCE = 200


class LateQueues:
    def __init__(self, parts: Parts) -> None:
        self._parts, self._house = parts, house_of(parts)

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            queues = quarantine.queues(db)

        def kind(name: str) -> str:
            return visit.say(f"maintenance.kind_{name}" if name in list(OperationClass) else "late.kind_other")

        return {"queues": queues, "kind": kind, "most": MOST_SHOWN, "to_take": TAKE, "to_drop": DROP}

    def take(self, visit: Visit, form: Form) -> str:
        why = text_of(form, "why")
        if why not in TAKE:
            return "no_reason"
        for op in self._chosen(form):
            outcome = accept(self._parts, self._house, op, Why(why), visit.who.person)
            if not isinstance(outcome, Answer) and outcome.status != 404:
                return "not_now"
        return self._how(form, "taken")

    def drop(self, visit: Visit, form: Form) -> str:
        why = text_of(form, "why")
        if why not in DROP:
            return "no_reason"
        for op in self._chosen(form):
            with self._parts.store.write() as db:
                quarantine.drop(db, op, Why(why), visit.who.person, visit.now)
        return self._how(form, "dropped")

    def _chosen(self, form: Form) -> list[str]:
        kiosk = text_of(form, "kiosk")
        with self._parts.store.read() as db:
            return list(quarantine.waiting_of(db, kiosk, MOST_AT_ONCE)) if kiosk.isprintable() else []

    def _how(self, form: Form, word: str) -> str:
        return f"{word}_in_part" if self._chosen(form) else word
