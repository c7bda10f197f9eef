"""One's own PIN for the first time, for a forgotten one, or in the place of the old one: typed twice into the secret
helper. The old one is asked for by the gate, like the code that goes with it."""

from datetime import datetime
from functools import partial

from kiosk.domain.outcomes import PinSet, PinTooEasy, Unreachable
from kiosk.domain.policy import Action
from kiosk.services import requests, when
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered, SetPin
from kiosk.services.pin_entry import PIN_LENGTH, RULES
from kiosk.services.ports import (
    Hub,
    PinDigits,
    PinFailed,
    PinForgotten,
    PinRepeat,
    PinSealed,
    PinUse,
    SecretEvent,
    SecretPad,
)
from kiosk.services.proving import Proving, Wish
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import (
    DoneKind,
    DonePage,
    Notice,
    NoticeKind,
    PinNewPage,
    Row,
    Screen,
    StepState,
    TimelineStep,
)

#: Rows that lead here: from the PIN page and a search; from the account's page and a search.
FORGOTTEN, CHANGE = "pin_forgotten", "change_pin"
_ICON = "dots-nine"
#: Parts of the catalogue that say why it does not go on.
_CHANGED, _FIRST = "pin_change", "pin_first"


class PinSetting(Flow):
    """Behind the gate of Action.SET_PIN or CHANGE_PIN. Whoever came from something that needs the PIN goes on with it
    afterwards; for anybody else it is done."""

    screens = frozenset({Screen.PIN_NEW})

    def __init__(
        self, session: Session, hub: Hub, pad: SecretPad, proving: Proving, front: Front, finish: Finish
    ) -> None:
        self.session, self.hub, self.pad = session, hub, pad
        self._proving, self._front, self._finish = proving, front, finish
        self._helper = self._open = False
        self.forget()

    def forget(self) -> None:
        self._wish: Wish | None = None
        self._changes = False
        self._leave()

    def _leave(self) -> None:
        if self._helper:
            self.pad.close()
        self._helper = self._open = False
        self.filled, self.step = 0, 1
        self.storing = self.failed = self.done = False
        self.notice: Notice | None = None

    def entrances(self) -> tuple[Row, ...]:
        return change_row(self.session), Row(FORGOTTEN, self.session.speak("pin_new.matter"), icon=_ICON)

    def enter(self, row: str) -> bool:
        if row not in (FORGOTTEN, CHANGE):
            return False
        changes, wish = row == CHANGE, self._proving.wish
        if wish is not None and wish.action is Action.CHANGE_PIN:
            wish = None  # whoever forgot the old one has a new one then
        what = Row(row, self.session.speak("pin_change.matter" if changes else "pin_new.matter"), icon=_ICON)

        def opened() -> None:
            self._leave()
            self._wish, self._changes = wish, changes
            self.session.show(Screen.PIN_NEW)

        cannot = partial(self._cannot, _CHANGED if changes else _FIRST)
        self._proving.prove(Action.CHANGE_PIN if changes else Action.SET_PIN, opened, what, cannot)
        return True

    # -- the flow -----------------------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        return self.storing

    def page(self, screen: Screen) -> PinNewPage:
        speak = self.session.speak
        notice = self.notice
        if self.storing:
            notice = Notice(NoticeKind.INFO, speak("pin_new.storing"))
        if self.done:
            return PinNewPage(
                title=speak("pin_new.done"),
                text=speak("pin_new.done_text"),
                notice=Notice(NoticeKind.OK, speak("pin_new.told"), speak("pin_new.told_text")),
                finish=speak("pin_new.finish"),
            )
        words = "pin_change" if self._changes else "pin_new"
        return PinNewPage(
            title=speak(f"{words}.title" if self.step == 1 else "pin_new.again", length=PIN_LENGTH),
            text=speak(f"{words}.text" if self.step == 1 else "pin_new.again_text"),
            step=self.step,
            step_text=speak("pin_new.step_1" if self.step == 1 else "pin_new.step_2", step=self.step, steps=2),
            rules_title=speak("pin_new.rules"),
            rules=tuple(speak(f"pin_new.rule_{rule}") for rule in RULES),
            length=PIN_LENGTH,
            filled=self.filled,
            notice=notice,
            locked=self.failed,
            busy=self.storing,
        )

    def types_for(self, screen: Screen) -> Action | None:
        if self.storing or self.done:
            return None
        return Action.CHANGE_PIN if self._changes else Action.SET_PIN

    def touch(self, request: Request) -> bool:
        if isinstance(request, requests.Choose) and request.part == "finish" and self.done:
            wish = self._wish
            self.session.back()
            self.forget()
            if wish is not None:
                self._proving.resume(wish)
            return True
        return False

    def secret(self, event: SecretEvent) -> None:
        match event:
            case PinDigits(count=count):
                self.filled = count
                if count:
                    self.notice = None
            case PinRepeat(differs=differs):
                self.filled, self.step = 0, 1 if differs else 2
                self.notice = self._said(NoticeKind.DANGER, "differs") if differs else None
            case PinSealed():
                self._store(event)
            case PinForgotten():  # no key for long: the helper has wiped what was typed, the page stays
                self.filled, self.step = 0, 1
                self.notice = Notice(
                    NoticeKind.INFO, self.session.speak("pin.forgot_input"), self.session.speak("pin.forgot_input_text")
                )
            case PinFailed():
                self.filled, self.failed = 0, True
                self.notice = Notice(
                    NoticeKind.WARN, self.session.speak("pin.failed"), self.session.speak("pin.failed_text")
                )

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, SetPin):
            return False
        if answer.request.visit != self.session.visit.generation or self.session.screen is not Screen.PIN_NEW:
            return True
        self.storing, self.filled, self.step = False, 0, 1
        self.pad.close()
        self._helper = self._open = False
        match answer.outcome:
            case PinSet():
                self._is_set()
            case PinTooEasy():
                self.notice = self._said(NoticeKind.DANGER, "easy")
            case Unreachable():  # the hub may have set it
                self._cannot("pin_unknown")
            case _:
                self._cannot()
        return True

    def settle(self) -> None:
        """The helper lives as long as the page is shown."""
        if self.session.screen is not Screen.PIN_NEW:
            self._leave()
        elif not (self._open or self.failed or self.storing or self.done) and self.session.claim:
            self._helper = self._open = True
            self.pad.open(self.session.claim, use=PinUse.NEW)

    def _store(self, sealed: PinSealed) -> None:
        session = self.session
        if session.claim != sealed.claim or session.verified is None:
            return
        self.storing, self._open = True, False
        request = SetPin(sealed.claim, sealed.pin, session.verified.session, session.visit.generation)
        if not session.online or not self.hub.ask(request):
            self._cannot()

    def _is_set(self) -> None:
        if self._wish is not None:
            self.done = True
            return
        words, at = "pin_change" if self._changes else "pin_new", self.session.now
        self.forget()
        self._finish.show(lambda _: done_page(self.session, words, at))

    def _cannot(self, words: str = "") -> None:
        if self.session.screen is Screen.PIN_NEW:
            self.session.back()
        self._front.cannot(words or (_CHANGED if self._changes else _FIRST), _ICON)

    def _said(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self.session.speak(f"pin_new.{key}"), self.session.speak(f"pin_new.{key}_text"))


def change_row(session: Session) -> Row:
    return Row(CHANGE, session.speak("pin_change.matter"), session.speak("pin_change.hint"), _ICON)


def done_page(session: Session, words: str, at: datetime) -> DonePage:
    """``words``: pin_new or pin_change; ``at``: when the hub answered that it is in force."""
    speak = session.speak
    return DonePage(
        kind=DoneKind.RECEIVED,
        headline=speak(f"{words}.done"),
        promise=speak(f"{words}.done_text"),
        next_title=speak("done.next"),
        steps=(
            TimelineStep(speak(f"{words}.done"), when.past(at, session.now, session.zone, speak), "", StepState.DONE),
            TimelineStep(speak("pin_change.message"), "", speak("pin_new.told_text"), StepState.NOW),
        ),
        again=speak("done.again"),
        end=speak("done.end"),
    )
