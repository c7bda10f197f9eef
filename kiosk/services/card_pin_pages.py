"""What is said about the PIN that tills ask for: when they do, which step of typing it is, and what came of it."""

from dataclasses import dataclass

from kiosk.domain.card_accounts import CardPinSet
from kiosk.domain.card_capabilities import Pinning
from kiosk.services import card_done, when
from kiosk.services.finish import MakePage
from kiosk.services.pin_entry import PIN_LENGTH, RULES
from kiosk.services.session import Session
from kiosk.services.views import (
    CardPinPage,
    DoneKind,
    DonePage,
    Notice,
    NoticeKind,
    Row,
    StepState,
    TimelineStep,
)

#: The row that leads to it.
CARD_PIN = "card_pin"
ICON = "key"
_STEPS = ("present", "new", "again")


@dataclass(frozen=True, slots=True)
class Typing:
    """``step``: present, new, again. ``has_one``: there is a present one to be typed first."""

    step: str
    has_one: bool
    filled: int
    locked: bool
    busy: bool
    notice: Notice | None


def tile(session: Session, has_one: bool) -> Row:
    speak = session.speak
    return Row(CARD_PIN, speak("card_pin.change" if has_one else "card_pin.set"), speak("card_pin.hint"), ICON)


def page(session: Session, pinning: Pinning, typing: Typing) -> CardPinPage:
    speak, steps = session.speak, _STEPS if typing.has_one else _STEPS[1:]
    number = steps.index(typing.step) + 1
    title = {"present": "card_pin.present", "new": "card_pin.title", "again": "pin_new.again"}[typing.step]
    text = {"present": asked(session, pinning), "new": asked(session, pinning), "again": speak("pin_new.again_text")}
    step = {"present": "card_pin.step_present", "new": "pin_new.step_1", "again": "pin_new.step_2"}[typing.step]
    return CardPinPage(
        title=speak(title, length=PIN_LENGTH),
        text=text[typing.step],
        step=number,
        steps=len(steps),
        step_text=speak(step, step=number, steps=len(steps)),
        rules_title=speak("pin_new.rules") if typing.step != "present" else "",
        rules=tuple(speak(f"pin_new.rule_{rule}") for rule in RULES) if typing.step != "present" else (),
        length=PIN_LENGTH,
        filled=typing.filled,
        notice=Notice(NoticeKind.INFO, speak("card_pin.storing")) if typing.busy else typing.notice,
        locked=typing.locked,
        busy=typing.busy,
        other_ways=office_way(session, "card_pin.forgotten") if typing.step == "present" else (),
    )


def done(session: Session, pinning: Pinning, answer: CardPinSet) -> MakePage:
    speak, words = session.speak, "is_set" if answer.first else "changed"
    at = when.past(answer.at, session.now, session.zone, speak)
    page = DonePage(
        kind=DoneKind.RECEIVED,
        headline=speak(f"card_pin.{words}"),
        promise=speak(f"card_pin.{words}_text"),
        lines=card_done.holder(session),
        next_title=speak("done.next"),
        steps=(
            TimelineStep(speak(f"card_pin.{words}"), at, asked(session, pinning), StepState.DONE),
            TimelineStep(speak("card_pin.message"), "", card_done.not_you(session), StepState.NOW),
        ),
        again=speak("done.again"),
        end=speak("done.end"),
    )
    return lambda _printed: page


def asked(session: Session, pinning: Pinning) -> str:
    """When tills ask for it, in the card system's own words; '' where it does not say."""
    return pinning.asked.of(session.visit.language) if pinning.asked else ""


def office_way(session: Session, words: str = "card.office_way") -> tuple[Row, ...]:
    """To the card office's page, where the campus has one; else to the desk."""
    speak, campus = session.speak, session.campus
    if campus is None or campus.card_office is None:
        return (Row("none", speak(words), icon="question"),) if words != "card.office_way" else ()
    return (Row("card_office", speak(words), campus.card_office.place.of(speak.language), "map-pin"),)
