"""Top-up: choose an amount, pay it on the phone, see it on the card. Never queued: without the hub nothing begins."""

from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.card_capabilities import YUAN, PaymentTerms, ToppingUp
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import PrintOutcome
from kiosk.domain.policy import Action
from kiosk.domain.top_ups import OrderState, TopUpOrder
from kiosk.domain.visit_events import Touched
from kiosk.services import requests, top_up_pages
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import AskTopUp, CancelTopUp, HubAnswered, OrderTopUp
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import Page, Row, Screen

#: Seconds between two looks whether it was paid.
ASK_EVERY = 2.0
#: How long after the end an answer is waited for before the outcome is called unknown, seconds.
UNKNOWN_AFTER = 20.0
#: Longest amount that can be typed, digits of yuan.
MOST_DIGITS = 4


@dataclass(slots=True)
class Paying:
    """``until``: when the code is no longer good, by the kiosk's own clock. ``closing``: it is to become nothing."""

    op: OpId
    amount: int
    order: TopUpOrder | None = None
    until: float = 0.0
    ask_at: float = 0.0
    asked: bool = False
    closing: bool = False
    ran_out: bool = False


class TopUp(Flow):
    screens = frozenset({Screen.TOP_UP, Screen.TOP_UP_PAY})
    paying = frozenset({Screen.TOP_UP_PAY})

    def __init__(self, session: Session, hub: Hub, proving: Proving, front: Front, finish: Finish) -> None:
        self._session, self._hub = session, hub
        self._proving, self._front, self._finish = proving, front, finish
        self._paying: Paying | None = None
        self._clear()

    def _clear(self) -> None:
        self._amount = 0
        self._typing: str | None = None
        self._said = ""

    def forget(self) -> None:
        """Whoever leaves while it waits to be paid does not pay any more; what was paid already still arrives."""
        if self._paying is not None:
            self._hub.ask(CancelTopUp(self._paying.op))
        self._paying = None
        self._clear()

    @property
    def busy(self) -> bool:
        return self._paying is not None and self._paying.order is None

    def _offered(self) -> tuple[ToppingUp, PaymentTerms] | None:
        campus = self._session.campus
        if campus is None or campus.cards.top_up is None or campus.payments is None:
            return None
        return campus.cards.top_up, campus.payments

    def card_tiles(self) -> tuple[Row, ...]:
        offered, speak = self._offered(), self._session.speak
        if offered is None:
            return ()
        return (Row("top_up", speak("top_up.tile"), offered[1].ways.of(speak.language), "plus-circle"),)

    def enter(self, row: str) -> bool:
        if row != "top_up" or self._offered() is None:
            return False
        what = Row(row, self._session.speak("top_up.tile"), icon="plus-circle")
        self._proving.prove(Action.SEE_CARD, self._open, what, self._unavailable)
        return True

    def _open(self) -> None:
        self._clear()
        self._session.show(Screen.TOP_UP)

    def _unavailable(self) -> None:
        self._front.cannot("top_up", "plus-circle")

    def shows_more(self, request: Request) -> Action | None:
        return Action.SEE_CARD if isinstance(request, requests.Choose) and request.part == "pay" else None

    def left(self, screen: Screen) -> float | None:
        paying = self._paying if screen is Screen.TOP_UP_PAY else None
        return paying.until - self._session.clock.monotonic() if paying and paying.order else None

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(part="amount", id=amount) if self._paying is None:
                self._choose(amount)
            case requests.Choose(part="key", id=key) if self._typing is not None and self._paying is None:
                self._key(key)
            case requests.Choose(part="pay") if self._paying is None:
                self._order()
            case requests.Choose(part="cancel") if self._session.screen is Screen.TOP_UP_PAY:
                self._close()
            case _:
                return False
        return True

    def _choose(self, amount: str) -> None:
        self._said = ""
        if amount == "other":
            self._typing, self._amount = "", 0
        elif (offered := self._offered()) and amount.isdigit() and int(amount) in offered[0].amounts:
            self._typing, self._amount = None, int(amount)

    def _key(self, key: str) -> None:
        typed, self._said = self._typing or "", ""
        if key == "clear":
            typed = ""
        elif key == "back":
            typed = typed[:-1]
        elif key.isdecimal() and len(key) == 1 and len(typed) < MOST_DIGITS:
            typed = (typed + key).lstrip("0")
        self._typing, self._amount = typed, int(typed or 0) * YUAN

    def _allowed(self) -> bool:
        offered = self._offered()
        return offered is not None and offered[0].allows(self._amount)

    def _order(self) -> None:
        session, verified = self._session, self._session.verified
        if not self._allowed() or verified is None:
            return
        paying = Paying(OpId.new(), self._amount)
        if session.online and self._hub.ask(
            OrderTopUp(verified.session, paying.op, paying.amount, session.visit.generation)
        ):
            self._paying, self._said = paying, ""
        else:
            self._said = "not_begun"

    def back(self) -> bool:
        if self._session.screen is Screen.TOP_UP_PAY:
            self._close()
            return True
        if self._typing is not None:
            self._clear()
            return True
        return False

    # -- what becomes of it -------------------------------------------------------------------------------------
    def take(self, answer: HubAnswered) -> bool:
        request, outcome = answer.request, answer.outcome
        if not isinstance(request, OrderTopUp | AskTopUp | CancelTopUp):
            return False
        paying = self._paying
        if paying is None or request.op != paying.op:
            return True
        paying.asked = False
        if isinstance(request, OrderTopUp):
            self._begun(paying, outcome)
        elif isinstance(outcome, TopUpOrder):
            self._told(paying, outcome)
        return True

    def _begun(self, paying: Paying, outcome: object) -> None:
        """Where no code came back nobody can have paid: it is taken back, and nothing has happened."""
        if not isinstance(outcome, TopUpOrder) or outcome.state is not OrderState.OPEN:
            self._hub.ask(CancelTopUp(paying.op))
            self._paying, self._said = None, "not_begun"
            return
        left = max(timedelta(0), outcome.expires_at - self._session.now).total_seconds()
        terms = self._session.campus.payments if self._session.campus else None
        now = self._session.clock.monotonic()
        paying.order = outcome
        paying.until = now + min(left, terms.window if terms else left)
        paying.ask_at = now + ASK_EVERY
        self._session.show(Screen.TOP_UP_PAY)

    def _told(self, paying: Paying, order: TopUpOrder) -> None:
        match order.state:
            case OrderState.POSTED:
                self._done(order)
            case OrderState.CANCELLED | OrderState.EXPIRED:
                self._paying = None
                self._said = "expired" if paying.ran_out or order.state is OrderState.EXPIRED else "nothing"
                self._session.show(Screen.TOP_UP)
            case OrderState.OPEN | OrderState.PAID | OrderState.UNKNOWN:
                paying.order = order if order.state is OrderState.PAID or paying.order is None else paying.order

    def _close(self) -> None:
        """It is to become nothing: the hub asks the provider, and a payment that was faster still arrives."""
        if self._paying is not None and not self._paying.closing:
            self._paying.closing, self._paying.ask_at = True, 0.0
            self._paying.until = min(self._paying.until, self._session.clock.monotonic())
            self._look(self._paying)

    def beat(self) -> None:
        paying = self._paying
        if paying is None or paying.order is None:
            return
        now = self._session.clock.monotonic()
        if now >= paying.until and not paying.closing:
            paying.ran_out = True
            self._close()
        elif paying.closing and now >= paying.until + UNKNOWN_AFTER:
            self._done(None)
        elif now >= paying.ask_at:
            self._look(paying)

    def _look(self, paying: Paying) -> None:
        if not paying.asked:
            visit = self._session.visit.generation
            asked = CancelTopUp(paying.op, visit) if paying.closing else AskTopUp(paying.op, visit)
            paying.asked = self._hub.ask(asked)
        paying.ask_at = self._session.clock.monotonic() + ASK_EVERY
        self._session.happen(Touched())  # whoever pays looks at the phone; the code's own end comes first

    def _done(self, posted: TopUpOrder | None) -> None:
        """``None``: nobody has said what became of it; it can be asked for again."""
        paying = self._paying
        if paying is None or paying.order is None:
            return
        session, order = self._session, posted or paying.order
        self._paying = None
        known = posted is not None

        def page(outcome: PrintOutcome | None) -> Page:
            return top_up_pages.done_page(session, order, known, outcome)

        again = None if known else lambda: self._ask_again(paying)
        self._finish.show(page, top_up_pages.slip(session, order, known), again)  # type: ignore[arg-type]

    def _ask_again(self, paying: Paying) -> None:
        """Back to the page that waits; the hub is asked once more."""
        now = self._session.clock.monotonic()
        paying.closing, paying.asked, paying.until = True, False, now
        self._paying = paying
        self._session.pages[:] = [Screen.HOME, Screen.TOP_UP, Screen.TOP_UP_PAY]
        self._look(paying)

    def settle(self) -> None:
        if self._paying is None and self.screens.isdisjoint(self._session.pages):
            self._clear()

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        offered = self._offered()
        if screen is Screen.TOP_UP_PAY and self._paying and self._paying.order and offered:
            left = 0.0 if self._paying.closing else self._paying.until - self._session.clock.monotonic()
            return top_up_pages.pay_page(self._session, self._paying.order, offered[1], max(0.0, left))
        if screen is Screen.TOP_UP_PAY or offered is None:
            return top_up_pages.waiting_page(self._session, screen)
        chosen = top_up_pages.Chosen(self._amount, self._typing, self._allowed(), self.busy, self._said)
        return top_up_pages.amount_page(self._session, offered[0], offered[1], chosen)
