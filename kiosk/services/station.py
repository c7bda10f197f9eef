"""The kiosk as one visitor meets it: every request, card, answer and beat comes here, and one whole view goes out."""

from collections.abc import Callable
from typing import assert_never

from kiosk.domain import visit_events
from kiosk.domain.campus import Campus
from kiosk.domain.devices import (
    CardFailed,
    CardRead,
    CardReading,
    CardRemoved,
    PrinterState,
    ReaderChanged,
    ReaderEvent,
    ReaderMode,
    Scanned,
    ScannerChanged,
    ScannerEvent,
)
from kiosk.domain.outcomes import Unreachable
from kiosk.domain.speech import HeadphonesChanged, SpeechChanged
from kiosk.domain.visit_events import CardTapped, ContextChanged, Ended, EndReason, Started, Tick
from kiosk.domain.visit_limits import Context
from kiosk.services import chrome, hearing, requests
from kiosk.services.article_requests import ArticlesAnswered, ArticlesChanged
from kiosk.services.flows import Flows
from kiosk.services.hub_requests import EndSession, HubAnswered
from kiosk.services.knocking import Knocking
from kiosk.services.ports import Hub, Outbox, SecretEvent, SlipPrinted
from kiosk.services.requests import Request
from kiosk.services.scanning import Scanning
from kiosk.services.self_testing import SelfTesting
from kiosk.services.session import Session
from kiosk.services.touches import Touches
from kiosk.services.views import Look, Screen, View

#: This many bugs within BUG_WINDOW seconds take the kiosk out of service instead of round in circles.
MOST_BUGS = 5
BUG_WINDOW = 600.0


class Station:
    """Runs on the worker thread. ``show`` gets a view whenever it differs from the last one."""

    def __init__(
        self,
        session: Session,
        flows: Flows,
        outbox: Outbox,
        hub: Hub,
        show: Callable[[View], None],
        reader_mode: ReaderMode = ReaderMode.TAP,
    ) -> None:
        self._session, self._flows, self._outbox, self._hub, self._show = session, flows, outbox, hub, show
        self._touches = Touches(session, flows)
        self._scanning = Scanning(session, flows, self._begin_by_scan)
        self._reader_mode = reader_mode
        self._strip = chrome.StripState()
        self._fill = outbox.fill()
        self._token = ""
        self._generation = session.visit.generation
        self._bugs: list[float] = []
        self._knocking = Knocking()
        self._shown: View | None = None

    @property
    def self_testing(self) -> SelfTesting:
        return self._flows.self_testing

    # -- what happens -------------------------------------------------------------------------------------------
    def request(self, request: Request) -> None:
        """One touch. A request that does not fit what is on the screen (a late one) changes nothing."""
        if self._flows.maintenance.cleaning:
            self._session.happen(visit_events.Touched())  # a cloth presses nothing
        elif isinstance(request, requests.Knocked):
            self._knocked(request)
        elif self._session.screen is not Screen.OUT_OF_SERVICE:
            if not isinstance(request, requests.Touched):
                self._knocking.forget()
                self._session.happen(visit_events.Touched())
            self._touches.do(request)
        self._after()

    def _knocked(self, knock: requests.Knocked) -> None:
        """Whatever was going on ends first, and nothing of it is behind the door. On a keypad *back* means back while
        somebody is in a visit."""
        session = self._session
        if session.campus is None or (knock.by_key and session.visit.active):
            return
        if self._knocking.heard(session.clock.monotonic()):
            session.happen(Ended())
            self._wipe()
            session.happen(Started(session.visit.language))
            self._notice_beginning()
            session.pages[:] = [Screen.MAINTENANCE_DOOR]

    def reader(self, event: ReaderEvent) -> None:
        session = self._session
        match event:
            case ReaderChanged(state=state):
                session.reader, session.reading = state, False
            case CardReading():
                session.reading = True
            case CardFailed(why=why) if self._flows.self_testing.card_failed(why):
                session.reading = False
            case CardRead() if self._flows.self_testing.card_read():
                session.reading = False
            case CardFailed(why=why):
                session.reading = False
                self._flows.identifying.card_failed(why)
                self._strip.card_failed(why, session.clock.monotonic())
            case CardRemoved():
                session.reading = False
                session.happen(visit_events.CardRemoved(self._reader_mode))
            case CardRead(claim=claim):
                session.reading = False
                self._flows.identifying.card_read()
                self._touches.tapped(CardTapped(claim))
            case _:
                assert_never(event)
        self._after()

    def scanner(self, event: ScannerEvent) -> None:
        session = self._session
        match event:
            case ScannerChanged(state=state):
                session.scanner = state
            case Scanned(line=line) if self._flows.self_testing.scanned(bool(line)):
                pass
            case Scanned(line=line):
                word = self._scanning.scanned(line)
                if word:
                    self._strip.say(word, session.clock.monotonic())
            case _:
                assert_never(event)
        self._after()

    def speech(self, event: SpeechChanged | HeadphonesChanged) -> None:
        """Headphones that are plugged in begin speech, and end it when they are taken out."""
        session = self._session
        match event:
            case SpeechChanged(state=state):
                session.speech = state
                if not hearing.can_begin(session):
                    self._touches.stop_hearing()
            case HeadphonesChanged(plugged=plugged):
                changed, session.plugged = plugged is not session.plugged, plugged
                if changed and plugged and session.screen is not Screen.OUT_OF_SERVICE:
                    self._touches.hear()
                elif changed and not plugged:
                    self._touches.stop_hearing()
            case _:
                assert_never(event)
        self._after()

    def printer(self, state: PrinterState) -> None:
        self._session.printer = state
        self._after()

    def articles(self, event: ArticlesAnswered | ArticlesChanged) -> None:
        match event:
            case ArticlesAnswered():
                self._flows.knowledge.answered(event)
            case ArticlesChanged():
                self._flows.knowledge.changed(event)
        self._after()

    def slip_printed(self, event: SlipPrinted) -> None:
        if not self._flows.self_testing.printed(event):
            self._flows.printing.printed(event)
        self._after()

    def secret(self, event: SecretEvent) -> None:
        self._flows.owner(self._session.screen).secret(event)
        self._after()

    def hub_answered(self, answer: HubAnswered) -> None:
        outcome = answer.outcome
        self._session.online = not isinstance(outcome, Unreachable) or outcome.by_hub
        for each in answer.each():
            self._flows.take(each)
        self._fill = self._outbox.fill()
        self._after()

    def campus_changed(self, campus: Campus) -> None:
        session = self._session
        session.campus, session.broken = campus, self._too_many_bugs()
        if session.screen is Screen.OUT_OF_SERVICE:
            session.attract()
        self._after()

    def beat(self) -> None:
        self._session.happen(Tick())
        self._flows.beat()
        self._fill = self._outbox.fill()
        self._after()

    def recover(self) -> None:
        """After a bug: the visit ends, nothing of it stays; too many bugs and the kiosk says it is out of service."""
        self._bugs.append(self._session.clock.monotonic())
        self._session.happen(Ended(EndReason.OUT_OF_SERVICE))
        self._wipe()
        if self._too_many_bugs():
            self._session.broken = True
            self._session.attract()
        self._emit()

    def _too_many_bugs(self) -> bool:
        since = self._session.clock.monotonic() - BUG_WINDOW
        self._bugs[:] = [at for at in self._bugs if at >= since][-MOST_BUGS:]
        return len(self._bugs) >= MOST_BUGS

    # -- after everything ---------------------------------------------------------------------------------------
    def _after(self) -> None:
        session, flows = self._session, self._flows
        self._notice_beginning()
        if session.visit.active and session.out and session.screen not in flows.at_the_door:
            session.happen(Ended())  # the door leads to staff's pages alone, also by another card or for want of a PIN
        if not session.visit.active and session.screen not in (Screen.ATTRACT, Screen.OUT_OF_SERVICE):
            self._wipe()
        if not session.visit.active and session.closed is not None:
            session.attract()
        if session.campus is None:
            session.pages[:] = [Screen.OUT_OF_SERVICE]
        flows.settle()
        if session.verified:
            self._token = session.verified.session
        self._set_context()
        self._emit()

    def _begin_by_scan(self) -> None:
        """In the house's language, as with a card."""
        self._session.happen(Started(self._session.visit.language))
        self._notice_beginning()

    def _notice_beginning(self) -> None:
        if self._session.visit.generation != self._generation and self._session.visit.active:
            self._begun()

    def _begun(self) -> None:
        """A new visitor, maybe straight after another one: nothing of the one before is carried over.

        But who showed a card because a page asked for one is still doing what it was asked for.
        """
        self._generation = self._session.visit.generation
        wanted = self._session.screen
        wish = self._flows.proving.wish if self._flows.identifying.began else None
        self._wipe()
        self._session.home()
        if wanted is Screen.PRIVACY:
            self._session.show(wanted)
        if wish is not None:
            self._flows.proving.resume(wish)
        elif self._session.behind_counter and self._session.claim is not None:
            self._flows.desk_work.identified()

    def _wipe(self) -> None:
        """Everything of the visitor goes; what was handed in stays in the outbox."""
        if self._token:
            self._hub.ask(EndSession(self._token))
            self._token = ""
        self._flows.forget()
        self._touches.leaving = False
        self._strip.said = ""
        self._session.attract()

    def _set_context(self) -> None:
        visit, screen = self._session.visit, self._session.screen
        if not visit.active or screen is Screen.DONE:
            return
        owner = self._flows.owner(screen)
        personal = Context.PERSONAL if screen in owner.personal else Context.ORDINARY
        ordinary = Context.UPKEEP if screen in owner.upkeep else personal
        duty = Context.COUNTER if self._session.behind_counter else Context.DESK
        ordinary = duty if screen in owner.duty else ordinary
        wanted = Context.PAYING if screen in owner.paying else ordinary
        if visit.context is not wanted:
            self._session.happen(ContextChanged(wanted))

    def _emit(self) -> None:
        view = self._view()
        if view != self._shown:
            self._shown = view
            self._show(view)

    # -- the view -----------------------------------------------------------------------------------------------
    def _view(self) -> View:
        session = self._session
        visit = session.visit
        return View(
            page=self._flows.page(session),
            look=Look(visit.language, visit.aids.large, visit.aids.high_contrast, visit.aids.reach),
            frame=chrome.frame(session),
            ear=hearing.ear(session),
            hearable=hearing.can_begin(session),
            strip=self._strip.strip(session, self._fill),
            bar=chrome.bar(session, session.screen, self._flows.owner(session.screen).left(session.screen)),
            question=chrome.question(session, self._touches.leaving, self._flows.maintenance.cleaning),
            visit=visit.generation if visit.active else -visit.generation,
        )
