"""What one report adds to the five figures, read from its history: when somebody at the desk was first at work on it,
when it was solved, and whether that took one contact. Time is the desk's service time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.calendar import Pause, ServiceHours
from kiosk.domain.elapsed import open_seconds
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.history import APPROVER, HUB, MONITORING, REQUESTER
from kiosk.hub.store.figure_tables import TicketFact
from kiosk.hub.store.tables import HistoryLine, Ticket

_STATE = "state:"
_WAITS = f"{_STATE}{TicketState.WAITING_FOR_REQUESTER}"
_SOLVED = frozenset({f"{_STATE}{TicketState.RESOLVED}", f"{_STATE}{TicketState.CLOSED}"})
_WORK = frozenset({f"{_STATE}{TicketState.IN_PROGRESS}", _WAITS, "answered", *_SOLVED})
_OPEN = frozenset(f"{_STATE}{state}" for state in TicketState if state.is_open)
_NOT_THE_DESK = frozenset({REQUESTER, HUB, APPROVER, MONITORING})


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a kiosk stands: its place's code, and the building."""

    code: str
    building: str


NOWHERE = Stand("", "")


@dataclass(slots=True)
class _Course:
    """A report's history, gone through once."""

    first_work: datetime | None = None
    solved: datetime | None = None
    standing_since: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)
    contacts: int = 0
    asked_back: bool = False
    reopened: bool = False

    def take(self, line: HistoryLine) -> None:
        by_desk = line.by not in _NOT_THE_DESK
        if by_desk and line.what in _WORK:
            self.first_work = self.first_work or line.at
            self.contacts += line.what == "answered" or bool(line.text)
            self.asked_back |= line.what == _WAITS
        if line.what in _SOLVED:
            self._go_on(line.at)
            self.solved = self.solved or line.at
        elif line.what == "reopened" or line.what in _OPEN:
            self._open_again(line.at)
            self._go_on(line.at)
        elif line.what in ("approved", "commented"):
            self._go_on(line.at)
        if line.what in ("approval_asked", _WAITS):
            self.standing_since = line.at

    def _go_on(self, at: datetime) -> None:
        if self.standing_since is not None:
            self.pauses.append(Pause(self.standing_since, max(at, self.standing_since)))
            self.standing_since = None

    def _open_again(self, at: datetime) -> None:
        """While it was taken for solved nobody worked on it."""
        if self.solved is not None:
            self.pauses.append(Pause(self.solved, max(at, self.solved)))
            self.solved, self.reopened = None, True


def fact_of(
    ticket: Ticket, lines: Sequence[HistoryLine], stands: Mapping[str, Stand], calendar: ServiceHours
) -> TicketFact:
    course = _Course()
    for line in sorted(lines, key=lambda one: (one.at, one.id)):
        course.take(line)
    local, stand = ticket.created_at.astimezone(calendar.zone), stands.get(ticket.kiosk, NOWHERE)

    def seconds(until: datetime | None) -> int | None:
        return None if until is None else open_seconds(ticket.created_at, until, calendar, course.pauses)

    return TicketFact(
        reference=ticket.reference,
        day=local.date().isoformat(),
        hour=f"{local:%H}",
        service=ticket.service,
        building=ticket.building,
        kiosk=stand.code,
        kiosk_building=stand.building,
        person=ticket.person or "",
        answer_seconds=seconds(course.first_work),
        solve_seconds=seconds(course.solved),
        at_once=course.solved is not None and course.contacts <= 1 and not (course.asked_back or course.reopened),
    )
