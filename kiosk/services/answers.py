"""The hub's answers, as far as a visitor waits for them; an answer to a visit that is over changes nothing."""

from kiosk.domain.identity import Verified
from kiosk.domain.outcomes import PinRefused, Refused, TicketAccepted, Unreachable
from kiosk.domain.ticket_views import TicketList
from kiosk.domain.visit_events import PinAccepted
from kiosk.services.hub_requests import Deliver, FetchMyTickets, HubAnswered, VerifyPin
from kiosk.services.identifying import Identifying
from kiosk.services.my_tickets import MyTickets
from kiosk.services.session import Session
from kiosk.services.submission import Submission
from kiosk.services.views import Screen


class HubAnswers:
    def __init__(self, session: Session, identifying: Identifying, submission: Submission, tickets: MyTickets) -> None:
        self._session, self._identifying = session, identifying
        self._submission, self._tickets = submission, tickets

    def take(self, answer: HubAnswered) -> None:
        session, outcome = self._session, answer.outcome
        session.online = not isinstance(outcome, Unreachable)
        match answer.request:
            case Deliver(parcel=parcel):
                if isinstance(outcome, TicketAccepted | Refused | Unreachable):
                    self._submission.answered(parcel.op_id.value, outcome)
            case VerifyPin(visit=visit) if visit == session.visit.generation and session.screen is Screen.PIN:
                self._pin(outcome)
            case FetchMyTickets(visit=visit) if visit == session.visit.generation and session.screen is Screen.TICKETS:
                if isinstance(outcome, TicketList):
                    self._tickets.show(outcome)
                else:
                    self.unavailable()
            case _:
                return

    def unavailable(self) -> None:
        """The page that needs the hub gives way to what can be done without it."""
        self._session.replace(Screen.UNAVAILABLE)

    def _pin(self, outcome: object) -> None:
        if isinstance(outcome, Verified):
            self._session.happen(PinAccepted(outcome, self._session.visit.generation))
            if self._session.verified is None:
                return
            self._session.replace(Screen.TICKETS)
            if not self._tickets.fetch():
                self.unavailable()
        elif isinstance(outcome, PinRefused):
            self._identifying.pin_refused(outcome)
        else:
            self.unavailable()
