"""Readings become what is believed: an alarm at once, everything else after three in a row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.health import (
    EQUAL_READINGS,
    Degraded,
    Down,
    Health,
    Level,
    Line,
    Reading,
    Ready,
    Subject,
    Watched,
    Why,
    after,
    count,
    health_of,
    in_order,
    level,
    line_of,
    why,
)

READY, LOW, OUT, OFF = Ready(), Degraded(Why.PAPER_LOW), Down(Why.NO_PAPER), Down(Why.PRINTER_OFFLINE)
HEALTHS: st.SearchStrategy[Health] = st.sampled_from([READY, LOW, Degraded(Why.HOT), OUT, OFF])


def believed(*readings: Health) -> list[Health]:
    """What is believed after each of them, a second apart."""
    watched: Watched | None = None
    found = []
    for second, health in enumerate(readings):
        watched = after(watched, Reading(Subject.PRINTER, health), float(second))
        found.append(watched.line.health)
    return found


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([READY], [READY]),
        ([LOW], [LOW]),
        ([READY, OUT], [READY, OUT]),
        ([READY, LOW, LOW], [READY, READY, READY]),
        ([READY, LOW, LOW, LOW], [READY, READY, READY, LOW]),
        ([READY, LOW, READY, LOW, READY, LOW], [READY] * 6),
        ([OUT, READY, READY], [OUT, OUT, OUT]),
        ([OUT, READY, READY, READY], [OUT, OUT, OUT, READY]),
        ([OUT, READY, READY, OUT, READY, READY, READY], [OUT, OUT, OUT, OUT, OUT, OUT, READY]),
        ([OUT, READY, LOW, READY, LOW, LOW, LOW], [OUT, OUT, OUT, OUT, OUT, OUT, LOW]),
        ([OUT, OFF], [OUT, OFF]),
        ([READY, LOW, LOW, OUT, LOW, LOW, LOW], [READY, READY, READY, OUT, OUT, OUT, LOW]),
    ],
)
def test_what_is_believed_after_each_reading(readings: list[Health], expected: list[Health]) -> None:
    assert believed(*readings) == expected


@given(st.lists(HEALTHS, min_size=1, max_size=40))
def test_an_alarm_counts_at_once_and_nothing_else_without_three_in_a_row(readings: list[Health]) -> None:
    found = believed(*readings)
    for index in range(1, len(readings)):
        now, before = found[index], found[index - 1]
        if isinstance(readings[index], Down):
            assert now == readings[index]
        elif now != before:
            assert readings[index - EQUAL_READINGS + 1 : index + 1] == [now] * EQUAL_READINGS
        assert now in readings[: index + 1], "only what was read is believed"
        if readings[max(0, index - EQUAL_READINGS + 1) : index + 1] == [readings[index]] * EQUAL_READINGS:
            assert now == readings[index], "three in a row are believed"


@given(st.lists(HEALTHS, min_size=1, max_size=40))
def test_a_line_says_since_when_it_has_been_so(readings: list[Health]) -> None:
    watched: Watched | None = None
    for second, health in enumerate(readings):
        before = watched
        watched = after(watched, Reading(Subject.DISK, health, str(second)), float(second))
        if before is not None and watched.line.health == before.line.health:
            assert watched.line.since == before.line.since
        else:
            assert watched.line.since == second
        assert watched.unsure == (health != watched.line.health)


def test_the_figure_is_the_newest_that_speaks_for_what_is_believed() -> None:
    first = after(None, Reading(Subject.DISK, READY, "63 %"), 0.0)
    second = after(first, Reading(Subject.DISK, READY, "62 %"), 1.0)
    assert second.line.measured == "62 %"
    assert after(second, Reading(Subject.DISK, Degraded(Why.DISK_LOW), "9 %"), 2.0).line.measured == "62 %"


@given(HEALTHS)
def test_a_health_survives_being_told(health: Health) -> None:
    assert health_of(level(health), why(health)) == health


def test_what_came_without_its_reason_did_not_answer() -> None:
    assert health_of(Level.DOWN, None) == Down(Why.NO_ANSWER)
    assert health_of(Level.READY, Why.HOT) == Ready()


def test_a_board_is_in_the_order_it_is_shown_and_counted() -> None:
    board = in_order(tuple(Line(subject, READY, "", 0.0) for subject in sorted(Subject)))
    assert [line.subject for line in board] == list(Subject)
    assert count(board, Level.READY) == len(Subject)
    assert count(board, Level.DOWN) == 0
    assert line_of(board[1:], board[0].subject) is None
    assert line_of(board, Subject.FONTS) == board[-1]
