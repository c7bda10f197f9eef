"""The PIN page: only the count of digits is known here, the secret helper holds them, the hub judges them."""

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.identity import Verified
from kiosk.domain.operations import OperationClass
from kiosk.domain.outcomes import PinRefusal, PinRefused
from kiosk.domain.parcels import SealedPin
from kiosk.domain.policy import Action
from kiosk.domain.visit_events import PinAccepted
from kiosk.services import when
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import HubAnswered, VerifyPin
from kiosk.services.ports import Hub, PinDigits, PinFailed, PinForgotten, PinSealed, SecretEvent, SecretPad
from kiosk.services.session import Session
from kiosk.services.views import Notice, NoticeKind, PinPage, Row, Screen

PIN_LENGTH = 6
#: What a new PIN may not be: words ``pin_new.rule_…``.
RULES = ("same", "date", "number")


def _nothing() -> None:
    """Nobody waits any more."""


class PinEntry(Flow):
    """Asks for the PIN of the visit's claim, for whoever needs it."""

    screens = frozenset({Screen.PIN})

    def __init__(self, session: Session, hub: Hub, pad: SecretPad) -> None:
        self.session, self.hub, self.pad = session, hub, pad
        self._then = self._cannot = _nothing
        self._by_code = False
        self._by_phone: tuple[Row, ...] = ()
        self._door: Action | None = None
        self._within: OperationClass | None = None
        self._sealed_for: Callable[[SealedPin], None] | None = None
        self.filled = 0
        self.checking = self.locked = self._open = self._helper = False
        self.notice: Notice | None = None
        self.locked_until: datetime | None = None

    def forget(self) -> None:
        self._then = self._cannot = _nothing
        self._within = self._sealed_for = self._door = None
        self._leave()

    def ask(
        self,
        then: Callable[[], None],
        cannot: Callable[[], None],
        by_code: bool,
        by_phone: tuple[Row, ...] = (),
        door: Action | None = None,
    ) -> None:
        """``then`` once the hub has accepted it, ``cannot`` where the hub cannot be asked; after *back* neither.

        ``by_code``: a one-time code is another way; ``by_phone``: the row of a sign-in by phone, where that is one.
        ``door`` as in VerifyPin.
        """
        self._leave()
        self._then, self._cannot, self._by_code, self._by_phone = then, cannot, by_code, by_phone
        self._within, self._sealed_for, self._door = None, None, door
        self.session.show(Screen.PIN)

    def defer(self, within: OperationClass, then: Callable[[SealedPin], None]) -> None:
        """Nobody can check it now (journeys 5): ``then`` gets it sealed for an operation of this class alone."""
        self._leave()
        self._within, self._sealed_for, self._door = within, then, None
        self._by_code, self._by_phone = False, ()
        self.session.show(Screen.PIN)

    # -- the flow -----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> PinPage:
        speak = self.session.speak
        notice = self.notice
        ways: list[Row] = []
        if self._within is None and self._door is None:  # a door leads to nothing else
            ways.append(Row("pin_forgotten", speak("pin.forgotten"), icon="question"))
        if self._by_code:
            ways.append(Row("by_code", speak("pin.by_code"), icon="device-mobile"))
        if self.checking:
            notice = Notice(NoticeKind.INFO, speak("pin.checking"))
        asks = "pin.door" if self._door else "pin.cover" if self._within is None else "pin.later"
        return PinPage(
            length=PIN_LENGTH,
            filled=self.filled,
            notice=notice or self._said(NoticeKind.INFO, asks),
            locked=self.locked,
            busy=self.checking,
            other_ways=(*ways, *self._by_phone, Row("none", speak("pin.no_way"), icon="headset")),
        )

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, VerifyPin):
            return False
        session, outcome = self.session, answer.outcome
        if answer.request.visit != session.visit.generation or session.screen is not Screen.PIN:
            return True
        match outcome:
            case Verified():
                session.happen(PinAccepted(outcome, session.visit.generation))
                if session.verified is not None:
                    self._then()
            case PinRefused():
                self._refused(outcome)
            case _:
                self._cannot()
        return True

    def secret(self, event: SecretEvent) -> None:
        match event:
            case PinDigits(count=count):
                self.filled = count
                if count:
                    self.notice = None
            case PinSealed():
                self._sealed(event)
            case PinForgotten():  # no key for long: the helper has wiped what was typed, the page stays
                self.filled = 0
                self.notice = self._said(NoticeKind.INFO, "pin.forgot_input")
            case PinFailed():
                self.filled, self.locked = 0, True
                self.notice = self._said(NoticeKind.WARN, "pin.failed")

    def beat(self) -> None:
        """A lock that is over opens the pad again."""
        if self.locked_until and self.session.now >= self.locked_until:
            self.locked, self.locked_until, self.notice = False, None, None

    def settle(self) -> None:
        """The helper lives as long as the page is shown."""
        if self.session.screen is not Screen.PIN:
            self._leave()
        elif not (self._open or self.locked or self.checking) and self.session.claim:
            self._helper = self._open = True
            self.pad.open(self.session.claim, self._within)

    def _leave(self) -> None:
        """What was typed goes; what it was asked for stays, since *back* may return here."""
        self._shut()
        self.filled, self.checking, self.locked = 0, False, False
        self.notice, self.locked_until = None, None

    def _shut(self) -> None:
        """Only its own helper: another page may be using the pad."""
        if self._helper:
            self.pad.close()
        self._helper = self._open = False

    def _sealed(self, sealed: PinSealed) -> None:
        session = self.session
        if session.claim != sealed.claim:
            return
        if self._sealed_for is not None:
            self._open = False
            self._sealed_for(sealed.pin)
            return
        self.checking, self._open = True, False
        held = session.verified.session if session.verified else ""
        request = VerifyPin(
            sealed.claim, sealed.pin, session.visit.generation, session.visit.language, held, self._door
        )
        if not session.online or not self.hub.ask(request):
            self._cannot()

    def _refused(self, refused: PinRefused) -> None:
        """Says why; ``settle`` opens the pad anew where another try is allowed."""
        self.checking, self.filled = False, 0
        self._shut()
        speak = self.session.speak
        match refused.why:
            case PinRefusal.LOCKED:
                self.locked, self.locked_until = True, refused.retry_at
                text = speak("pin.locked_text_plain")
                if refused.retry_at:
                    text = speak("pin.locked_text", time=when.clock_text(refused.retry_at, self.session.zone))
                self.notice = Notice(NoticeKind.WARN, speak("pin.locked"), text)
            case PinRefusal.NO_PIN:
                self.locked = True
                self.notice = self._said(NoticeKind.WARN, "pin.none")
            case PinRefusal.WRONG | PinRefusal.EXPIRED:  # a PIN has no end of its own
                text = speak("pin.wrong_text")
                if refused.tries_left is not None:
                    text = speak("pin.tries_left", count=refused.tries_left)
                self.notice = Notice(NoticeKind.DANGER, speak("pin.wrong"), text)

    def _said(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self.session.speak(key), self.session.speak(f"{key}_text"))
