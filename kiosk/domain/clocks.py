"""The two clocks of a ticket, until somebody answers and until it is solved, and when somebody is told of them.

They run from when the hub has it, stand while nobody at the desk can do anything, and follow its priority. What was
answered stays judged by what was promised until then.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from kiosk.domain.calendar import Pause, ServiceHours, Span, due
from kiosk.domain.tickets import TicketState

_RUN = frozenset({TicketState.NEW, TicketState.IN_PROGRESS})


class Promised(StrEnum):
    RESPOND = "respond"
    RESOLVE = "resolve"


class Rung(StrEnum):
    """Who is told of a promise: its owner before it breaks, the lead when it does, whoever is on call long after."""

    BEFORE = "before"
    BREACH = "breach"
    AFTER = "after"

    @property
    def percent(self) -> int:
        """How much of the promised time is over then."""
        return {Rung.BEFORE: 75, Rung.BREACH: 100, Rung.AFTER: 150}[self]


def stands(state: TicketState) -> bool:
    """Whether the clocks stand: it waits for its requester or an approver, or is over."""
    return state not in _RUN


def steps(start: datetime, span: Span, calendar: ServiceHours, pauses: Sequence[Pause] = ()) -> dict[Rung, datetime]:
    """When which rung is reached, in order."""
    return {rung: due(start, span, calendar, pauses, percent=rung.percent) for rung in Rung}
