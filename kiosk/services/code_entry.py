"""The page of the one-time code: sent when it opens, typed in plain sight, good for this visit only."""

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.identity import Claim, Verified
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import CodeOnTheWay, CodeWait, PinRefusal, PinRefused
from kiosk.domain.visit_events import PinAccepted
from kiosk.services import requests, when
from kiosk.services.chrome import minutes
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import CheckCode, HubAnswered, SendCode
from kiosk.services.ports import Hub
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import CodePage, Notice, NoticeKind, Row, Screen

CODE_LENGTH = 6
PHONE, EMAIL = "phone", "email"


def _nothing() -> None:
    """Nobody waits any more."""


class CodeEntry(Flow):
    """Asks for a code that was sent to the phone or e-mail on file of the visit's claim, for whoever needs it."""

    screens = frozenset({Screen.CODE})

    def __init__(self, session: Session, hub: Hub) -> None:
        self.session, self.hub = session, hub
        self.forget()

    def forget(self) -> None:
        self._then: Callable[[], None] = _nothing
        self._cannot: Callable[[], None] = _nothing
        self._by_pin = False
        self._by_phone: tuple[Row, ...] = ()
        self.digits = ""
        self._channel, self._shown = PHONE, ""
        self._went_to = PHONE  # where the code that counts was sent, as the hub said; _channel: where one is asked for
        self._resend_at: dict[str, datetime] = {}
        self._drop_code()
        self.checking = False
        self.notice: Notice | None = None
        self._locked_until: datetime | None = None

    def _drop_code(self) -> None:
        self._sent: OpId | None = None
        self._sending: OpId | None = None
        self._for: Claim | None = None
        self._expires_at: datetime | None = None

    def ask(
        self,
        then: Callable[[], None],
        cannot: Callable[[], None],
        by_pin: bool = False,
        by_phone: tuple[Row, ...] = (),
    ) -> None:
        """``then`` once the hub has accepted one, ``cannot`` where the hub cannot be asked; after *back* neither.

        A code that is on its way already is not sent again. ``by_pin``: the PIN would do as well; ``by_phone``:
        the row of a sign-in by phone, where that would.
        """
        self._by_pin, self._by_phone = by_pin, by_phone
        self._then, self._cannot = then, cannot
        self.digits, self.checking, self.notice = "", False, None
        self.session.show(Screen.CODE)
        if self._for != self.session.claim or self._expires_at is None or self.session.now >= self._expires_at:
            self._drop_code()
            self._send()

    # -- the flow -----------------------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        return self.checking

    def page(self, screen: Screen) -> CodePage:
        speak = self.session.speak
        wait = self._wait()
        notice = self.notice
        if self.checking:
            notice = Notice(NoticeKind.INFO, speak("code.checking"))
        other = EMAIL if self._channel == PHONE else PHONE
        icon = "envelope-simple" if other == EMAIL else "device-mobile"
        return CodePage(
            length=CODE_LENGTH,
            digits=self.digits,
            text=self._text(),
            notice=notice or Notice(NoticeKind.INFO, speak("code.secret"), speak("code.secret_text")),
            locked=self._locked_until is not None or self._sent is None or self._sending is not None,
            busy=self.checking,
            resend=speak("code.resend_in", left=wait) if wait else speak("code.resend"),
            can_resend=not wait and self._sending is None,
            other_ways=(
                Row(other, speak(f"code.to_{other}"), icon=icon),
                *((Row("by_pin", speak("code.by_pin"), icon="dots-nine"),) if self._by_pin else ()),
                *self._by_phone,
                Row("none", speak("code.none"), icon="headset"),
            ),
        )

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(part="key", id=key):
                self._key(key)
            case requests.Choose(part="resend"):
                self._send()
            case requests.Open(id=channel) if channel in (PHONE, EMAIL):
                self._send_to(channel)
            case _:
                return False
        return True

    def take(self, answer: HubAnswered) -> bool:
        request, session = answer.request, self.session
        if not isinstance(request, SendCode | CheckCode):
            return False
        if request.visit != session.visit.generation or request.claim != session.claim:
            return True
        if isinstance(request, SendCode):
            if request.op == self._sending:
                self._sending = None
                self._was_sent(request, answer.outcome)
        elif session.screen is Screen.CODE and self.checking:
            self._judged(answer.outcome)
        return True

    def beat(self) -> None:
        """A lock that is over lets the digits in again."""
        if self._locked_until and self.session.now >= self._locked_until:
            self._locked_until, self.notice = None, None

    # -- sending ------------------------------------------------------------------------------------------------
    def _send_to(self, channel: str) -> None:
        """On another channel; what was sent before counts until the hub has sent this one."""
        if self._sending is not None:
            return
        self._channel = channel
        again_at = self._resend_at.get(channel)
        if again_at is not None and self._wait():
            self._not_now(again_at)
        else:
            self._send()

    def _not_now(self, again_at: datetime) -> None:
        speak, at = self.session.speak, when.clock_text(again_at, self.session.zone)
        self.notice = Notice(NoticeKind.WARN, speak("code.wait"), speak("code.wait_text", time=at))
        if self._sent is not None:
            self._channel = self._went_to

    def _send(self) -> None:
        session, claim = self.session, self.session.claim
        if claim is None or self._sending is not None or self._wait():
            return
        self._sending, self._for, self.digits = OpId.new(), claim, ""
        held = session.verified.session if session.verified else ""
        request = SendCode(self._sending, claim, self._channel, session.visit.generation, held)
        if not session.online or not self.hub.ask(request):
            self._drop_code()
            self._cannot()

    def _was_sent(self, request: SendCode, outcome: object) -> None:
        match outcome:
            case CodeOnTheWay(channel, shown, expires_at, resend_at):
                self._sent, self._channel, self._shown = request.op, channel, shown
                self._went_to = channel
                self._expires_at = expires_at
                self._resend_at[channel] = self._resend_at[request.channel] = resend_at
                self.notice = None
            case CodeWait(retry_at):
                self._resend_at[request.channel] = retry_at
                self._not_now(retry_at)
            case _:
                self._channel, speak = self._went_to, self.session.speak
                if self._sent is not None:
                    self.notice = Notice(NoticeKind.WARN, speak("code.not_sent"), speak("code.not_sent_text"))
                elif self.session.screen is Screen.CODE:
                    self._drop_code()
                    self._cannot()

    def _wait(self) -> str:
        """``0:42`` until another one can be sent, '' now."""
        again_at = self._resend_at.get(self._channel)
        if again_at is None:
            return ""
        left = (again_at - self.session.now).total_seconds()
        return minutes(left) if left > 0 else ""

    def _text(self) -> str:
        speak = self.session.speak
        if self._sending is not None:
            return speak("code.sending")
        if self._sent is None:
            return ""
        if self._shown:
            return speak("code.sent_shown", address=self._shown)
        return speak(f"code.sent_{self._went_to}")

    # -- typing -------------------------------------------------------------------------------------------------
    def _key(self, key: str) -> None:
        if self.checking or self._locked_until or self._sent is None or self._sending is not None:
            return
        if key == "clear":
            self.digits = ""
        elif key == "back":
            self.digits = self.digits[:-1]
        elif len(key) == 1 and key.isascii() and key.isdigit() and len(self.digits) < CODE_LENGTH:
            self.digits += key
            self.notice = None
        if len(self.digits) == CODE_LENGTH:
            self._check()

    def _check(self) -> None:
        session = self.session
        if self._sent is None or session.claim is None:
            return
        self.checking = True
        held = session.verified.session if session.verified else ""
        visit = session.visit
        request = CheckCode(self._sent, session.claim, self.digits, visit.generation, visit.language, held)
        if not session.online or not self.hub.ask(request):
            self.checking = False
            self._cannot()

    def _judged(self, outcome: object) -> None:
        self.checking, self.digits = False, ""
        session, speak = self.session, self.session.speak
        match outcome:
            case Verified():
                session.happen(PinAccepted(outcome, session.visit.generation))
                self._drop_code()
                if session.verified is not None:
                    self._then()
            case PinRefused(PinRefusal.LOCKED, _, retry_at):
                self._locked_until = retry_at
                text = speak("pin.locked_text_plain")
                if retry_at:
                    text = speak("pin.locked_text", time=when.clock_text(retry_at, session.zone))
                self.notice = Notice(NoticeKind.WARN, speak("pin.locked"), text)
            case PinRefused(PinRefusal.EXPIRED):
                self._sent = None
                self.notice = Notice(NoticeKind.WARN, speak("code.expired"), speak("code.expired_text"))
            case PinRefused(_, tries_left, _):
                text = speak("pin.wrong_text")
                if tries_left is not None:
                    text = speak("pin.tries_left", count=tries_left)
                self.notice = Notice(NoticeKind.DANGER, speak("code.wrong"), text)
            case _:
                self._cannot()
