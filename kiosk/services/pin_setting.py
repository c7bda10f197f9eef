"""One's own PIN for the first time, or a new one for a forgotten one: typed twice into the secret helper."""

from kiosk.domain.outcomes import PinSet, PinTooEasy
from kiosk.domain.policy import Action
from kiosk.services import requests
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered, SetPin
from kiosk.services.pin_entry import PIN_LENGTH
from kiosk.services.ports import (
    Hub,
    PinDigits,
    PinFailed,
    PinForgotten,
    PinRepeat,
    PinSealed,
    SecretEvent,
    SecretPad,
)
from kiosk.services.proving import Proving, Wish
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import Notice, NoticeKind, PinNewPage, Row, Screen

#: Row that leads here, from the PIN page.
FORGOTTEN = "pin_forgotten"
_RULES = ("same", "date", "number")


class PinSetting(Flow):
    """Behind the gate of Action.SET_PIN. Whoever came from something that needs the PIN goes on with it afterwards."""

    screens = frozenset({Screen.PIN_NEW})

    def __init__(self, session: Session, hub: Hub, pad: SecretPad, proving: Proving, front: Front) -> None:
        self.session, self.hub, self.pad = session, hub, pad
        self._proving, self._front = proving, front
        self._helper = self._open = False
        self.forget()

    def forget(self) -> None:
        self._wish: Wish | None = None
        self._leave()

    def _leave(self) -> None:
        if self._helper:
            self.pad.close()
        self._helper = self._open = False
        self.filled, self.step = 0, 1
        self.storing = self.failed = self.done = False
        self.notice: Notice | None = None

    def enter(self, row: str) -> bool:
        if row != FORGOTTEN:
            return False
        wish = self._proving.wish
        what = Row(FORGOTTEN, self.session.speak("pin_new.matter"), icon="dots-nine")

        def opened() -> None:
            self._leave()
            self._wish = wish
            self.session.show(Screen.PIN_NEW)

        self._proving.prove(Action.SET_PIN, opened, what)
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
        return PinNewPage(
            title=speak("pin_new.title" if self.step == 1 else "pin_new.again", length=PIN_LENGTH),
            text=speak("pin_new.text" if self.step == 1 else "pin_new.again_text"),
            step=self.step,
            step_text=speak("pin_new.step_1" if self.step == 1 else "pin_new.step_2", step=self.step, steps=2),
            rules_title=speak("pin_new.rules"),
            rules=tuple(speak(f"pin_new.rule_{rule}") for rule in _RULES),
            length=PIN_LENGTH,
            filled=self.filled,
            notice=notice,
            locked=self.failed,
            busy=self.storing,
        )

    def types_for(self, screen: Screen) -> Action | None:
        return None if self.storing or self.done else Action.SET_PIN

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
                self.done = True
            case PinTooEasy():
                self.notice = self._said(NoticeKind.DANGER, "easy")
            case _:
                self._cannot()
        return True

    def settle(self) -> None:
        """The helper lives as long as the page is shown."""
        if self.session.screen is not Screen.PIN_NEW:
            self._leave()
        elif not (self._open or self.failed or self.storing or self.done) and self.session.claim:
            self._helper = self._open = True
            self.pad.open(self.session.claim, new=True)

    def _store(self, sealed: PinSealed) -> None:
        session = self.session
        if session.claim != sealed.claim or session.verified is None:
            return
        self.storing, self._open = True, False
        request = SetPin(sealed.claim, sealed.pin, session.verified.session, session.visit.generation)
        if not session.online or not self.hub.ask(request):
            self._cannot()

    def _cannot(self) -> None:
        self.session.back()
        self._front.cannot("proving", "shield-warning")

    def _said(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self.session.speak(f"pin_new.{key}"), self.session.speak(f"pin_new.{key}_text"))
