"""The use cases of one visit, together."""

from dataclasses import dataclass

from kiosk.services.identifying import Identifying
from kiosk.services.my_tickets import MyTickets
from kiosk.services.reporting import Reporting
from kiosk.services.submission import Submission


@dataclass(frozen=True, slots=True)
class Flows:
    identifying: Identifying
    submission: Submission
    reporting: Reporting
    tickets: MyTickets

    def forget(self) -> None:
        """Everything of the visitor goes; what was handed in stays in the outbox."""
        self.identifying.forget()
        self.submission.forget()
        self.reporting.forget()
        self.tickets.forget()
