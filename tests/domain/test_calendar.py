from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.calendar import (
    Clock,
    DayHours,
    Pause,
    ServiceHours,
    Span,
    due,
    is_open,
    next_opening,
    round_the_clock,
    working,
)
from tests.domain.amount import many

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
EIGHT_TO_SIX = DayHours(time(8), time(18))
WEEKDAYS = (EIGHT_TO_SIX,) * 5 + (None, None)
CAMPUS = ServiceHours(
    SHANGHAI,
    WEEKDAYS,
    closed=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    make_up={date(2026, 10, 10): EIGHT_TO_SIX},
)
# 29 March 2026: 2:00 becomes 3:00; 25 October 2026: 3:00 becomes 2:00.
NIGHT_SHIFT = ServiceHours(BERLIN, (DayHours(time(1), time(4)),) * 7)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-20T10:00", working(hours=2), "2026-11-20T12:00"),  # Friday
        ("2026-11-20T10:00", working(hours=8), "2026-11-20T18:00"),  # at closing time, not on Monday at opening
        ("2026-11-20T17:30", working(hours=2), "2026-11-23T09:30"),  # over the week-end
        ("2026-11-20T18:00", working(hours=2), "2026-11-23T10:00"),
        ("2026-11-21T11:00", working(hours=2), "2026-11-23T10:00"),  # Saturday
        ("2026-11-22T23:59", working(hours=2), "2026-11-23T10:00"),
        ("2026-11-23T03:00", working(hours=2), "2026-11-23T10:00"),
        ("2026-11-17T16:30", working(days=3), "2026-11-20T16:30"),  # Tuesday to Friday
        ("2026-11-19T16:30", working(days=5), "2026-11-26T16:30"),
        ("2026-11-19T20:00", working(days=1), "2026-11-20T18:00"),
        ("2026-09-30T17:00", working(hours=2), "2026-10-05T09:00"),  # closed on the 1st and 2nd
        ("2026-10-09T17:00", working(hours=2), "2026-10-10T09:00"),  # a Saturday that is worked
        ("2026-11-20T17:55", round_the_clock(minutes=15), "2026-11-20T18:10"),
        ("2026-11-20T22:00", round_the_clock(hours=4), "2026-11-21T02:00"),
        ("2026-11-20T10:00", working(), "2026-11-20T10:00"),
        ("2026-11-21T10:00", working(), "2026-11-23T08:00"),
    ],
)
def test_a_promise_falls_into_service_hours(start: str, span: Span, end: str) -> None:
    assert due(at(start), span, CAMPUS) == at(end)


@pytest.mark.parametrize(
    ("start", "span", "pauses", "end"),
    [
        # asked at once, decided on Monday: it begins then
        ("2026-11-20T10:00", working(hours=2), [("2026-11-20T10:00", "2026-11-23T09:00")], "2026-11-23T11:00"),
        ("2026-11-20T10:00", working(hours=2), [("2026-11-20T11:00", "2026-11-20T11:30")], "2026-11-20T12:30"),
        ("2026-11-20T10:00", working(hours=2), [("2026-11-20T11:00", "2026-11-22T12:00")], "2026-11-23T09:00"),
        ("2026-11-20T10:00", working(hours=2), [("2026-11-20T12:00", "2026-11-20T14:00")], "2026-11-20T12:00"),
        ("2026-11-20T10:00", working(hours=2), [("2026-11-20T19:00", "2026-11-21T14:00")], "2026-11-20T12:00"),
        (
            "2026-11-20T10:00",
            working(hours=4),
            [("2026-11-20T13:00", "2026-11-20T14:00"), ("2026-11-20T11:00", "2026-11-20T12:00")],
            "2026-11-20T16:00",
        ),
        ("2026-11-20T22:00", round_the_clock(hours=4), [("2026-11-20T23:00", "2026-11-21T08:00")], "2026-11-21T11:00"),
    ],
)
def test_the_clock_of_a_promise_stands_in_its_pauses(
    start: str, span: Span, pauses: list[tuple[str, str]], end: str
) -> None:
    assert due(at(start), span, CAMPUS, [Pause(at(begins), at(ends)) for begins, ends in pauses]) == at(end)


def test_a_pause_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Pause(at("2026-11-20T10:00"), at("2026-11-20T09:59"))


@pytest.mark.parametrize(
    ("start", "span", "end", "offset"),
    [
        ("2026-03-29T01:00", working(hours=1), "2026-03-29T03:00", 2),  # two o'clock does not exist
        ("2026-03-29T01:00", working(hours=3), "2026-03-30T02:00", 2),  # that night is two hours long
        ("2026-10-25T01:00", working(hours=4), "2026-10-25T04:00", 1),  # and this one is four
        ("2026-10-24T22:00", round_the_clock(hours=12), "2026-10-25T09:00", 1),
    ],
)
def test_hours_are_real_hours_when_the_clocks_change(start: str, span: Span, end: str, offset: int) -> None:
    end_of_span = due(at(start, BERLIN), span, NIGHT_SHIFT)
    assert end_of_span == at(end, BERLIN)
    assert end_of_span.utcoffset() == timedelta(hours=offset)


def test_hours_that_summer_time_skips_are_a_closed_day() -> None:
    half_past_two = ServiceHours(BERLIN, (DayHours(time(2, 30), time(3)),) * 7)
    assert next_opening(at("2026-03-29T00:00", BERLIN), half_past_two) == at("2026-03-30T02:30", BERLIN)


@pytest.mark.parametrize(
    ("moment", "opened", "opens"),
    [
        ("2026-11-20T07:59", False, "2026-11-20T08:00"),
        ("2026-11-20T08:00", True, "2026-11-20T08:00"),
        ("2026-11-20T17:59", True, "2026-11-20T17:59"),
        ("2026-11-20T18:00", False, "2026-11-23T08:00"),
        ("2026-11-21T12:00", False, "2026-11-23T08:00"),
        ("2026-10-01T09:00", False, "2026-10-05T08:00"),
        ("2026-10-10T09:00", True, "2026-10-10T09:00"),
    ],
)
def test_the_next_opening_is_known(moment: str, opened: bool, opens: str) -> None:
    assert is_open(at(moment), CAMPUS) is opened
    assert next_opening(at(moment), CAMPUS) == at(opens)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
HOURS = st.builds(
    lambda opens, length: DayHours(time(opens), time(opens + length)), st.integers(0, 11), st.integers(1, 12)
)
CALENDARS = st.builds(
    ServiceHours,
    st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
    st.tuples(*[st.none() | HOURS] * 7).filter(any),
    st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20),
)
LENGTHS = st.integers(0, 400_000).map(lambda seconds: timedelta(seconds=seconds))


@many
@given(MOMENTS, LENGTHS, CALENDARS)
def test_a_working_span_ends_while_open_or_at_closing_time(
    start: datetime, length: timedelta, hours: ServiceHours
) -> None:
    end = due(start, Span(Clock.WORKING, length), hours)
    just_before = end - timedelta(microseconds=1)
    assert end >= start
    assert is_open(end, hours) or is_open(just_before, hours)


@many
@given(MOMENTS, LENGTHS, LENGTHS, CALENDARS, st.sampled_from(Clock))
def test_spans_add_up_and_a_longer_one_is_never_due_earlier(
    start: datetime, one: timedelta, two: timedelta, hours: ServiceHours, clock: Clock
) -> None:
    first = due(start, Span(clock, one), hours)
    both = due(start, Span(clock, one + two), hours)
    assert due(first, Span(clock, two), hours) == both
    assert both.astimezone(UTC) >= first.astimezone(UTC)


@many
@given(MOMENTS, LENGTHS, LENGTHS, CALENDARS, st.sampled_from(Clock))
def test_who_comes_later_is_never_promised_an_earlier_time(
    start: datetime, wait: timedelta, length: timedelta, hours: ServiceHours, clock: Clock
) -> None:
    sooner, later = (due(at, Span(clock, length), hours).astimezone(UTC) for at in (start, start + wait))
    assert sooner <= later


@many
@given(MOMENTS, LENGTHS, CALENDARS, st.sampled_from(Clock), LENGTHS, LENGTHS, LENGTHS)
def test_a_pause_counts_as_if_the_rest_began_after_it_however_it_is_cut_up(
    start: datetime,
    length: timedelta,
    hours: ServiceHours,
    clock: Clock,
    until_pause: timedelta,
    one: timedelta,
    two: timedelta,
) -> None:
    begins = start + until_pause
    middle, ends = begins + one, begins + one + two
    halves = [Pause(middle, ends), Pause(begins, middle), Pause(begins, begins), Pause(ends, ends)]
    span = Span(clock, length)
    found = due(start, span, hours, [Pause(begins, ends)])
    assert due(start, span, hours, halves) == found
    assert due(start, span, hours).astimezone(UTC) <= found.astimezone(UTC)
    if length and due(start, span, hours) <= begins:
        assert found == due(start, span, hours)
    if until_pause == timedelta(0) and length > timedelta(0):
        assert found == due(ends, span, hours)
    # a time in which as much is worked as before the pause is what is left for after it
    before = next(
        (done for done in (length * part / 8 for part in range(9)) if due(start, Span(clock, done), hours) >= begins),
        None,
    )
    if before is not None and due(start, Span(clock, before), hours) == begins and before < length:
        assert found == due(ends, Span(clock, length - before), hours)


@many
@given(MOMENTS, st.integers(0, 20))
def test_a_day_is_the_full_length_of_a_working_day(start: datetime, days: int) -> None:
    assert CAMPUS.working_day == timedelta(hours=10)
    assert due(start, working(days=days), CAMPUS) == due(start, working(hours=10 * days), CAMPUS)


@many
@given(MOMENTS, CALENDARS)
def test_the_next_opening_is_the_first_open_moment(moment: datetime, hours: ServiceHours) -> None:
    # in UTC: Python compares times of one zone by their wall clock, which says one hour twice
    opens, moment = next_opening(moment, hours).astimezone(UTC), moment.astimezone(UTC)
    assert opens >= moment
    assert is_open(opens, hours)
    assert is_open(moment, hours) is (opens == moment)
    between = moment + (opens - moment) / 2
    assert opens == moment or not is_open(between, hours)


@pytest.mark.parametrize("week", [(None,) * 7, (EIGHT_TO_SIX,) * 6, ()])
def test_a_week_that_never_opens_is_refused(week: tuple[DayHours | None, ...]) -> None:
    with pytest.raises(ValueError, match="seven days"):
        ServiceHours(SHANGHAI, week)


def test_impossible_hours_spans_and_times_are_refused() -> None:
    with pytest.raises(ValueError, match="hours of a day"):
        DayHours(time(18), time(8))
    with pytest.raises(ValueError, match="hours of a day"):
        DayHours(time(8), time(8, 10))
    with pytest.raises(ValueError, match="not a span"):
        working(hours=-1)
    with pytest.raises(ValueError, match="not a span"):
        working(days=400)
    with pytest.raises(ValueError, match="in hours"):
        Span(Clock.ROUND, days=1)
    with pytest.raises(ValueError, match="without a zone"):
        due(datetime(2026, 11, 20, 10, 0), working(hours=1), CAMPUS)
    with pytest.raises(ValueError, match="differ from the week"):
        ServiceHours(SHANGHAI, WEEKDAYS, frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4000)))
