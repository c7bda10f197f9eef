"""Who is it? The card page and the number page: what they give is a claim, nothing is proven by it."""

import re
from collections.abc import Callable

from kiosk.domain.devices import CardTrouble, ReaderState
from kiosk.domain.identity import CardClaim, NumberClaim
from kiosk.domain.people import PersonNumber
from kiosk.domain.scans import LONGEST_NUMBER
from kiosk.domain.visit import Phase
from kiosk.domain.visit_events import CardSeenAgain, CardShown, NumberTyped
from kiosk.services import requests
from kiosk.services.flow import Flow
from kiosk.services.hints import reader_hint, scans
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.signing_in import SigningIn
from kiosk.services.views import IdentifyPage, Notice, NoticeKind, NumberPage, Page, Row, Screen

#: After this many unreadable cards in a row the number is offered as the way on.
FAILURES_BEFORE_NUMBER = 3


class Identifying(Flow):
    """The identification of the current visit, for whoever asked for it; what they asked for goes on by itself."""

    screens = frozenset({Screen.IDENTIFY, Screen.NUMBER})

    def __init__(self, session: Session, signing_in: SigningIn) -> None:
        self.session, self._signing_in = session, signing_in
        self.forget()

    def forget(self) -> None:
        self._what = Row("", "")
        self._then: Callable[[], None] | None = None
        self._depth = 1
        self._at_once = self._by_phone = False
        self.wants_card = self.began = False
        self.wants_genuine = False
        self._other: Callable[[NumberClaim], None] | None = None
        self.typed = ""
        self.error = False
        self.failures = 0
        self.trouble: CardTrouble | None = None

    # -- what others ask for ------------------------------------------------------------------------------------
    def identify(self, what: Row, then: Callable[[], None], *, by_phone: bool = False) -> None:
        """``then`` once somebody has said who they are; nothing is proven by that. ``what`` says what it is for.

        ``by_phone``: signing in by phone would prove enough for it, and says who it is.
        """
        if self.session.claim is not None:
            then()
            return
        self._wait_for(what, then)
        self._by_phone = by_phone
        self.session.show(Screen.IDENTIFY)

    def show_card(self, what: Row, then: Callable[[], None], *, genuine: bool = False) -> None:
        """``then`` once a card has been tapped, also where a number was typed before: it takes the number's place.

        ``genuine``: once it has proven itself to the hub, also where it was tapped before.
        """
        if self.session.card is not None and not genuine:
            then()
            return
        self._wait_for(what, then)
        self.wants_card, self.wants_genuine = True, genuine
        self.session.show(Screen.IDENTIFY)

    def takes_card(self, claim: CardClaim) -> bool:
        """Where a verified number gives way to a card, a visit of its owner begins (``began``), and what the card was
        asked for goes on in that one."""
        session = self.session
        if session.screen is not Screen.IDENTIFY or not self.wants_card or session.visit.phase is not Phase.RUNNING:
            return False
        if session.card is not None:
            return self._takes_again(claim, session.card)
        generation = session.visit.generation
        session.happen(CardShown(claim))
        self.began = session.visit.generation != generation
        if not self.began:
            self.identified()
        return True

    def _takes_again(self, claim: CardClaim, known: CardClaim) -> bool:
        """The same card, which is to prove itself; another one is asked about as everywhere."""
        if not self.wants_genuine or claim.uid != known.uid:
            return False
        if claim.shown:
            self.session.happen(CardSeenAgain(claim))
            self.identified()
        else:
            self.trouble = CardTrouble.UNREADABLE
        return True

    def by_number(self, then: Callable[[], None], *, at_once: bool = False) -> None:
        """The same, for a page that asks for the card itself and offers the number as another way.

        ``at_once``: a number as long as any can be goes on by itself, for somebody in a hurry.
        """
        self._wait_for(self._what, then)
        self._at_once = at_once
        self.session.show(Screen.NUMBER)

    def number_of_another(self, then: Callable[[NumberClaim], None]) -> None:
        """The number of somebody who is helped, typed by whoever helps them: it changes nobody's visit."""
        self._wait_for(self._what, None)
        self._other, self.typed, self.error = then, "", False
        self.session.show(Screen.NUMBER)

    @property
    def for_another(self) -> bool:
        return self._other is not None

    def _wait_for(self, what: Row, then: Callable[[], None] | None) -> None:
        self._other = None
        self._what, self._then, self._depth = what, then, len(self.session.pages)
        self._at_once = self._by_phone = False
        self.wants_card = self.wants_genuine = False

    def _go_on(self, then: Callable[[], None] | None) -> None:
        """The pages that asked are gone: *back* does not return to them."""
        del self.session.pages[self._depth :]
        self._then = None
        if then is not None:
            then()

    # -- the flow -----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        match screen:
            case Screen.IDENTIFY:
                return self.identify_page()
            case _:
                return self.number_page()

    def touch(self, request: Request) -> bool:
        match request:
            case requests.NumberKey(key=key):
                self.number_key(key)
                if self._at_once and len(self.typed) == self._longest() and self.number_done():
                    self.identified()
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

    # -- card ---------------------------------------------------------------------------------------------------
    def card_failed(self, why: CardTrouble) -> None:
        self.trouble = why
        self.failures += 1

    def card_read(self) -> None:
        self.trouble, self.failures = None, 0

    def identify_page(self) -> IdentifyPage:
        speak = self.session.speak
        number = () if self.wants_card else (Row("number", speak("identify.by_number"), icon="keyboard"),)
        privacy = Row("privacy", speak("screen.privacy_link"), icon="eye")
        text = "identify.text" if self.wants_card else f"identify.text{scans(self.session)}"
        phone = self._signing_in.row() if self._by_phone and not self.wants_card else ()
        ways = (*number, *phone, Row("none", speak("identify.none"), icon="question"), privacy)
        return IdentifyPage(
            matter=self._what.title,
            icon=self._what.icon,
            reader=reader_hint(self.session, speak("identify.title"), speak(text)),
            notice=self._card_notice(),
            other_ways=ways,
        )

    def _card_notice(self) -> Notice | None:
        if self.session.reader is ReaderState.NONE:
            return Notice(NoticeKind.INFO, self.session.speak("identify.no_reader"))
        if self.session.reader is not ReaderState.READY:
            return Notice(NoticeKind.WARN, self.session.speak("strip.reader"))
        if self.trouble is None:
            return None
        word = {
            CardTrouble.UNREADABLE: "read_again",
            CardTrouble.NOT_A_CAMPUS_CARD: "not_ours",
            CardTrouble.NO_NETWORK: "no_network",
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

    def number_scanned(self, claim: NumberClaim) -> None:
        """The same as typing it and going on."""
        self.typed, self.error = "", False
        self._is(claim)
        self.identified()

    def number_done(self) -> bool:
        """Makes the typed number the visit's claim. False, with a sentence on the page, where it cannot be one."""
        if not self._plausible():
            self.error = True
            return False
        typed, self.typed = self.typed, ""
        self._is(NumberClaim(PersonNumber(typed)))
        return True

    def _is(self, claim: NumberClaim) -> None:
        if self._other is None:
            self.session.happen(NumberTyped(claim))
            return
        other, self._other = self._other, None
        self._then = lambda: other(claim)

    def number_page(self) -> NumberPage:
        session, speak = self.session, self.session.speak
        ways = () if self.for_another else (Row("none", speak("identify.none"), icon="question"),)
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
