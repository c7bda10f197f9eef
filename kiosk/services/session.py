"""What all flows of one visit share: the visit itself, the page stack, the campus, time and words."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.domain.campus import Campus
from kiosk.domain.devices import PrinterState, ReaderState, ScannerState
from kiosk.domain.health import Board
from kiosk.domain.identity import CardClaim, Claim, Claimed, NumberClaim, Verified
from kiosk.domain.policy import Policy
from kiosk.domain.policy_told import PolicyRule, policy_told
from kiosk.domain.presence import Neighbours
from kiosk.domain.speech import SpeechState
from kiosk.domain.upkeep import Closed
from kiosk.domain.visit import Visit, after
from kiosk.domain.visit_events import Event
from kiosk.services import when
from kiosk.services.ports import Clock
from kiosk.services.views import Screen
from kiosk.words import Speaker

#: Deepest page stack; a visitor who goes round in circles loses the oldest step back, nothing else.
MOST_PAGES = 24
_UTC = ZoneInfo("UTC")


@lru_cache(maxsize=1)
def _policy(rules: tuple[PolicyRule, ...]) -> Policy:
    return policy_told(rules)


@dataclass(slots=True)
class Session:
    """Owned by the worker thread. ``pages`` is never empty; the last one is shown."""

    clock: Clock
    visit: Visit = field(default_factory=Visit)
    campus: Campus | None = None
    pages: list[Screen] = field(default_factory=lambda: [Screen.ATTRACT])
    online: bool = True
    reader: ReaderState = ReaderState.NONE
    genuine_cards: bool = False  # some cards of this campus can prove themselves to the hub
    reading: bool = False  # a card lies on the reader and is being read
    printer: PrinterState = PrinterState.NONE
    scanner: ScannerState = ScannerState.NONE
    speech: SpeechState = SpeechState.NONE
    private: bool = False  # sound comes out of a socket for headphones and nowhere else
    plugged: bool = False  # headphones are in
    closed: Closed | None = None  # out of service by somebody's decision
    broken: bool = False  # out of service because of too many bugs
    neighbours: Neighbours | None = None  # the last that was heard of other kiosks
    health: Board = ()  # what is believed of this kiosk's parts (services.health)
    slip_position: str = "below"
    reader_position: str = "below_right"
    behind_counter: bool = False  # staff's own kiosk: it begins at the door of the desk

    @property
    def screen(self) -> Screen:
        return self.pages[-1]

    @property
    def speak(self) -> Speaker:
        return Speaker(self.visit.language)

    @property
    def claim(self) -> Claim | None:
        who = self.visit.who
        return who.claim if isinstance(who, Claimed | Verified) else None

    @property
    def card(self) -> CardClaim | None:
        return self.claim if isinstance(self.claim, CardClaim) else None

    @property
    def number(self) -> NumberClaim | None:
        return self.claim if isinstance(self.claim, NumberClaim) else None

    @property
    def verified(self) -> Verified | None:
        return self.visit.who if isinstance(self.visit.who, Verified) else None

    @property
    def policy(self) -> Policy:
        """The campus's own, as the snapshot has it; as shipped where that says nothing."""
        return _policy(self.campus.policy if self.campus else ())

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.campus.zone) if self.campus else _UTC

    @property
    def now(self) -> datetime:
        """Hub time as far as it is known: for words, never for decisions."""
        return self.clock.hub_now().at

    def happen(self, event: Event) -> None:
        self.visit = after(self.visit, event, self.clock.monotonic())

    def show(self, screen: Screen) -> None:
        """Goes on to ``screen``; going on to a page that is already below goes back to it."""
        if screen in self.pages:
            del self.pages[self.pages.index(screen) + 1 :]
            return
        self.pages.append(screen)
        del self.pages[1:-MOST_PAGES]

    def replace(self, screen: Screen) -> None:
        """Shows ``screen`` in the place of the current page: *back* does not return to that one."""
        self.pages.pop()
        if not self.pages or self.pages[-1] is not screen:
            self.pages.append(screen)

    def back(self) -> None:
        if len(self.pages) > 1:
            self.pages.pop()

    def home(self) -> None:
        self.pages[:] = [Screen.DESK_DOOR if self.behind_counter else Screen.HOME]

    @property
    def out(self) -> bool:
        """Out of service: by somebody's decision, or because of too many bugs."""
        return self.closed is not None or self.broken

    def attract(self) -> None:
        """What stands while nobody is here."""
        self.pages[:] = [Screen.OUT_OF_SERVICE if self.out else Screen.ATTRACT]

    def desk_line(self) -> str:
        """图书馆一层 · 8:00–18:00 · 8231 0000, as far as it is known."""
        if self.campus is None:
            return ""
        desk = self.campus.desk
        place = desk.place.of(self.visit.language)
        hours = when.hours_on(self.now.astimezone(self.zone).date(), desk)
        phone = desk.phone.replace(" ", "\N{NO-BREAK SPACE}")  # a number is not broken at a line's end
        return " · ".join(part for part in (place, hours, phone) if part)
