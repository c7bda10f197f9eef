"""Every promise is the one that counting minute by minute gives."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.calendar import Clock, DayHours, Pause, ServiceHours, Span, due, is_about, working
from kiosk.domain.clocks import Rung, stands, steps
from kiosk.domain.elapsed import open_seconds
from kiosk.domain.tickets import TicketState
from tests.counts import count

few = settings(max_examples=count(40, 2000), deadline=None)
MINUTE = timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
#: Around both changes of summer time, a national holiday and a turn of the year.
FIRST = [datetime(2026, *day, tzinfo=UTC) for day in ((3, 6), (3, 27), (4, 3), (9, 29), (10, 23), (10, 30), (12, 29))]
HOURS = st.builds(
    lambda opens, length: DayHours(time(opens), time(opens + length)), st.integers(0, 11), st.integers(2, 12)
)
DAYS = st.dates(date(2026, 3, 1), date(2027, 1, 20))
CALENDARS = st.builds(
    ServiceHours,
    st.sampled_from(ZONES),
    st.tuples(*[HOURS] * 5, st.none(), st.none() | HOURS),
    st.frozensets(DAYS, max_size=30),
    st.dictionaries(DAYS, HOURS, max_size=30),
)
MOMENTS = st.builds(lambda first, minutes: first + minutes * MINUTE, st.sampled_from(FIRST), st.integers(0, 2880))
MINUTES = st.integers(1, 900)
CUTS = st.lists(st.integers(0, 4000), max_size=6)


def is_running(moment: datetime, clock: Clock, calendar: ServiceHours, pauses: Sequence[Pause]) -> bool:
    """Whether the minute that begins at ``moment`` counts."""
    if any(pause.begins <= moment < pause.ends for pause in pauses):
        return False
    local = moment.astimezone(calendar.zone)
    hours = calendar.on(local.date())
    return clock is Clock.ROUND or (hours is not None and hours.opens <= local.time() < hours.closes)


def counted_due(
    start: datetime, minutes: int, clock: Clock, calendar: ServiceHours, pauses: Sequence[Pause]
) -> datetime:
    moment, left = start, minutes
    while True:
        left -= is_running(moment, clock, calendar, pauses)
        moment += MINUTE
        if left == 0:
            return moment


def pauses_at(start: datetime, cuts: list[int]) -> list[Pause]:
    edges = [start + minutes * MINUTE for minutes in sorted(cuts)]
    return [Pause(begins, ends) for begins, ends in zip(edges[::2], edges[1::2], strict=False)]


@few
@given(MOMENTS, MINUTES, st.sampled_from(Clock), CALENDARS, CUTS)
def test_a_promise_is_when_counting_every_minute_ends(
    start: datetime, minutes: int, clock: Clock, calendar: ServiceHours, cuts: list[int]
) -> None:
    pauses = pauses_at(start, cuts)
    end = due(start, Span(clock, minutes * MINUTE), calendar, pauses)
    assert end == counted_due(start, minutes, clock, calendar, pauses)
    if clock is Clock.WORKING:
        assert open_seconds(start, end, calendar, pauses) == minutes * 60


@few
@given(MOMENTS, st.integers(0, 5000), CALENDARS, CUTS)
def test_what_has_run_is_what_counting_every_minute_gives(
    start: datetime, minutes: int, calendar: ServiceHours, cuts: list[int]
) -> None:
    pauses = pauses_at(start, cuts)
    ran = sum(is_running(start + n * MINUTE, Clock.WORKING, calendar, pauses) for n in range(minutes))
    assert open_seconds(start, start + minutes * MINUTE, calendar, pauses) == ran * 60


@few
@given(MOMENTS, MINUTES, CALENDARS, CUTS)
def test_rungs_are_reached_after_their_share_of_the_time(
    start: datetime, minutes: int, calendar: ServiceHours, cuts: list[int]
) -> None:
    pauses, span = pauses_at(start, cuts), Span(Clock.WORKING, minutes * 4 * MINUTE)
    ladder = steps(start, span, calendar, pauses)
    for rung, quarters in ((Rung.BEFORE, 3), (Rung.BREACH, 4), (Rung.AFTER, 6)):
        assert open_seconds(start, ladder[rung], calendar, pauses) == minutes * quarters * 60
    assert list(ladder.values()) == sorted(ladder.values())
    assert ladder[Rung.BREACH] == due(start, span, calendar, pauses)


@pytest.mark.parametrize(
    ("end", "span", "known_until", "about"),
    [
        ("2026-12-31T18:00+08:00", working(hours=8), date(2026, 12, 31), False),
        ("2027-01-04T08:30+08:00", working(hours=8), date(2026, 12, 31), True),
        ("2026-12-31T17:00+00:00", working(hours=8), date(2026, 12, 31), True),  # the campus's day counts
        ("2027-01-04T08:30+08:00", working(hours=8), None, False),
        ("2027-01-01T02:00+08:00", Span(Clock.ROUND, timedelta(hours=4)), date(2026, 12, 31), False),
    ],
)
def test_a_promise_beyond_the_published_holidays_is_about(
    end: str, span: Span, known_until: date | None, about: bool
) -> None:
    calendar = ServiceHours(ZONES[0], (DayHours(time(8), time(18)),) * 5 + (None, None), known_until=known_until)
    assert is_about(datetime.fromisoformat(end), span, calendar) is about


def test_the_clocks_stand_while_the_desk_can_do_nothing() -> None:
    assert [state for state in TicketState if not stands(state)] == [TicketState.NEW, TicketState.IN_PROGRESS]
