"""What a touch or a card leads to: from request to the next page. What does not fit the page changes nothing."""

from dataclasses import replace

from kiosk.domain import visit_events
from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing
from kiosk.domain.visit import Phase
from kiosk.domain.visit_events import (
    AidsChanged,
    CardTapped,
    Ended,
    GoOn,
    LanguageChanged,
    Started,
    UseOtherCard,
)
from kiosk.domain.visit_limits import Aids
from kiosk.services import hearing, requests
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
    requests.SearchFor: Screen.SEARCH,
    requests.SelectTicket: Screen.TICKETS,
    requests.PasswordNext: Screen.PASSWORD,
    requests.PasswordBack: Screen.PASSWORD,
}
#: What can be asked for while nobody is in a visit.
_STARTS = (requests.Start, requests.ShowPrivacy, requests.HearScreen)


class Touches:
    """``leaving``: the visitor is asked whether what was filled in may be thrown away."""

    def __init__(self, session: Session, flows: Flows) -> None:
        self._session, self._flows = session, flows
        self.leaving = False

    def do(self, request: Request) -> None:
        session = self._session
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
            case requests.HearScreen():
                self.hear()
            case requests.Hear(how=how):
                self._hear_so(how)
            case requests.End():
                session.happen(Ended())
            case requests.Stay():
                self._stay()
            case requests.Leave():
                self._leave()
            case requests.Back():
                self._back()
            case _:
                self._on_the_page(request)

    def _on_the_page(self, request: Request) -> None:
        """The flow that owns the page comes first; a row it does not know may lead into another one."""
        owner = self._flows.owner(self._session.screen)
        if isinstance(request, requests.Open) and owner.busy:
            return
        if isinstance(request, requests.Choose) and request.page != self._session.screen:
            return
        action = owner.shows_more(request)
        if action is not None and self._is_stale():
            self._flows.proving.prove(action, lambda: self._on_the_page(request))
        elif not owner.touch(request) and isinstance(request, requests.Open):
            self._flows.enter(request.id)

    def _is_stale(self) -> bool:
        return self._session.verified is not None and not self._flows.proving.is_fresh

    def _stay(self) -> None:
        """After a warning the PIN is asked again before a secret is typed, not when it is sealed: it would be lost."""
        session, screen = self._session, self._session.screen
        self.leaving = False
        session.happen(GoOn())
        action = self._flows.owner(screen).types_for(screen)
        if action is not None and self._is_stale():
            session.back()
            self._flows.proving.prove(action, lambda: session.show(screen))

    def _start(self, language: Language) -> None:
        if not self._session.visit.active and self._session.campus is not None:
            self._session.happen(Started(language))
            self._session.home()

    def hear(self) -> None:
        """Speech begins, in a visit of its own where nobody is here."""
        session = self._session
        if not hearing.can_begin(session):
            return
        self._start(session.visit.language)
        if session.visit.active and session.visit.aids.speech is None:
            session.happen(AidsChanged(replace(session.visit.aids, speech=Hearing())))

    def stop_hearing(self) -> None:
        if self._session.visit.aids.speech is not None:
            self._session.happen(AidsChanged(replace(self._session.visit.aids, speech=None)))

    def _hear_so(self, how: str) -> None:
        aids = self._session.visit.aids
        if aids.speech is None:
            return
        steps = {"louder": aids.speech.louder(1), "softer": aids.speech.louder(-1), "speed": aids.speech.faster()}
        if how in steps:
            self._session.happen(AidsChanged(replace(aids, speech=steps[how])))

    def _leave(self) -> None:
        session = self._session
        if session.visit.question is not None:
            session.happen(UseOtherCard())
            if session.card is not None:
                self._flows.card_seen(session.card)
        elif session.visit.phase is Phase.WARNING:
            session.happen(Ended())
        elif self.leaving:
            self.leaving = False
            self._flows.owner(session.screen).forget()
            session.home()

    def _back(self) -> None:
        session = self._session
        owner = self._flows.owner(session.screen)
        if session.screen in (Screen.HOME, Screen.DONE) or owner.busy or owner.back():
            return
        if owner.asks_before_leaving(session.screen):
            self.leaving = True
            return
        session.back()

    def tapped(self, event: CardTapped) -> None:
        session = self._session
        knew = session.claim
        was_active = session.visit.active
        if session.campus is None or session.screen is Screen.OUT_OF_SERVICE:
            return
        if was_active and self._flows.desk_work.meets(event.claim):
            return
        if was_active and session.visit.question is None and self._flows.owner(session.screen).takes_card(event.claim):
            session.happen(visit_events.Touched())
            if session.card == event.claim:
                self._flows.card_seen(event.claim)
            return
        session.happen(event)
        self._flows.card_seen(event.claim)
        if not was_active and session.visit.active:
            session.home()
        elif knew is None and session.claim is not None:
            self._flows.owner(session.screen).identified()


def toggled(aids: Aids, aid: str) -> Aids:
    return replace(
        aids,
        large=aids.large != (aid == "large"),
        high_contrast=aids.high_contrast != (aid == "contrast"),
        reach=aids.reach != (aid == "reach"),
    )
