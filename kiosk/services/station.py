"""The kiosk as one visitor meets it: every request, card, answer and beat comes here, and one whole view goes out."""

from collections.abc import Callable
from dataclasses import dataclass
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
)
from kiosk.domain.language import Language
from kiosk.domain.visit import Phase, pin_is_fresh
from kiosk.domain.visit_events import (
    AidsChanged,
    CardTapped,
    ContextChanged,
    Ended,
    EndReason,
    GoOn,
    LanguageChanged,
    Started,
    Tick,
    UseOtherCard,
)
from kiosk.domain.visit_limits import Aids, Context
from kiosk.services import chrome, desk_pages, requests
from kiosk.services.answers import HubAnswers
from kiosk.services.done_page import done_page
from kiosk.services.hub_requests import EndSession, HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.my_tickets import MyTickets
from kiosk.services.ports import Hub, Outbox, PinDigits, PinFailed, PinForgotten, PinSealed, SlipPrinted
from kiosk.services.reporting import Reporting
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import attract_page, home_page, matter_of
from kiosk.services.submission import Submission
from kiosk.services.views import DonePage, Look, Page, Screen, View

#: This many bugs within BUG_WINDOW seconds take the kiosk out of service instead of round in circles.
MOST_BUGS = 5
BUG_WINDOW = 600.0


@dataclass(frozen=True, slots=True)
class Flows:
    """The use cases of a visit."""

    identifying: Identifying
    submission: Submission
    reporting: Reporting
    tickets: MyTickets


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
        self._answers = HubAnswers(session, flows.identifying, flows.submission, flows.tickets)
        self._reader_mode = reader_mode
        self._strip = chrome.StripState()
        self._fill = outbox.fill()
        self._leaving = False
        self._token = ""
        self._generation = session.visit.generation
        self._bugs: list[float] = []
        self._shown: View | None = None

    # -- what happens -------------------------------------------------------------------------------------------
    def request(self, request: Request) -> None:
        """One touch. A request that does not fit what is on the screen (a late one) changes nothing."""
        if self._session.screen is not Screen.OUT_OF_SERVICE:
            if not isinstance(request, requests.Touched):
                self._session.happen(visit_events.Touched())
            self._do(request)
        self._after()

    def reader(self, event: ReaderEvent) -> None:
        session = self._session
        match event:
            case ReaderChanged(state=state):
                session.reader, session.reading = state, False
            case CardReading():
                session.reading = True
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
                self._tapped(CardTapped(claim))
            case _:
                assert_never(event)
        self._after()

    def printer(self, state: PrinterState) -> None:
        self._session.printer = state
        self._after()

    def slip_printed(self, event: SlipPrinted) -> None:
        self._flows.submission.printed(event)
        self._after()

    def pin_event(self, event: PinDigits | PinSealed | PinForgotten | PinFailed) -> None:
        identifying = self._flows.identifying
        if self._session.screen is Screen.PIN:
            match event:
                case PinDigits(count=count):
                    identifying.pin_digits(count)
                case PinSealed():
                    if not self._session.online or not identifying.pin_sealed(event):
                        self._answers.unavailable()
                case PinForgotten():
                    identifying.pin_forgotten()
                case PinFailed():
                    identifying.pin_failed()
        self._after()

    def hub_answered(self, answer: HubAnswered) -> None:
        self._answers.take(answer)
        self._fill = self._outbox.fill()
        self._after()

    def campus_changed(self, campus: Campus) -> None:
        session = self._session
        session.campus = campus
        if session.screen is Screen.OUT_OF_SERVICE and not self._too_many_bugs():
            session.attract()
        self._after()

    def beat(self) -> None:
        self._session.happen(Tick())
        self._flows.submission.beat()
        self._flows.identifying.beat()
        self._fill = self._outbox.fill()
        self._after()

    def recover(self) -> None:
        """After a bug: the visit ends, nothing of it stays; too many bugs and the kiosk says it is out of service."""
        self._bugs.append(self._session.clock.monotonic())
        self._session.happen(Ended(EndReason.OUT_OF_SERVICE))
        self._wipe()
        if self._too_many_bugs():
            self._session.pages[:] = [Screen.OUT_OF_SERVICE]
        self._emit()

    def _too_many_bugs(self) -> bool:
        since = self._session.clock.monotonic() - BUG_WINDOW
        self._bugs[:] = [at for at in self._bugs if at >= since][-MOST_BUGS:]
        return len(self._bugs) >= MOST_BUGS

    # -- requests -----------------------------------------------------------------------------------------------
    def _do(self, request: Request) -> None:
        session, flows = self._session, self._flows
        match request:
            case requests.Start(language=language):
                self._start(language)
            case requests.Touched():
                session.happen(visit_events.Touched())
            case requests.ShowPrivacy():
                self._start(session.visit.language)
                session.show(Screen.PRIVACY)
            case requests.ChooseLanguage(language=language):
                session.happen(LanguageChanged(language))
            case requests.ToggleAid(aid=aid):
                session.happen(AidsChanged(_toggled(session.visit.aids, aid)))
            case requests.End():
                session.happen(Ended())
            case requests.Stay():
                self._leaving = False
                session.happen(GoOn())
            case requests.Leave():
                self._leave()
            case requests.Back():
                self._back()
            case requests.Open(id=row):
                self._open(row)
            case requests.NumberKey(key=key):
                flows.identifying.number_key(key)
            case requests.NumberDone():
                if session.screen is Screen.NUMBER and flows.identifying.number_done():
                    self._identified()
            case requests.ChooseService(id=service):
                flows.reporting.choose_service(service)
            case requests.ChooseSymptom(id=symptom):
                flows.reporting.draft.choose_symptom(symptom)
            case requests.ChooseImpact(id=impact):
                flows.reporting.draft.choose_impact(impact)
            case requests.ChooseLetter(letter=letter):
                flows.reporting.draft.letter = letter
            case requests.ChoosePlace(id=place):
                flows.reporting.choose_place(place)
            case requests.NoteDone(text=text):
                if session.screen is Screen.NOTE:
                    flows.reporting.write(text)
            case requests.Submit():
                if session.screen is Screen.DETAILS:
                    flows.identifying.purpose = "answer"
                    flows.reporting.submit()
            case requests.Again():
                self._again()
            case requests.SelectTicket(id=reference):
                flows.tickets.select(reference)
            case _:
                assert_never(request)

    def _start(self, language: Language) -> None:
        if not self._session.visit.active and self._session.campus is not None:
            self._session.happen(Started(language))
            self._session.home()

    def _leave(self) -> None:
        session = self._session
        if session.visit.question is not None:
            session.happen(UseOtherCard())
        elif session.visit.phase is Phase.WARNING:
            session.happen(Ended())
        elif self._leaving:
            self._leaving = False
            self._flows.reporting.forget()
            session.home()

    def _back(self) -> None:
        session, flows = self._session, self._flows
        if session.screen in (Screen.HOME, Screen.DONE) or flows.submission.busy or flows.reporting.back():
            return
        if session.screen is Screen.CATEGORY and flows.reporting.half_filled:
            self._leaving = True
            return
        if session.screen is Screen.NUMBER:
            flows.identifying.number_key("clear")
        session.back()

    def _open(self, row: str) -> None:
        session, flows = self._session, self._flows
        if not session.visit.active or flows.submission.busy:
            return
        if row == "report":
            session.show(Screen.CATEGORY)
        elif row == "tickets":
            flows.identifying.purpose = "tickets"
            self._to_tickets()
        elif row == "number":
            session.show(Screen.NUMBER)
        elif row == "none":
            session.show(Screen.NONE_OF_THESE)
        elif row == "privacy":
            session.show(Screen.PRIVACY)
        else:
            flows.reporting.open(row)

    def _to_tickets(self) -> None:
        session, flows = self._session, self._flows
        if not session.online:
            session.show(Screen.UNAVAILABLE)
        elif session.claim is None:
            session.show(Screen.IDENTIFY)
        elif pin_is_fresh(session.visit, session.clock.monotonic()):
            session.show(Screen.TICKETS)
            if not flows.tickets.fetch():
                self._answers.unavailable()
        else:
            session.show(Screen.PIN)
            flows.identifying.open_pin(session.claim)

    def _tapped(self, event: CardTapped) -> None:
        session = self._session
        knew = session.claim
        was_active = session.visit.active
        if session.campus is None or session.screen is Screen.OUT_OF_SERVICE:
            return
        session.happen(event)
        if not was_active and session.visit.active:
            session.home()
        elif knew is None and session.claim is not None:
            self._identified()

    def _identified(self) -> None:
        """Somebody has just said who they are: the page that asked for it goes on by itself."""
        session, flows = self._session, self._flows
        if session.screen is Screen.ANSWER or (
            session.screen is Screen.NUMBER and flows.identifying.purpose == "answer"
        ):
            flows.reporting.hand_in()
        elif session.screen in (Screen.IDENTIFY, Screen.NUMBER):
            session.home()
            self._to_tickets()

    def _again(self) -> None:
        session, result = self._session, self._flows.submission.result
        if session.screen is not Screen.DONE or result is None:
            return
        if result.reference:
            session.home()
        else:
            session.pages[:] = [Screen.HOME, Screen.CATEGORY, Screen.DETAILS]
        self._flows.submission.result = None

    # -- after everything ---------------------------------------------------------------------------------------
    def _after(self) -> None:
        session, flows = self._session, self._flows
        if session.visit.generation != self._generation and session.visit.active:
            self._begun()
        if not session.visit.active and session.screen not in (Screen.ATTRACT, Screen.OUT_OF_SERVICE):
            self._wipe()
        if session.campus is None:
            session.pages[:] = [Screen.OUT_OF_SERVICE]
        if session.screen is not Screen.PIN:
            flows.identifying.leave_pin()
        if session.screen is Screen.DONE:
            flows.reporting.settled()
        if session.verified:
            self._token = session.verified.session
        self._set_context()
        self._emit()

    def _begun(self) -> None:
        """A new visitor, maybe straight after another one: nothing of the one before is carried over."""
        self._generation = self._session.visit.generation
        wanted = self._session.screen
        self._wipe()
        self._session.home()
        if wanted is Screen.PRIVACY:
            self._session.show(wanted)

    def _wipe(self) -> None:
        """Everything of the visitor goes; what was handed in stays in the outbox."""
        if self._token:
            self._hub.ask(EndSession(self._token))
            self._token = ""
        self._flows.identifying.forget()
        self._flows.submission.forget()
        self._flows.reporting.forget()
        self._flows.tickets.forget()
        self._leaving = False
        self._strip.card_trouble = None
        self._session.attract()

    def _set_context(self) -> None:
        visit, screen = self._session.visit, self._session.screen
        if not visit.active or screen is Screen.DONE:
            return
        wanted = Context.PERSONAL if screen is Screen.TICKETS else Context.ORDINARY
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
            page=self._page(session.screen),
            look=Look(visit.language, visit.aids.large, visit.aids.high_contrast, visit.aids.reach),
            frame=chrome.frame(session),
            strip=self._strip.strip(session, self._fill),
            bar=chrome.bar(session, session.screen),
            question=chrome.question(session, self._leaving),
            visit=visit.generation if visit.active else -visit.generation,
        )

    def _page(self, screen: Screen) -> Page:
        session, flows = self._session, self._flows
        match screen:
            case Screen.ATTRACT:
                return attract_page(session)
            case Screen.HOME:
                return home_page(session)
            case Screen.IDENTIFY:
                matter, icon = matter_of(session, flows.identifying.purpose)
                return flows.identifying.identify_page(matter, icon)
            case Screen.NUMBER:
                return flows.identifying.number_page()
            case Screen.PIN:
                return flows.identifying.pin_page()
            case Screen.NONE_OF_THESE:
                return desk_pages.none_of_these_page(session)
            case Screen.CATEGORY:
                return flows.reporting.category_page()
            case Screen.DETAILS:
                return flows.reporting.details_page()
            case Screen.PLACE:
                return flows.reporting.place_page()
            case Screen.NOTE:
                return flows.reporting.note_page()
            case Screen.ANSWER:
                return flows.reporting.answer_page()
            case Screen.DONE:
                result = flows.submission.result
                return done_page(session, result, flows.submission.handed_in) if result else DonePage()
            case Screen.TICKETS:
                return flows.tickets.page()
            case Screen.PRIVACY:
                return desk_pages.privacy_page(session)
            case Screen.UNAVAILABLE:
                return desk_pages.unavailable_page(session)
            case Screen.OUT_OF_SERVICE:
                return desk_pages.out_of_service_page(session, preparing=session.campus is None)
            case _:
                assert_never(screen)


def _toggled(aids: Aids, aid: str) -> Aids:
    return Aids(
        large=aids.large != (aid == "large"),
        high_contrast=aids.high_contrast != (aid == "contrast"),
        reach=aids.reach != (aid == "reach"),
    )
