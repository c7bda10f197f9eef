"""500 kiosks whose hub was away for a while, in virtual time: they come one after the other, and nobody waits long."""

from collections.abc import Callable
from random import Random

import pytest

from kiosk.services.delivery import LINE_BACK_OFF
from tests.sim.coming_back import Return, come_back
from tests.sim.simulation import quick_folder

KIOSKS, QUEUED = 500, 4
#: Seconds: of the outage, and that are watched after it.
OUTAGE, WATCHED = 300.0, 120.0
#: Of all answers of the hub 99 in 100 are there within this time, seconds.
MOST_P99 = 1.0
#: Requests in one second, where all of them at the same moment would be three for each kiosk.
MOST_IN_A_SECOND = 2 * KIOSKS


def returned(random: Callable[[], float]) -> Return:
    with quick_folder() as folder:
        return come_back(folder, KIOSKS, QUEUED, OUTAGE, WATCHED, random)


@pytest.mark.timeout(600)
def test_500_kiosks_that_come_back_are_spread_and_the_hub_answers_in_time(say_figure: Callable[[str], None]) -> None:
    back = returned(Random(1).random)
    assert len(back.heard) == KIOSKS
    assert back.heard[-1] <= LINE_BACK_OFF.cap
    assert back.p99 <= MOST_P99
    assert back.busiest <= MOST_IN_A_SECOND
    assert back.drained_after is not None
    say_figure(
        f"{KIOSKS} kiosks back after {OUTAGE:.0f} s: heard within {back.heard[-1]:.0f} s, p99 {back.p99:.2f} s,"
        f" busiest second {back.busiest}, {KIOSKS * QUEUED} operations there after {back.drained_after:.0f} s"
    )


@pytest.mark.timeout(600)
def test_without_a_spread_they_would_come_all_at_once() -> None:
    """That the test above can fail: every wait is its longest, for everybody the same."""
    back = returned(lambda: 1.0)
    assert back.busiest > MOST_IN_A_SECOND
    assert back.drained_after is None
