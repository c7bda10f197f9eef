"""The simulator finds what it is there to find: every planted mistake, within the seeds of every run."""

from collections.abc import Callable, Iterator

import pytest

from tests.sim.planted import FAULTS
from tests.sim.simulation import Ground, Outcome, ground, run
from tests.sim.test_seeds import sim

#: Those of every run of the tests, whatever COUNT is.
SEEDS = range(1, 13)


@pytest.fixture(scope="module")
def made() -> Iterator[Ground]:
    with ground() as made:
        yield made


def first_broken(made: Ground) -> Outcome | None:
    return next((outcome for outcome in (run(made, seed) for seed in SEEDS) if outcome.broken), None)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(made: Ground, fault: str, say_figure: Callable[[str], None]) -> None:
    with FAULTS[fault]():
        found = first_broken(made)
    assert found is not None
    say_figure(f"{fault}: found in seed {found.seed} after {found.acts} acts: {found.broken}")


def test_whoever_breaks_a_rule_is_told_the_command_that_replays_it() -> None:
    said = sim("--seeds", "2", "--first", "3", "--plant", "a_number_is_not_used_up")
    assert said.returncode == 1
    assert said.stdout.splitlines()[-1] == "make sim SEEDS=1 FIRST=3 PLANT=a_number_is_not_used_up"
