"""Who is it? The card page, the number page and the PIN page.

A PIN page exists only for something a claim may not see (policy.py); the digits never come here, only their count.
"""

import re
from collections.abc import Callable
from datetime import datetime

from kiosk.domain.devices import CardTrouble, ReaderState
from kiosk.domain.identity import Claim, NumberClaim, Verified
from kiosk.domain.outcomes import PinRefusal, PinRefused
from kiosk.domain.people import PersonNumber
from kiosk.domain.visit import pin_is_fresh
from kiosk.domain.visit_events import NumberTyped, PinAccepted
from kiosk.services import requests, when
from kiosk.services.flow import Flow
from kiosk.services.hints import reader_hint
from kiosk.services.hub_requests import HubAnswered, VerifyPin
from kiosk.services.ports import Hub, PinDigits, PinFailed, PinForgotten, PinSealed, SecretEvent, SecretPad
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import IdentifyPage, Notice, NoticeKind, NumberPage, Page, PinPage, Row, Screen

#: Longest number that can be typed, characters.
LONGEST_NUMBER = 20
#: After this many unreadable cards in a row the number is offered as the way on.
FAILURES_BEFORE_NUMBER = 3
PIN_LENGTH = 6


class Identifying(Flow):
    """The identification of the current visit, for whoever asked for it; what they asked for goes on by itself."""

    screens = frozenset({Screen.IDENTIFY, Screen.NUMBER, Screen.PIN})

    def __init__(self, session: Session, hub: Hub, pad: SecretPad) -> None:
        self.session, self.hub, self.pad = session, hub, pad
        self.forget()

    def forget(self) -> None:
        self.pad.close()
        self._what = Row("", "")
        self._then: Callable[[], None] | None = None
        self._cannot: Callable[[], None] | None = None
        self._depth = 1
        self.typed = ""
        self.error = self.checking = self.locked = False
        self.failures = self.filled = 0
        self.trouble: CardTrouble | None = None
        self.pin_notice: Notice | None = None
        self.locked_until: datetime | None = None

    # -- what others ask for ------------------------------------------------------------------------------------
    def identify(self, what: Row, then: Callable[[], None]) -> None:
        """``then`` once somebody has said who they are; nothing is proven by that. ``what`` says what it is for."""
        if self.session.claim is not None:
            then()
            return
        self._wait_for(what, then, None)
        self.session.show(Screen.IDENTIFY)

    def by_number(self, then: Callable[[], None]) -> None:
        """The same, for a page that asks for the card itself and offers the number as another way."""
        self._wait_for(self._what, then, None)
        self.session.show(Screen.NUMBER)

    def verify(self, what: Row, then: Callable[[], None], cannot: Callable[[], None]) -> None:
        """``then`` once the hub has checked the PIN, freshly (journeys 9); ``cannot`` where it cannot be asked."""
        session = self.session
        if session.claim is None:
            self.identify(what, lambda: self.verify(what, then, cannot))
        elif pin_is_fresh(session.visit, session.clock.monotonic()):
            then()
        else:
            self._wait_for(what, then, cannot)
            session.show(Screen.PIN)
            self.open_pin(session.claim)

    def _wait_for(self, what: Row, then: Callable[[], None], cannot: Callable[[], None] | None) -> None:
        self._what, self._then, self._cannot, self._depth = what, then, cannot, len(self.session.pages)

    def _go_on(self, then: Callable[[], None] | None) -> None:
        """The pages that asked are gone: *back* does not return to them."""
        del self.session.pages[self._depth :]
        self._then = self._cannot = None
        if then is not None:
            then()

    # -- the flow -----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        match screen:
            case Screen.IDENTIFY:
                return self.identify_page()
            case Screen.NUMBER:
                return self.number_page()
            case _:
                return self.pin_page()

    def touch(self, request: Request) -> bool:
        match request:
            case requests.NumberKey(key=key):
                self.number_key(key)
            case requests.NumberDone():
                if self.number_done():
                    self.identified()
            case requests.Open(id="number"):
                self.session.show(Screen.NUMBER)
            case _:
                return False
        return True

    def identified(self) -> None:
        if self.session.screen in (Screen.IDENTIFY, Screen.NUMBER):
            self._go_on(self._then)

    def back(self) -> bool:
        if self.session.screen is Screen.NUMBER:
            self.number_key("clear")
        return False

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
                    self._go_on(self._then)
            case PinRefused():
                self.pin_refused(outcome)
            case _:
                self._go_on(self._cannot)
        return True

    def secret(self, event: SecretEvent) -> None:
        if self.session.screen is not Screen.PIN:
            return
        match event:
            case PinDigits(count=count):
                self.pin_digits(count)
            case PinSealed():
                if not self.session.online or not self.pin_sealed(event):
                    self._go_on(self._cannot)
            case PinForgotten():
                self.pin_forgotten()
            case PinFailed():
                self.pin_failed()

    def settle(self) -> None:
        if self.session.screen is not Screen.PIN:
            self.leave_pin()

    # -- card ---------------------------------------------------------------------------------------------------
    def card_failed(self, why: CardTrouble) -> None:
        self.trouble = why
        self.failures += 1

    def card_read(self) -> None:
        self.trouble, self.failures = None, 0

    def identify_page(self) -> IdentifyPage:
        speak = self.session.speak
        ways = (
            Row("number", speak("identify.by_number"), icon="keyboard"),
            Row("none", speak("identify.none"), icon="question"),
        )
        return IdentifyPage(
            matter=self._what.title,
            icon=self._what.icon,
            reader=reader_hint(self.session, speak("identify.title"), speak("identify.text")),
            notice=self._card_notice(),
            other_ways=ways,
        )

    def _card_notice(self) -> Notice | None:
        if self.session.reader is not ReaderState.READY:
            return Notice(NoticeKind.WARN, self.session.speak("strip.reader"))
        if self.trouble is None:
            return None
        word = {
            CardTrouble.UNREADABLE: "read_again",
            CardTrouble.NOT_A_CAMPUS_CARD: "not_ours",
            CardTrouble.MUTE: "take_away",
        }[self.trouble]
        if self.failures >= FAILURES_BEFORE_NUMBER:
            word = "read_failed"
        speak = self.session.speak
        return Notice(NoticeKind.DANGER, speak(f"identify.{word}"), speak(f"identify.{word}_text"))

    # -- number -------------------------------------------------------------------------------------------------
    def number_key(self, key: str) -> None:
        """A character of the pad, ``back`` or ``clear``."""
        self.error = False
        if key == "clear":
            self.typed = ""
        elif key == "back":
            self.typed = self.typed[:-1]
        elif len(key) == 1 and (key.isdecimal() or key in self._letters()) and len(self.typed) < self._longest():
            self.typed += key

    def number_done(self) -> bool:
        """Makes the typed number the visit's claim. False, with a sentence on the page, where it cannot be one."""
        if not self._plausible():
            self.error = True
            return False
        self.session.happen(NumberTyped(NumberClaim(PersonNumber(self.typed))))
        self.typed = ""
        return True

    def number_page(self) -> NumberPage:
        session, speak = self.session, self.session.speak
        ways = (Row("none", speak("identify.none"), icon="question"),)
        return NumberPage(
            typed=self.typed,
            hint="" if self.error else self._hint(),
            error=speak("number.not_a_number") if self.error else "",
            letters=self._letters(),
            can_go=self._plausible(),
            reader=reader_hint(session, speak("identify.card_also")),
            other_ways=ways,
        )

    def _hint(self) -> str:
        speak, campus = self.session.speak, self.session.campus
        lengths = sorted(campus.number_lengths) if campus else []
        if not lengths or self._plausible():
            return ""
        if not self.typed:
            return speak("number.lengths", lengths=speak("number.or").join(map(str, lengths)))
        missing = next((length - len(self.typed) for length in lengths if length > len(self.typed)), 0)
        return speak("number.missing", count=missing) if missing else ""

    def _plausible(self) -> bool:
        campus = self.session.campus
        return bool(campus and self.typed and re.fullmatch(campus.number_pattern, self.typed))

    def _letters(self) -> str:
        return self.session.campus.number_letters if self.session.campus else ""

    def _longest(self) -> int:
        lengths = self.session.campus.number_lengths if self.session.campus else ()
        return min(max(lengths, default=LONGEST_NUMBER), LONGEST_NUMBER)

    # -- PIN ----------------------------------------------------------------------------------------------------
    def open_pin(self, claim: Claim) -> None:
        self.filled, self.checking, self.locked = 0, False, False
        self.locked_until, self.pin_notice = None, None
        self.pad.open(claim)

    def leave_pin(self) -> None:
        self.pad.close()
        self.filled, self.checking, self.pin_notice = 0, False, None

    def pin_digits(self, count: int) -> None:
        self.filled = count
        if count:
            self.pin_notice = None

    def pin_forgotten(self) -> None:
        """No key for long: the helper has wiped what was typed, the page stays."""
        self.filled = 0
        self.pin_notice = self._notice(NoticeKind.INFO, "pin.forgot_input")

    def pin_failed(self) -> None:
        self.filled, self.locked = 0, True
        self.pin_notice = self._notice(NoticeKind.WARN, "pin.failed")

    def pin_sealed(self, sealed: PinSealed) -> bool:
        """Asks the hub; false where that was not possible."""
        if self.session.claim != sealed.claim:
            return True
        self.checking = True
        visit = self.session.visit
        return self.hub.ask(VerifyPin(sealed.claim, sealed.pin, visit.generation, visit.language))

    def pin_refused(self, refused: PinRefused) -> None:
        """Says why; the pad is opened anew for another try where one is allowed."""
        self.checking, self.filled = False, 0
        speak = self.session.speak
        match refused.why:
            case PinRefusal.LOCKED:
                self.locked, self.locked_until = True, refused.retry_at
                if refused.retry_at:
                    text = speak("pin.locked_text", time=when.clock_text(refused.retry_at, self.session.zone))
                else:
                    text = speak("pin.locked_text_plain")
                self.pin_notice = Notice(NoticeKind.WARN, speak("pin.locked"), text)
                self.pad.close()
                return
            case PinRefusal.NO_PIN:
                self.locked = True
                self.pin_notice = self._notice(NoticeKind.WARN, "pin.none")
                self.pad.close()
                return
            case PinRefusal.WRONG:
                text = speak("pin.wrong_text")
                if refused.tries_left is not None:
                    text = speak("pin.tries_left", count=refused.tries_left)
                self.pin_notice = Notice(NoticeKind.DANGER, speak("pin.wrong"), text)
        if claim := self.session.claim:
            self.pad.open(claim)

    def beat(self) -> None:
        """A lock that is over opens the pad again."""
        if self.locked and self.locked_until and self.session.now >= self.locked_until and self.session.claim:
            self.open_pin(self.session.claim)

    def pin_page(self) -> PinPage:
        speak = self.session.speak
        notice = self.pin_notice
        if self.checking:
            notice = Notice(NoticeKind.INFO, speak("pin.checking"))
        return PinPage(
            length=PIN_LENGTH,
            filled=self.filled,
            notice=notice or self._notice(NoticeKind.INFO, "pin.cover"),
            locked=self.locked,
            busy=self.checking,
            other_ways=(Row("none", speak("pin.forgotten"), icon="question"),),
        )

    def _notice(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self.session.speak(key), self.session.speak(f"{key}_text"))
