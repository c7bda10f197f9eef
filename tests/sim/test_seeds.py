"""Any mix of failures in any order: nothing saved is lost, nothing happens twice, nobody is taken for another."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.counts import count
from tests.repository.tree import ROOT
from tests.sim.simulation import Ground, Wanted, ground, run

SEEDS = count(12, 200)
#: Seeds of one test.
TOGETHER = 4
#: Seeds that are run again, here and elsewhere.
REPLAYED = 3


@pytest.fixture(scope="module")
def made() -> Iterator[Ground]:
    with ground() as made:
        yield made


@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(1, SEEDS + 1, TOGETHER))
def test_a_day_of_a_campus_with_everything_going_wrong_breaks_no_rule(
    made: Ground, first: int, say_figure: Callable[[str], None]
) -> None:
    outcomes = [run(made, seed) for seed in range(first, first + TOGETHER)]
    broken = [f"make sim SEEDS=1 FIRST={one.seed}: {one.broken}" for one in outcomes if one.broken]
    assert broken == []
    hours, saved = sum(one.hours for one in outcomes), sum(one.saved for one in outcomes)
    seconds = sum(one.seconds for one in outcomes)
    say_figure(f"seeds from {first}: {hours:.0f} simulated hours, {saved} operations saved, 0 broken, {seconds:.0f} s")


def test_a_seed_is_the_same_day_again_here_and_in_another_process(made: Ground) -> None:
    short = Wanted(hours=3.0)
    here = [run(made, seed, short).trace for seed in range(1, REPLAYED + 1)]
    assert [run(made, seed, short).trace for seed in range(1, REPLAYED + 1)] == here
    assert len(set(here)) == REPLAYED
    said = sim("--seeds", str(REPLAYED), "--hours", "3")
    assert re.findall(r"trace (\w+)", said.stdout) == here
    assert said.stdout.splitlines()[-1] == f"{REPLAYED} seeds, {REPLAYED * 3} simulated hours, 0 broken"


def sim(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.sim", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
