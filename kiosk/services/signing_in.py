"""Signing in at the campus's page, on one's own phone: a code, then a number, each with its end."""

from collections.abc import Callable

from kiosk.domain.identity import Claim, Verified
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused
from kiosk.domain.phone_sign_in import SignInEnd, SignInOver, SignInShown
from kiosk.domain.visit_events import NumberTyped, PinAccepted, Touched
from kiosk.services import requests, signing_in_pages
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import AskSignIn, BeginSignIn, CancelSignIn, HubAnswered
from kiosk.services.ports import Hub
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import Row, Screen, SignInPage

#: The row that leads here, and the one that leads back to card and number.
BY_PHONE, BY_CLAIM = "by_phone", "by_claim"
#: Seconds between two looks at how it stands.
ASK_EVERY = 2.0
#: A step whose end the hub has not said is over this long after it, seconds.
UNSAID_AFTER = 5.0


def _nothing() -> None:
    """Nobody waits any more."""


class SigningIn(Flow):
    """Asks for it on behalf of the visit's claim, or of whoever signs in where there is none yet."""

    screens = frozenset({Screen.SIGN_IN})

    def __init__(self, session: Session, hub: Hub) -> None:
        self._session, self._hub = session, hub
        self._op: OpId | None = None
        self._clear()

    def _clear(self) -> None:
        self._then: Callable[[], None] = _nothing
        self._cannot: Callable[[], None] = _nothing
        self._other_ways: tuple[Row, ...] = ()
        self._stop()
        self._over: SignInEnd | None = None

    def _stop(self) -> None:
        """Nothing is waited for any more; the phone is told so."""
        if self._op is not None:
            self._hub.ask(CancelSignIn(self._op))
        self._op = None
        self._for: Claim | None = None
        self._shown: SignInShown | None = None
        self._until = self._ask_at = 0.0
        self._asked = False

    def forget(self) -> None:
        """Whoever leaves while their phone is busy is signed in nowhere."""
        self._clear()

    @property
    def offered(self) -> bool:
        session = self._session
        return bool(session.online and session.campus and session.campus.phone_sign_in)

    def row(self) -> tuple[Row, ...]:
        """The way that leads here, where there is one."""
        return (Row(BY_PHONE, self._session.speak("sign_in.by_phone"), icon="qr-code"),) if self.offered else ()

    def ask(self, then: Callable[[], None], cannot: Callable[[], None], other_ways: tuple[Row, ...] = ()) -> None:
        """``then`` once the hub has verified who it is, ``cannot`` where it cannot be asked; after *back* neither.
        ``other_ways`` stand on the page."""
        self._clear()
        self._then, self._cannot, self._other_ways = then, cannot, other_ways
        self._session.show(Screen.SIGN_IN)
        self._begin()

    def _begin(self) -> None:
        session = self._session
        self._stop()
        self._over, self._op, self._for = None, OpId.new(), session.claim
        if not session.online or not self._hub.ask(BeginSignIn(self._op, self._for, session.visit.generation)):
            self._op = None
            self._cannot()

    # -- the flow -----------------------------------------------------------------------------------------------
    @property
    def paying(self) -> frozenset[Screen]:  # type: ignore[override]
        """While a phone is waited for, the page has its own end."""
        return self.screens if self._shown is not None else frozenset()

    def left(self, screen: Screen) -> float | None:
        return self._until - self._session.clock.monotonic() if self._shown is not None else None

    def page(self, screen: Screen) -> SignInPage:
        left = max(0.0, self._until - self._session.clock.monotonic())
        return signing_in_pages.page(self._session, self._shown, self._over, left, self._other_ways)

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(part="again") if self._over is not None:
                self._begin()
            case requests.Open(id=signing_in_pages.AGAIN) if signing_in_pages.is_taken(self._shown):
                self._begin()
            case _:
                return False
        return True

    def settle(self) -> None:
        pages = self._session.pages
        if Screen.SIGN_IN not in pages and (self._op is not None or self._over is not None):
            self._clear()
        elif Screen.SIGN_IN in pages[:-1] and self._op is not None:
            self._give_up(SignInEnd.CANCELLED)  # somebody looks for another way

    def identified(self) -> None:
        """A card was tapped: whoever signs in has to be its owner."""
        then = self._then
        self._clear()
        then()

    def beat(self) -> None:
        shown, now = self._shown, self._session.clock.monotonic()
        if shown is None or self._op is None:
            return
        if now >= self._until + UNSAID_AFTER:
            self._give_up(SignInEnd.EXPIRED)
        elif now >= self._ask_at:
            self._look()

    def _look(self) -> None:
        session = self._session
        self._ask_at = session.clock.monotonic() + ASK_EVERY
        if not self._asked and self._op is not None:
            held = session.verified.session if session.verified else ""
            visit = session.visit
            self._asked = self._hub.ask(AskSignIn(self._op, self._for, visit.generation, visit.language, held))
        session.happen(Touched())  # whoever signs in looks at the phone; the step's own end comes first

    # -- what becomes of it -------------------------------------------------------------------------------------
    def take(self, answer: HubAnswered) -> bool:
        request, outcome = answer.request, answer.outcome
        if isinstance(request, CancelSignIn):
            return True
        if not isinstance(request, BeginSignIn | AskSignIn):
            return False
        if request.op != self._op or request.visit != self._session.visit.generation:
            return True
        self._asked = False
        match outcome:
            case SignInShown():
                self._told(outcome)
            case SignInOver(why):
                self._ended(why)
            case Verified():
                self._accepted(outcome)
            case _ if self._shown is None:  # it never began
                self._stop()
                self._cannot()
            case Refused():
                self._give_up(SignInEnd.EXPIRED)
            case _:
                """The next look may find the hub; the step's end comes anyway."""
        return True

    def _told(self, shown: SignInShown) -> None:
        now = self._session.clock.monotonic()
        if self._shown is None or shown.step is not self._shown.step:
            self._until = now + max(0.0, (shown.until - self._session.now).total_seconds())
        if self._shown is None:
            self._ask_at = now + ASK_EVERY
        self._shown = shown

    def _ended(self, why: SignInEnd) -> None:
        self._op = None  # over at the hub too
        self._give_up(why)

    def _give_up(self, why: SignInEnd) -> None:
        """Whatever the hub thinks of it: a phone may have taken the code while nobody heard of it here."""
        self._stop()
        self._over = why

    def _accepted(self, verified: Verified) -> None:
        session, then = self._session, self._then
        self._op = None
        if session.claim is None:
            session.happen(NumberTyped(verified.claim))  # type: ignore[arg-type]
        session.happen(PinAccepted(verified, session.visit.generation))
        self._ended(SignInEnd.EXPIRED)  # good once
        if session.verified is not None:
            then()
