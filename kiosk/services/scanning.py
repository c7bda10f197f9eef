"""Where a scan leads: a slip to the one ticket it names, a number to where it could have been typed."""

from collections.abc import Callable
from typing import assert_never

from kiosk.domain.identity import NumberClaim
from kiosk.domain.scans import SlipCode, Unreadable, understood
from kiosk.domain.visit import Phase
from kiosk.domain.visit_events import NumberTyped, Touched
from kiosk.services.flows import Flows
from kiosk.services.session import Session
from kiosk.services.views import Screen

#: Pages on which nothing is typed or chosen that another page over them could take away.
OPEN_TO_SLIPS = frozenset(
    {
        Screen.ATTRACT,
        Screen.HOME,
        Screen.SLIP,
        Screen.DONE,
        Screen.TICKETS,
        Screen.IDENTIFY,
        Screen.NUMBER,
        Screen.TOPICS,
        Screen.TOPIC,
        Screen.ARTICLE,
        Screen.NOTICES,
        Screen.PROMISE,
        Screen.PRIVACY,
        Screen.NONE_OF_THESE,
        Screen.UNAVAILABLE,
    }
)
#: What the strip says of a scan that led nowhere.
UNREADABLE, NOT_NOW = "strip.scan_unreadable", "strip.scan_not_now"


class Scanning:
    """``begin`` starts a visit of somebody nobody knows yet."""

    def __init__(self, session: Session, flows: Flows, begin: Callable[[], None]) -> None:
        self._session, self._flows, self._begin = session, flows, begin

    def scanned(self, line: bytes) -> str:
        """The word for the strip, '' where the page says it all. While a question stands, nothing is taken."""
        session = self._session
        if session.campus is None or session.screen is Screen.OUT_OF_SERVICE:
            return ""
        if session.visit.question is not None or session.visit.phase is Phase.WARNING:
            return NOT_NOW
        scan = understood(line, session.campus.number_pattern)
        match scan:
            case SlipCode():
                return self._slip(scan)
            case NumberClaim():
                return self._number(scan)
            case Unreadable():
                return UNREADABLE
            case _:
                assert_never(scan)

    def _slip(self, code: SlipCode) -> str:
        session = self._session
        if session.screen not in OPEN_TO_SLIPS or self._flows.owner(session.screen).busy:
            return NOT_NOW
        if not session.visit.active:
            self._begin()
        elif session.screen is Screen.DONE:
            session.home()
        session.happen(Touched())
        self._flows.slip_look.look(code)
        return ""

    def _number(self, claim: NumberClaim) -> str:
        """As if it had been typed: a claim, nothing is proven by it."""
        session, identifying = self._session, self._flows.identifying
        if session.screen in (Screen.IDENTIFY, Screen.NUMBER) and not identifying.wants_card:
            session.happen(Touched())
            identifying.number_scanned(claim)
            return ""
        if session.claim == claim:
            return ""
        if session.screen not in (Screen.ATTRACT, Screen.HOME) or session.claim is not None:
            return NOT_NOW
        if not session.visit.active:
            self._begin()
        session.happen(NumberTyped(claim))
        return ""
