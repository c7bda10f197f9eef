"""Service hours and the dates that are promised from them.

Everything is computed in UTC and answered in the calendar's zone: two aware times of one zone are compared and
subtracted by Python on their wall clocks, which is wrong across a change to or from summer time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

#: Dates a calendar may except from its week, in either direction: ten years of every day.
MOST_EXCEPTIONS = 3660
LONGEST_SPAN = timedelta(days=62)
SHORTEST_DAY = timedelta(minutes=15)
LONGEST_WORKING_DAYS = 366
#: The end of a clock that never stops; far enough from datetime.max to be shown in any zone.
_END = datetime(9990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DayHours:
    """Open from ``opens`` to ``closes`` on one day, wall clock of the calendar's zone. Raises ValueError if not."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.length < SHORTEST_DAY or self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError(f"not the hours of a day: {self.opens} to {self.closes}")

    @property
    def length(self) -> timedelta:
        return _since_midnight(self.closes) - _since_midnight(self.opens)


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """Weekly hours, Monday first, ``None`` = closed that day; single dates may differ from the week.

    ``closed`` are holidays, ``make_up`` days that are open although the week says otherwise (调休). ``known_until``:
    the last day whose holidays have been published, the week alone speaks for later ones; ``None``: for ever.
    """

    zone: ZoneInfo
    week: tuple[DayHours | None, ...]
    closed: frozenset[date] = frozenset()
    make_up: Mapping[date, DayHours] = field(default_factory=dict)
    known_until: date | None = None

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days and service is open on at least one of them")
        if len(self.closed) + len(self.make_up) > MOST_EXCEPTIONS:
            raise ValueError(f"more than {MOST_EXCEPTIONS} dates differ from the week")

    def on(self, day: date) -> DayHours | None:
        if day in self.closed:
            return None
        return self.make_up.get(day, self.week[day.weekday()])

    @property
    def working_day(self) -> timedelta:
        """What one promised "day" is: the length of the longest day of the week (8–18: ten hours)."""
        return max(hours.length for hours in self.week if hours)


class Clock(StrEnum):
    WORKING = "working"  # runs while service is open
    ROUND = "round"  # round the clock


@dataclass(frozen=True, slots=True)
class Span:
    """How long something may take: working ``days`` of the calendar's full day and ``time`` beside them.

    Raises ValueError for negative and over-long spans and for days on the round clock (give hours there).
    """

    clock: Clock
    time: timedelta = timedelta(0)
    days: int = 0

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.time <= LONGEST_SPAN or not 0 <= self.days <= LONGEST_WORKING_DAYS:
            raise ValueError(f"not a span: {self.days} days, {self.time}")
        if self.clock is Clock.ROUND and self.days:
            raise ValueError("a span round the clock is given in hours")


def working(*, hours: float = 0, days: int = 0) -> Span:
    return Span(Clock.WORKING, timedelta(hours=hours), days)


def round_the_clock(*, hours: float = 0, minutes: float = 0) -> Span:
    return Span(Clock.ROUND, timedelta(hours=hours, minutes=minutes))


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock of a promise stands from ``begins`` to ``ends`` (both aware). Raises ValueError where it ends first."""

    begins: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if _utc(self.ends) < _utc(self.begins):
            raise ValueError("a pause that ends before it begins")


def due(
    start: datetime, span: Span, calendar: ServiceHours, pauses: Sequence[Pause] = (), *, percent: int = 100
) -> datetime:
    """When ``span`` that begins at ``start`` (aware) is over, in the calendar's zone; ``percent``: so much of it.

    A working span ends inside opening hours or exactly at closing time, never later than it has to: eight hours
    from 10:00 of a day 8–18 end at 18:00 and not at 8:00 of the next one. ``pauses``, in any order, do not count.
    """
    left = (span.time + span.days * calendar.working_day) * percent / 100
    for opens, closes in _running(_utc(start), span.clock, calendar, pauses):
        if left <= closes - opens:
            return (opens + left).astimezone(calendar.zone)
        left -= closes - opens
    raise AssertionError("unreachable: a calendar is open again and again")


def is_about(end: datetime, span: Span, calendar: ServiceHours) -> bool:
    """Whether a promise that ends at ``end`` reaches into days whose holidays nobody has published yet."""
    known = calendar.known_until
    return span.clock is Clock.WORKING and known is not None and end.astimezone(calendar.zone).date() > known


def is_open(moment: datetime, calendar: ServiceHours) -> bool:
    """At the moment of opening yes, at the moment of closing no."""
    moment = _utc(moment)
    return any(opens == moment < closes for opens, closes in _first_two(moment, calendar))


def next_opening(moment: datetime, calendar: ServiceHours) -> datetime:
    """The first time from ``moment`` on at which service is open: ``moment`` itself while it is."""
    moment = _utc(moment)
    return next(o for o, c in _first_two(moment, calendar) if o < c).astimezone(calendar.zone)


def _first_two(moment: datetime, calendar: ServiceHours) -> Iterator[tuple[datetime, datetime]]:
    openings = _openings(moment, calendar)
    yield next(openings)  # may be empty: at closing time nothing is left of the day
    yield next(openings)


def _running(
    begin: datetime, clock: Clock, calendar: ServiceHours, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    """When a clock that begins at ``begin`` runs, in UTC, in order."""
    spans = iter(((begin, _END),)) if clock is Clock.ROUND else _openings(begin, calendar)
    moments = ((_utc(pause.begins), _utc(pause.ends)) for pause in pauses)
    return _without(spans, sorted((begins, ends) for begins, ends in moments if begins < ends))


def _openings(start: datetime, calendar: ServiceHours) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the opening hours from ``start`` on, in UTC, without end; the first one may be empty."""
    day = start.astimezone(calendar.zone).date()
    while True:
        if hours := calendar.on(day):
            opens = datetime.combine(day, hours.opens, calendar.zone).astimezone(UTC)
            closes = datetime.combine(day, hours.closes, calendar.zone).astimezone(UTC)
            # A day whose hours fall into the hour that summer time skips may be over before it begins.
            if opens < closes and closes >= start:
                yield max(opens, start), closes
        day += timedelta(days=1)


def _without(
    spans: Iterator[tuple[datetime, datetime]], pauses: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    """What is left of ``spans`` outside ``pauses``, both in order of their beginnings; no pause is empty."""
    for begins, ends in spans:
        for pause_begins, pause_ends in pauses:
            if begins < pause_begins < ends:
                yield begins, pause_begins
            if pause_begins < ends:
                begins = max(begins, pause_ends)
        if begins <= ends:
            yield begins, ends


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(
        hours=clock.hour,
        minutes=clock.minute,
        seconds=clock.second,
        microseconds=clock.microsecond,
    )
