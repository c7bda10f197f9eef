"""Account and password: which account, what it opens, and then one of four things done about it.

What was typed stays in the secret helper. A lost answer is asked for again with the same operation; only when that
stays lost the page says that it is not known.
"""

from datetime import datetime

from kiosk.domain.accounts import AccountAct, AccountDone, AccountRefusal, AccountRefused, AccountSeen, AccountState
from kiosk.domain.campus import CampusAccount
from kiosk.domain.outcomes import PaperKept, PrintOutcome, Unreachable
from kiosk.domain.parcels import SealedOrder
from kiosk.domain.policy import Action
from kiosk.services import account_done, account_pages, requests, when
from kiosk.services.call_back_rows import ACCOUNT
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import DoAct, FetchAccount, HubAnswered
from kiosk.services.pin_setting import change_row
from kiosk.services.ports import (
    Hub,
    OrderSealer,
    PasswordPad,
    PasswordSealed,
    PasswordTyped,
    PinFailed,
    PinForgotten,
    SecretEvent,
)
from kiosk.services.printing import Printing
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.views import Notice, NoticeKind, Page, Row, Screen

#: A first word that keeps every rule and is followed by no key for this long is complete, seconds.
COMPLETE_AFTER = 4.0
#: A lost answer is asked for again this often, this many seconds apart.
ASKED_AGAIN = 3
ASK_AGAIN_AFTER = 3.0
#: After this the page says that the hub is being asked, seconds.
SLOW_AFTER = 2.0

_NOTHING_TYPED = PasswordTyped("new", 0, 0, 0, frozenset(), 0, ready=False, differs=False)
#: Refusals after which another password can be typed at once.
_TYPE_AGAIN = {
    AccountRefusal.BROKEN_RULES: "password.broken",
    AccountRefusal.IN_HISTORY: "password.in_history",
    AccountRefusal.WRONG_OLD: "password.wrong_old",
}
#: What a state says about an act that does not fit it: words on the account page.
_DOES_NOT_FIT = {
    (AccountAct.UNLOCK, AccountState.ACTIVE): "not_locked",
    (AccountAct.UNLOCK, AccountState.MUST_CHANGE): "not_locked",
    (AccountAct.ACTIVATE, AccountState.ACTIVE): "already_active",
    (AccountAct.ACTIVATE, AccountState.MUST_CHANGE): "already_active",
    (AccountAct.ACTIVATE, AccountState.LOCKED): "already_active",
    (AccountAct.UNLOCK, AccountState.NEVER_ACTIVATED): "not_activated",
    (AccountAct.RESET, AccountState.NEVER_ACTIVATED): "not_activated",
    (AccountAct.CHANGE, AccountState.NEVER_ACTIVATED): "not_activated",
}
#: States no kiosk does anything about: words of a page with other ways on.
_OUT_OF_REACH = {
    AccountState.PROTECTED: "account_protected",
    AccountState.DISABLED: "account_disabled",
    AccountState.EXPIRED: "account_expired",
}


class Account(Flow):
    screens = frozenset({Screen.ACCOUNT, Screen.ACCOUNT_LOCKED, Screen.PASSWORD})

    def __init__(
        self,
        session: Session,
        hub: Hub,
        pad: PasswordPad,
        sealer: OrderSealer,
        proving: Proving,
        front: Front,
        finish: Finish,
        printing: Printing,
    ) -> None:
        self._session, self._hub, self._pad, self._sealer = session, hub, pad, sealer
        self._proving, self._front, self._finish = proving, front, finish
        self._printing = printing
        self._open = False
        self.forget()

    def forget(self) -> None:
        self._shut()
        self._act: AccountAct | None = None
        self._seen: AccountSeen | None = None
        self._typed, self._typed_at = _NOTHING_TYPED, 0.0
        self._notice: Notice | None = None
        self._held_until: datetime | None = None
        self._failed = self._anyway = False
        self._waiting_since: float | None = None
        self._order: SealedOrder | None = None
        self._asked, self._ask_at = 0, 0.0

    # -- the flow -----------------------------------------------------------------------------------------------
    @property
    def busy(self) -> bool:
        return self._waiting_since is not None

    @property
    def _account(self) -> CampusAccount | None:
        return self._session.campus.account if self._session.campus else None

    def tiles(self) -> tuple[Row, ...]:
        return (tile(self._session, "account", "lock-key"),) if self._account else ()

    def enter(self, row: str) -> bool:
        if row != "account" or self._account is None:
            return False
        self._notice = None
        self._session.show(Screen.ACCOUNT)
        return True

    def begin(self, act: AccountAct) -> bool:
        """Straight to ``act``, also at an account that is locked; false where this campus has no accounts."""
        if not self.enter("account"):
            return False
        self._wish(act, anyway=True)
        return True

    def page(self, screen: Screen) -> Page:
        account, seen = self._account, self._seen
        if account is None:
            raise LookupError(screen)
        if screen is Screen.ACCOUNT_LOCKED and seen:
            return account_pages.locked_page(
                self._session, account, seen, self._can_print(), self._notice, self._busy_text("account.unlocking")
            )
        if screen is Screen.PASSWORD and seen and self._act:
            return account_pages.password_page(
                self._session,
                account,
                seen,
                self._act,
                self._typed,
                self._notice,
                self._busy_text("password.busy"),
                held=self._held_until is not None or self._failed,
            )
        looking = self._busy_text("account.looking")
        return account_pages.account_page(self._session, account, self._notice, looking, change_row(self._session))

    def touch(self, request: Request) -> bool:
        if self.busy:
            return isinstance(request, requests.Open | requests.PasswordNext | requests.PasswordBack)
        match request:
            case requests.PasswordNext():
                self._next()
            case requests.PasswordBack():
                self._pad.previous()
            case requests.Open(id="unlock_now"):
                self._proving.prove(AccountAct.UNLOCK.needs, self._unlock, self._what(AccountAct.UNLOCK), self._cannot)
            case requests.Open(id="forgot"):
                self._wish(AccountAct.RESET, anyway=True)
            case requests.Open(id="print_places"):
                self._print_places()
            case requests.Open(id=row) if self._session.screen is Screen.ACCOUNT and row in list(AccountAct):
                self._wish(AccountAct(row))
            case _:
                return False
        return True

    def types_for(self, screen: Screen) -> Action | None:
        return self._act.needs if screen is Screen.PASSWORD and self._act and not self.busy else None

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, FetchAccount | DoAct):
            return False
        if answer.request.visit != self._session.visit.generation or not self.busy:
            return True
        outcome = answer.outcome
        if isinstance(answer.request, FetchAccount):
            self._waiting_since = None
            if isinstance(outcome, AccountSeen):
                self._found(answer.request.act, outcome)
            else:
                self._cannot()
            return True
        match outcome:
            case AccountDone():
                self._done(outcome)
            case AccountRefused():
                self._refused(outcome)
            case Unreachable() if self._asked < ASKED_AGAIN:
                self._ask_at = self._session.clock.monotonic() + ASK_AGAIN_AFTER
            case Unreachable():
                self._lost("account_unknown")
            case _:
                self._lost("account")
        return True

    def secret(self, event: SecretEvent) -> None:
        match event:
            case PasswordTyped():
                if event.old or event.new or event.again:
                    self._notice = None
                self._typed, self._typed_at = event, self._session.clock.monotonic()
                if event.differs:
                    self._notice = self._said(NoticeKind.WARN, "password.differs")
            case PasswordSealed(order=order):
                self._send(order)
            case PinForgotten():  # no key for long: the helper has wiped what was typed, the page stays
                self._typed = self._blank()
                self._notice = self._said(NoticeKind.INFO, "password.forgot_input")
            case PinFailed():
                self._typed, self._failed = self._blank(), True
                self._notice = self._said(NoticeKind.WARN, "password.failed")
            case _:
                return

    def beat(self) -> None:
        session, now = self._session, self._session.clock.monotonic()
        if self._order is not None and self._ask_at and now >= self._ask_at:
            self._ask_at = 0.0
            self._send(self._order)
        if self._held_until and session.now >= self._held_until:
            self._held_until, self._notice = None, None
        if session.screen is Screen.PASSWORD and self._is_complete() and now - self._typed_at >= COMPLETE_AFTER:
            self._typed_at = now
            self._pad.next()

    def settle(self) -> None:
        """The helper lives as long as the page is shown and something can be typed."""
        wanted = self._session.screen is Screen.PASSWORD and not (self.busy or self._held_until or self._failed)
        if not wanted:
            self._shut()
        elif not self._open and self._seen and self._act:
            self._open, self._typed = True, self._blank()
            self._pad.open(self._seen, self._act)

    # -- towards an act -----------------------------------------------------------------------------------------
    def _what(self, act: AccountAct) -> Row:
        return Row(act.value, self._session.speak(f"account.{act}"), icon=account_pages.ACTS[act])

    def _wish(self, act: AccountAct, *, anyway: bool = False) -> None:
        """``anyway``: the visitor has seen that the account is locked and wants this all the same."""
        self._notice, self._failed, self._held_until = None, False, None
        if not self._session.online:
            self._cannot()
            return
        self._proving.prove(act.needs, lambda: self._fetch(act, anyway), self._what(act), self._cannot)

    def _fetch(self, act: AccountAct, anyway: bool) -> None:
        session = self._session
        self._act, self._anyway = act, anyway
        if session.screen is not Screen.ACCOUNT and not anyway:
            session.show(Screen.ACCOUNT)
        self._waiting_since = session.clock.monotonic()
        verified = session.verified
        if verified is None or not self._hub.ask(FetchAccount(act, verified.session, session.visit.generation)):
            self._waiting_since = None
            self._cannot()

    def _found(self, act: AccountAct, seen: AccountSeen) -> None:
        self._seen = seen
        if seen.state in _OUT_OF_REACH:
            self._stop(_OUT_OF_REACH[seen.state], "shield-warning")
        elif (act, seen.state) in _DOES_NOT_FIT:
            self._session.show(Screen.ACCOUNT)
            self._notice = self._said(NoticeKind.INFO, f"account.{_DOES_NOT_FIT[act, seen.state]}")
        elif seen.state is AccountState.LOCKED and not self._anyway:
            self._session.show(Screen.ACCOUNT_LOCKED)
        else:
            self._session.show(Screen.PASSWORD)

    # -- doing it -----------------------------------------------------------------------------------------------
    def _next(self) -> None:
        if self._typed.step == "again":
            self._pad.seal()
        else:
            self._pad.next()

    def _unlock(self) -> None:
        if self._seen is None:  # a card began a new visit on the way here, which knows nothing of the account yet
            self._fetch(AccountAct.UNLOCK, anyway=False)
            return
        self._act = AccountAct.UNLOCK
        self._send(self._sealer.unlock(self._seen.handle))

    def _send(self, order: SealedOrder) -> None:
        session = self._session
        again = order is self._order
        self._order, self._asked = order, self._asked + 1 if again else 0
        self._waiting_since = self._waiting_since or session.clock.monotonic()
        verified = session.verified
        if verified is None or not self._hub.ask(DoAct(order, verified.session, session.visit.generation)):
            self._lost("account_unknown" if again else "account")

    def _done(self, done: AccountDone) -> None:
        session, account = self._session, self._account
        if account is None:
            return
        opens = self._seen.opens if self._seen else ()
        self.forget()
        slip = account_done.slip(session, account, done) if self._can_print() else None
        self._finish.show(lambda printed: account_done.done_page(session, account, done, opens, printed), slip)

    def _refused(self, refused: AccountRefused) -> None:
        self._waiting_since, self._order, self._open = None, None, False
        self._typed = self._blank()
        speak = self._session.speak
        if refused.why in _TYPE_AGAIN:
            key = _TYPE_AGAIN[refused.why]
            text = self._rules_in_words(refused.rules) or speak(f"{key}_text")
            self._notice = Notice(NoticeKind.DANGER, speak(key), text)
        elif refused.why is AccountRefusal.HELD and refused.retry_at:
            self._held_until = refused.retry_at
            time = when.clock_text(refused.retry_at, self._session.zone)
            self._notice = Notice(NoticeKind.WARN, speak("password.held"), speak("password.held_text", time=time))
        elif refused.why is AccountRefusal.TOO_SOON and refused.retry_at:
            self._held_until = refused.retry_at
            time = when.day_and_time(refused.retry_at, self._session.zone, speak)
            self._notice = Notice(
                NoticeKind.WARN, speak("password.too_soon"), speak("password.too_soon_text", time=time)
            )
        elif refused.why is AccountRefusal.LOCKED and self._act:
            self._fetch(self._act, anyway=False)
        elif refused.why is AccountRefusal.NOT_LOCKED:
            self._session.show(Screen.ACCOUNT)
            self._notice = self._said(NoticeKind.INFO, "account.not_locked")
        else:
            words = {state.value: words for state, words in _OUT_OF_REACH.items()}
            self._lost(words.get(refused.why.value, "account"))

    # -- other ways ---------------------------------------------------------------------------------------------
    def _lost(self, words: str) -> None:
        self._waiting_since, self._order = None, None
        self._stop(words, "warning-octagon")

    def _cannot(self) -> None:
        self._stop("account", "lock-key")

    def _stop(self, words: str, icon: str) -> None:
        pages = self._session.pages
        while len(pages) > 1 and pages[-1] in (Screen.PASSWORD, Screen.ACCOUNT_LOCKED):
            pages.pop()
        self._front.cannot(words, icon, about=ACCOUNT)

    def _print_places(self) -> None:
        if self._account is not None and self._can_print():
            slip = account_done.places_slip(self._session, self._account)
            self._notice = self._said(NoticeKind.OK, "account.printing")
            self._printing.print(slip, self._places_printed)

    def _places_printed(self, outcome: PrintOutcome) -> None:
        if isinstance(outcome, PaperKept):
            self._notice = self._said(NoticeKind.WARN, "account.paper_kept")

    def _can_print(self) -> bool:
        return account_done.can_print(self._session)

    # -- small things -------------------------------------------------------------------------------------------
    def _is_complete(self) -> bool:
        """Whoever needs large text, contrast or reach may also need longer for a key: nothing moves on by itself."""
        typed = self._typed
        return typed.step == "new" and typed.new > 0 and not typed.broken and not self._session.visit.aids.any

    def _rules_in_words(self, broken: tuple[str, ...]) -> str:
        said = self._seen.rules if self._seen else ()
        language = self._session.visit.language
        texts = [rule.text.of(language) for rule in said if rule.id in broken]
        return (
            self._session.speak("password.rules", rules=self._session.speak("password.and").join(texts))
            if texts
            else ""
        )

    def _blank(self) -> PasswordTyped:
        step = "old" if self._act is AccountAct.CHANGE else "new"
        return PasswordTyped(step, 0, 0, 0, frozenset(), 0, ready=False, differs=False)

    def _busy_text(self, key: str) -> str:
        if self._waiting_since is None:
            return ""
        slow = self._session.clock.monotonic() - self._waiting_since >= SLOW_AFTER
        return self._session.speak("report.slow" if slow else key)

    def _said(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self._session.speak(key), self._session.speak(f"{key}_text"))

    def _shut(self) -> None:
        if self._open:
            self._pad.close()
        self._open = False
