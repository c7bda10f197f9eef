"""The disk errs or is full at every single call: what was said to be saved is there, and what is not is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counts import COUNT, count
from tests.crash.killing import fail_everywhere
from tests.crash.scenarios import SCENARIOS
from tests.crash.stage import prepare
from tests.crash.watched import Driver

pytestmark = pytest.mark.timeout(count(300, 3_600))

#: In every run; the others in ``make soak``.
ALWAYS = ("enqueue", "withdraw")


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("name", SCENARIOS if COUNT == "full" else ALWAYS)
def test_whatever_call_the_disk_refuses_nothing_said_to_be_saved_is_missing(
    ground: Path, kiosks: Driver, name: str, error: str, say_figure: Callable[[str], None]
) -> None:
    tally = fail_everywhere(kiosks, prepare(name, ground), error)
    say_figure(f"{error} at every write of {name!r}: {tally.points} points, {tally.told} told, {tally.damage}")
    assert not tally.damage, tally.damage
    assert tally.ends == []
    assert tally.told > 0 or name not in ALWAYS


@pytest.mark.parametrize(("name", "fault"), [("enqueue", "swallowed error"), ("withdraw", "no withdrawal")])
def test_an_error_that_is_not_passed_on_is_caught(ground: Path, kiosks: Driver, name: str, fault: str) -> None:
    assert fail_everywhere(kiosks, prepare(name, ground), "EIO", fault).damage
