"""The page *release*: an engineer has seen somebody's document and gives them a code for one thing at a kiosk."""

from kiosk.domain.language import Language
from kiosk.domain.policy import Action
from kiosk.domain.release import RELEASED, Document, NotGiven
from kiosk.hub.console.door import Again, Form, Shown, Visit
from kiosk.hub.parts import Parts, release_desk
from kiosk.hub.ports import Password
from kiosk.hub.services import release_codes
from kiosk.hub.services.release_codes import Given, Named, Wanted
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.services.staff_sessions import StaffDesk
from kiosk.hub.services.staff_sign_in import LONGEST_NUMBER, LONGEST_PASSWORD, Held, NotIn, confirm
from kiosk.hub.web import text_of

#: Digits of the code in one group, for whoever reads it out or types it.
_GROUP = 4


class Release:
    def __init__(self, parts: Parts, staff: StaffDesk) -> None:
        self._parts, self._staff, self._desk = parts, staff, release_desk(parts)

    def show(self, visit: Visit) -> dict[str, object]:
        return self._values(visit)

    def look(self, visit: Visit, form: Form) -> Again | Shown:
        """Whose number it is, to be compared with the document. Each look is written down."""
        number = _number(form)
        with self._parts.store.write() as db:
            person = release_codes.named(db, number, visit.now)
            if person is not None:
                note_act(db, visit.who.person, "release_looked", visit.now, about=person.id)
        if person is None:
            return Again(self._values(visit, wrong=visit.say("release.no_unknown"), number=number))
        return Shown(self._values(visit, person=person))

    def give(self, visit: Visit, form: Form) -> Again | Shown:
        number, password = _number(form), text_of(form, "password")
        with self._parts.store.read() as db:
            person = release_codes.named(db, number, visit.now)
        if person is None:
            return Again(self._values(visit, wrong=visit.say("release.no_unknown"), number=number))
        seen = frozenset(kind for kind in Document if text_of(form, f"seen_{kind}"))
        action = text_of(form, "action")

        def again(wrong: str) -> Again:
            return Again(self._values(visit, person=person, wrong=wrong, seen=seen, action=action))

        if action not in RELEASED:
            return again(visit.say("release.no_action"))
        if not seen:
            return again(visit.say(f"release.no_{NotGiven.NOTHING_SEEN}"))
        typed = Password(password if len(password) <= LONGEST_PASSWORD else "")
        unconfirmed = confirm(self._staff, visit.who, typed, text_of(form, "code"), visit.address)
        if unconfirmed is not None:
            return again(_unconfirmed(visit, unconfirmed))
        given = release_codes.give(self._desk, Wanted(visit.who.person, number, Action(action), seen))
        if isinstance(given, NotGiven):
            return again(visit.say(f"release.no_{given}"))
        return Shown(self._values(visit, person=person, given=given))

    def _values(
        self,
        visit: Visit,
        *,
        person: Named | None = None,
        given: Given | None = None,
        wrong: str = "",
        number: str = "",
        seen: frozenset[Document] = frozenset(),
        action: str = "",
    ) -> dict[str, object]:
        with self._parts.store.read() as db:
            left = release_codes.left(db, visit.who.person, visit.now)
        code = given.code.reveal() if given else ""
        return {
            "person": person,
            "me": visit.who.number,
            "name": _name(visit, person),
            "number": person.number if person else number,
            "wrong": wrong,
            "left": left,
            "most": release_codes.MOST_BY_STAFF,
            "actions": RELEASED,
            "documents": tuple(Document),
            "longest": (LONGEST_NUMBER, LONGEST_PASSWORD),
            "seen": seen,
            "action": given.action if given else action,
            "code": " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP)),
            "until": f"{given.until.astimezone(visit.zone):%H:%M}" if given else "",
            "told": tuple(channel.value for channel in given.told) if given else (),
        }


def _number(form: Form) -> str:
    return text_of(form, "number").strip().upper()[: LONGEST_NUMBER + 1]


def _name(visit: Visit, person: Named | None) -> str:
    if person is None:
        return ""
    both = (person.latin_name, person.name) if visit.say.language is Language.EN else (person.name, person.latin_name)
    return " · ".join(part for part in (*both, person.department) if part)


def _unconfirmed(visit: Visit, why: NotIn | Held) -> str:
    if isinstance(why, Held):
        return visit.say("console_in.held", time=f"{why.until.astimezone(visit.zone):%H:%M:%S}")
    return visit.say("release.not_confirmed" if why is NotIn.WRONG else "release.silent")
