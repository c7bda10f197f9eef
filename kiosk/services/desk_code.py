"""The code that somebody at the desk gave (journeys 4): typed with one's own number at any kiosk, it leads to the one
thing it is good for. For whoever has no PIN, no phone and no card at hand."""

from collections.abc import Callable
from datetime import datetime

from kiosk.domain.accounts import AccountAct
from kiosk.domain.identity import Claim, Verified
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import PinRefusal, PinRefused
from kiosk.domain.policy import Action
from kiosk.domain.release import CODE_LENGTH, released
from kiosk.domain.visit_events import PinAccepted
from kiosk.services import requests, when
from kiosk.services.desk_pages import DESK_CODE
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import CheckRelease, HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.ports import Hub
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import DeskCodePage, Notice, NoticeKind, Row, Screen

_ICON = "ticket"
_ASKING = (Screen.NONE_OF_THESE, Screen.NUMBER, Screen.IDENTIFY, Screen.UNAVAILABLE)


class DeskCode(Flow):
    """``ways``: what begins each action; false where it cannot be begun."""

    screens = frozenset({Screen.DESK_CODE})

    def __init__(
        self,
        session: Session,
        hub: Hub,
        identifying: Identifying,
        front: Front,
        ways: Callable[[Action], bool],
    ) -> None:
        self._session, self._hub, self._identifying, self._front = session, hub, identifying, front
        self._ways = ways
        self.forget()

    def forget(self) -> None:
        self._op: OpId | None = None
        self._for: Claim | None = None
        self._leave()

    def _leave(self) -> None:
        self._digits = ""
        self._checking = False
        self._notice: Notice | None = None
        self._locked_until: datetime | None = None

    def entrances(self) -> tuple[Row, ...]:
        speak = self._session.speak
        return (Row(DESK_CODE, speak("desk_code.row"), speak("desk_code.row_hint"), _ICON),)

    def enter(self, row: str) -> bool:
        if row != DESK_CODE:
            return False
        pages = self._session.pages
        while len(pages) > 1 and pages[-1] in _ASKING:  # asked anew, and nothing of it stays behind
            pages.pop()
        if self._session.online:
            what = Row(DESK_CODE, self._session.speak("desk_code.matter"), icon=_ICON)
            self._identifying.identify(what, self._ask)
        else:
            self._cannot()
        return True

    # -- the flow -----------------------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        return self._checking

    def page(self, screen: Screen) -> DeskCodePage:
        speak, notice = self._session.speak, self._notice
        if self._checking:
            notice = Notice(NoticeKind.INFO, speak("desk_code.checking"))
        return DeskCodePage(
            title=speak("desk_code.title", length=CODE_LENGTH),
            length=CODE_LENGTH,
            digits=self._digits,
            text=speak("desk_code.text"),
            notice=notice or Notice(NoticeKind.INFO, speak("desk_code.alone"), speak("desk_code.alone_text")),
            locked=self._locked_until is not None,
            busy=self._checking,
            other_ways=(Row("none", speak("desk_code.none"), icon="headset"),),
        )

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(part="key", id=key):
                self._key(key)
            case _:
                return False
        return True

    def take(self, answer: HubAnswered) -> bool:
        request, session = answer.request, self._session
        if not isinstance(request, CheckRelease):
            return False
        if request.visit == session.visit.generation and request.op == self._op and self._checking:
            self._judged(answer.outcome)
        return True

    def beat(self) -> None:
        """A lock that is over lets the digits in again."""
        if self._locked_until and self._session.now >= self._locked_until:
            self._locked_until, self._notice = None, None

    def settle(self) -> None:
        """Whoever has gone to another page leaves nothing typed behind."""
        if self._session.screen is not Screen.DESK_CODE:
            self._leave()

    def _ask(self) -> None:
        if self._for != self._session.claim:
            self._op, self._for = OpId.new(), self._session.claim
        self._leave()
        self._session.show(Screen.DESK_CODE)

    # -- typing -------------------------------------------------------------------------------------------------
    def _key(self, key: str) -> None:
        if self._checking or self._locked_until:
            return
        if key == "clear":
            self._digits = ""
        elif key == "back":
            self._digits = self._digits[:-1]
        elif len(key) == 1 and key.isascii() and key.isdigit() and len(self._digits) < CODE_LENGTH:
            self._digits += key
            self._notice = None
        if len(self._digits) == CODE_LENGTH:
            self._check()

    def _check(self) -> None:
        session, visit = self._session, self._session.visit
        if self._op is None or session.claim is None:
            return
        self._checking = True
        held = session.verified.session if session.verified else ""
        request = CheckRelease(self._op, session.claim, self._digits, visit.generation, visit.language, held)
        if not session.online or not self._hub.ask(request):
            self._cannot()

    def _judged(self, outcome: object) -> None:
        self._checking, self._digits = False, ""
        session, speak = self._session, self._session.speak
        match outcome:
            case Verified():
                session.happen(PinAccepted(outcome, session.visit.generation))
                if session.verified is not None:
                    self._go_on(released(outcome.proofs))
            case PinRefused(PinRefusal.LOCKED, _, retry_at):
                self._locked_until = retry_at
                text = speak("pin.locked_text_plain")
                if retry_at:
                    text = speak("pin.locked_text", time=when.clock_text(retry_at, session.zone))
                self._notice = Notice(NoticeKind.WARN, speak("pin.locked"), text)
            case PinRefused(PinRefusal.EXPIRED):
                self._notice = Notice(NoticeKind.WARN, speak("desk_code.expired"), speak("desk_code.expired_text"))
            case PinRefused(_, tries_left, _):
                text = speak("desk_code.wrong_text")
                if tries_left is not None:
                    text = speak("pin.tries_left", count=tries_left)
                self._notice = Notice(NoticeKind.DANGER, speak("desk_code.wrong"), text)
            case _:
                self._cannot()

    def _go_on(self, action: Action | None) -> None:
        """The page that asked is gone: *back* does not return to it."""
        if self._session.screen is Screen.DESK_CODE:
            self._session.back()
        if action is None or not self._ways(action):
            self._cannot()

    def _cannot(self) -> None:
        self._checking = False
        if self._session.screen is Screen.DESK_CODE:
            self._session.back()
        self._front.cannot("desk_code", _ICON, *self.entrances())


#: What a code that is good for an account's action does about the account.
ACCOUNT_ACTS = {Action.RESET_PASSWORD: AccountAct.RESET, Action.ACTIVATE_ACCOUNT: AccountAct.ACTIVATE}
