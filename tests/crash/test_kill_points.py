"""SIGKILL at every write-class system call: nothing that was said to be saved is lost, half there or there twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counts import COUNT, count
from tests.crash.killing import kill_everywhere
from tests.crash.scenarios import SCENARIOS
from tests.crash.stage import prepare
from tests.crash.watched import Driver

pytestmark = pytest.mark.timeout(count(300, 3_600))

#: In every run; the others in ``make soak``.
ALWAYS = ("enqueue", "deliver", "migrate", "checkpoint")


@pytest.mark.parametrize("name", SCENARIOS if COUNT == "full" else ALWAYS)
def test_a_kiosk_killed_at_any_write_comes_back_with_everything_it_said_is_saved(
    ground: Path, kiosks: Driver, name: str, say_figure: Callable[[str], None]
) -> None:
    tally = kill_everywhere(kiosks, prepare(name, ground))
    say_figure(f"SIGKILL at every write of {name!r}: {tally.stopped} of {tally.points} points, {tally.damage}")
    assert tally.stopped == tally.points > 10
    assert not tally.damage, tally.damage


def test_saying_saved_before_the_commit_is_caught(ground: Path, kiosks: Driver) -> None:
    assert kill_everywhere(kiosks, prepare("enqueue", ground), "ack first").damage.lost


def test_a_campus_that_does_not_know_what_it_has_is_caught(ground: Path, kiosks: Driver) -> None:
    """Without the unique index over operation ids, what was sent before a death is sent again and counts again."""
    assert kill_everywhere(kiosks, prepare("deliver", ground), dedupe=False).damage.doubled
