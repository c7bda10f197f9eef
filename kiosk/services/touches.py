"""What a touch or a card leads to: from request to the next page. What does not fit the page changes nothing."""

from typing import assert_never

from kiosk.domain import visit_events
from kiosk.domain.drafts import ContactOnFile
from kiosk.domain.language import Language
from kiosk.domain.visit import Phase, pin_is_fresh
from kiosk.domain.visit_events import AidsChanged, CardTapped, Ended, GoOn, LanguageChanged, Started, UseOtherCard
from kiosk.domain.visit_limits import Aids
from kiosk.services import requests
from kiosk.services.answers import HubAnswers
from kiosk.services.flows import Flows
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import Screen

#: Requests of one page; a finger that was faster than the change of page must not act on the next one.
_PAGE_OF: dict[type, Screen] = {
    requests.NumberKey: Screen.NUMBER,
    requests.NumberDone: Screen.NUMBER,
    requests.ChooseService: Screen.CATEGORY,
    requests.ChooseSymptom: Screen.DETAILS,
    requests.ChooseImpact: Screen.DETAILS,
    requests.Submit: Screen.DETAILS,
    requests.ChooseLetter: Screen.PLACE,
    requests.ChoosePlace: Screen.PLACE,
    requests.NoteDone: Screen.NOTE,
    requests.Again: Screen.DONE,
    requests.SelectTicket: Screen.TICKETS,
}
#: What can be asked for while nobody is in a visit.
_STARTS = (requests.Start, requests.ShowPrivacy)


class Touches:
    """``leaving``: the visitor is asked whether what was filled in may be thrown away."""

    def __init__(self, session: Session, flows: Flows, answers: HubAnswers) -> None:
        self._session, self._flows, self._answers = session, flows, answers
        self.leaving = False

    def do(self, request: Request) -> None:
        session, flows = self._session, self._flows
        if not session.visit.active and not isinstance(request, _STARTS):
            return
        if _PAGE_OF.get(type(request), session.screen) is not session.screen:
            return
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
                session.happen(AidsChanged(toggled(session.visit.aids, aid)))
            case requests.End():
                session.happen(Ended())
            case requests.Stay():
                self.leaving = False
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
                if flows.identifying.number_done():
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
                flows.reporting.write(text)
            case requests.Submit():
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
        elif self.leaving:
            self.leaving = False
            self._flows.reporting.forget()
            session.home()

    def _back(self) -> None:
        session, flows = self._session, self._flows
        if session.screen in (Screen.HOME, Screen.DONE) or flows.submission.busy or flows.reporting.back():
            return
        if session.screen is Screen.CATEGORY and flows.reporting.half_filled:
            self.leaving = True
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
        elif row == "answer":
            flows.identifying.purpose = "answer"
            flows.reporting.open(row)
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

    def tapped(self, event: CardTapped) -> None:
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
            flows.reporting.answer_by(ContactOnFile())
        elif session.screen in (Screen.IDENTIFY, Screen.NUMBER):
            session.home()
            self._to_tickets()

    def _again(self) -> None:
        session, result = self._session, self._flows.submission.result
        if result is None:
            return
        if result.reference:
            session.home()
        else:
            session.pages[:] = [Screen.HOME, Screen.CATEGORY, Screen.DETAILS]
        self._flows.submission.result = None


def toggled(aids: Aids, aid: str) -> Aids:
    return Aids(
        large=aids.large != (aid == "large"),
        high_contrast=aids.high_contrast != (aid == "contrast"),
        reach=aids.reach != (aid == "reach"),
    )
