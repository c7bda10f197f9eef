"""Priority from impact (asked) and urgency (catalogue), and the target times that belong to it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kiosk.domain.calendar import Span, round_the_clock, working

#: A second, independent person who reports the same within this time confirms a suspected P0.
SECOND_REPORT_WITHIN = timedelta(minutes=10)


class Impact(StrEnum):
    """What the visitor says: 不太方便 · 没法继续 · 很多人都这样."""

    INCONVENIENT = "inconvenient"
    BLOCKED = "blocked"
    MANY = "many"


class Urgency(StrEnum):
    """What the catalogue says of a service."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Priority(StrEnum):
    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


@dataclass(frozen=True, slots=True)
class Graded:
    """A suspected P0 is told to whoever is on call and stays P1 until it is confirmed."""

    priority: Priority
    suspected_p0: bool = False

    def confirmed(self) -> "Graded":
        """After a staff member, a second independent person or monitoring said so."""
        return Graded(Priority.P0) if self.suspected_p0 else self


_MATRIX: dict[Impact, dict[Urgency, Graded]] = {
    Impact.INCONVENIENT: {
        Urgency.LOW: Graded(Priority.P3),
        Urgency.NORMAL: Graded(Priority.P3),
        Urgency.HIGH: Graded(Priority.P2),
    },
    Impact.BLOCKED: {
        Urgency.LOW: Graded(Priority.P3),
        Urgency.NORMAL: Graded(Priority.P2),
        Urgency.HIGH: Graded(Priority.P1),
    },
    Impact.MANY: {
        Urgency.LOW: Graded(Priority.P2),
        Urgency.NORMAL: Graded(Priority.P1),
        Urgency.HIGH: Graded(Priority.P1, suspected_p0=True),
    },
}


def grade(impact: Impact | None, urgency: Urgency) -> Graded:
    """What a visitor's report gets: P1 at most. Impact that was not asked or not answered counts as inconvenient."""
    return _MATRIX[impact or Impact.INCONVENIENT][urgency]


@dataclass(frozen=True, slots=True)
class TargetTimes:
    respond: Span
    resolve: Span


#: As shipped; the catalogue may say otherwise. A day is a working day (calendar.ServiceHours.working_day).
DEFAULT_TARGETS: dict[Priority, TargetTimes] = {
    Priority.P0: TargetTimes(round_the_clock(minutes=15), round_the_clock(hours=4)),
    Priority.P1: TargetTimes(working(hours=2), working(hours=8)),
    Priority.P2: TargetTimes(working(hours=8), working(days=3)),
    Priority.P3: TargetTimes(working(days=2), working(days=5)),
}
