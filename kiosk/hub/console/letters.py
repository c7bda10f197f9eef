"""The page *letters*: messages that have not gone out, operations that were refused, each explained in words."""

import re

from kiosk.hub.console.door import Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.ports import Posted
from kiosk.hub.services.asked_again import Why as Again
from kiosk.hub.services.asked_again import ask, asked
from kiosk.hub.services.letters import MOST_SHOWN, Letter, Why, letters, resend
from kiosk.hub.services.refused_operations import RefusedOperation, incidents, refused_operations
from kiosk.hub.web import text_of
from kiosk.words import table

#: What a gateway's last answer means, where it is not a number.
_ANSWERS = {"": "why_not_asked", "no address": "why_no_address", "success not said": "why_not_confirmed"}

#: How an operation is called that its kiosk is asked for.
ASKED_AGAIN = "asked_again"
#: A status, or what a group's robot said (campus/robots.py); anything else is the name of what broke on the way.
_ANSWERED = re.compile(r"[0-9]+|robot_\w+:.*|no such robot")


class Letters:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        say = visit.say
        with self._parts.store.read() as db:
            dead, waiting = letters(db, visit.now, dead=True), letters(db, visit.now, dead=False)
            wanted = [RefusedOperation(one.at, one.kiosk, one.op, ASKED_AGAIN) for one in asked(db, visit.now)]
            refused, irregular = refused_operations(db, visit.now), incidents(db, visit.now)

        def code_words(seen: RefusedOperation) -> str:
            key = f"code_{seen.code}"
            return say(f"letters.{key}" if key in table(say.language, "letters") else "letters.code_other")

        return {
            "dead": dead,
            "waiting": waiting,
            "wanted": wanted,
            "refused": refused,
            "irregular": irregular,
            "most": MOST_SHOWN,
            "reasons": tuple(Why),
            "agains": tuple(Again),
            "why": lambda letter: say(f"letters.{why_not(letter)}"),
            "code_words": code_words,
        }

    def again(self, visit: Visit, form: Form) -> str:
        why = text_of(form, "why")
        if why not in list(Again):
            return "no_reason"
        with self._parts.store.write() as db:
            is_asked = ask(db, text_of(form, "op"), Again(why), visit.who.person, visit.now)
        return "again" if is_asked else "not_again"

    def resend(self, visit: Visit, form: Form) -> str:
        why = text_of(form, "why")
        if why not in list(Why):
            return "no_reason"
        with self._parts.store.write() as db:
            refused = resend(db, text_of(form, "op"), Why(why), visit.who.person, visit.now)
        return "not_resent" if refused else "resent"


def why_not(letter: Letter) -> str:
    """Key below ``letters`` of what keeps it: by its state, its channel and what its gateway said last."""
    if letter.state is Posted.TOO_LATE:
        return "why_too_late"
    if letter.answer in _ANSWERS:
        return _ANSWERS[letter.answer]
    if not _ANSWERED.fullmatch(letter.answer):
        return "why_unreachable"
    return "why_later" if letter.state is Posted.WAITING else f"why_refused_{letter.channel}"
