"""The ticket a scanned slip leads to, to read only: what its code shows on a phone, and not more."""

from kiosk.domain.outcomes import Refused
from kiosk.domain.scans import SlipCode
from kiosk.domain.ticket_views import TicketView
from kiosk.services import ticket_words
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered, LookAtSlip
from kiosk.services.ports import Hub
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.views import Page, Row, Screen, SlipPage


class SlipLook(Flow):
    """Nobody is asked who they are: whoever holds the slip may read it."""

    screens = personal = frozenset({Screen.SLIP})

    def __init__(self, session: Session, hub: Hub, front: Front) -> None:
        self._session, self._hub, self._front = session, hub, front
        self.forget()

    def forget(self) -> None:
        self._asked: LookAtSlip | None = None
        self._seen: TicketView | None = None

    def look(self, code: SlipCode) -> None:
        session = self._session
        self._asked, self._seen = LookAtSlip(code, session.visit.generation), None
        session.show(Screen.SLIP)
        if not session.online or not self._hub.ask(self._asked):
            self._cannot("slip_look")

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, LookAtSlip):
            return False
        if answer.request == self._asked:
            match answer.outcome:
                case TicketView() as ticket:
                    self._seen = ticket
                case Refused():
                    self._cannot("slip_gone")
                case _:
                    self._cannot("slip_look")
        return True

    def page(self, screen: Screen) -> Page:
        session, speak, ticket = self._session, self._session.speak, self._seen
        if ticket is None:
            return SlipPage(
                title=speak("slip_look.title"),
                loading=True,
                more=speak("slip_look.more"),
                done=speak("slip_look.done"),
            )
        word = ticket_words.state_word(session, ticket.state)
        chip = Row(ticket.state, word, chip_kind=ticket_words.CHIP.get(ticket.state, "mute"))
        return SlipPage(
            title=speak("slip_look.title"),
            chips=(chip,) if word else (),
            detail=ticket_words.detail(session, ticket),
            note=speak("slip_look.note"),
            more=speak("slip_look.more"),
            done=speak("slip_look.done"),
        )

    def _cannot(self, words: str) -> None:
        """Whoever has gone on to another page meanwhile is left there."""
        session = self._session
        self.forget()
        if session.screen is Screen.SLIP:
            session.back()
            self._front.cannot(words, "clipboard-text", tile(session, "tickets", "clipboard-text"))
