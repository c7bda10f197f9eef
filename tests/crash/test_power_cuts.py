"""The power goes at any moment: what was said to be saved is found again, and what is found can be opened."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.counts import count
from tests.crash.power_cuts import Cuts, cut_power, syncs
from tests.crash.recording import Said, Step, Synced, record
from tests.crash.scenarios import SCENARIOS
from tests.crash.stage import prepare
from tests.crash.watched import Driver

pytestmark = pytest.mark.timeout(count(300, 3_600))

#: Images of all scenarios together.
IMAGES = count(2_000, 20_000)
#: Images in which a planted bug has to show.
TO_BE_SEEN = 300


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("CUT_SEED") or random.randrange(1_000_000))


def test_no_power_cut_loses_what_was_said_to_be_saved(
    ground: Path, kiosks: Driver, seed: int, say_figure: Callable[[str], None]
) -> None:
    total = Cuts()
    for name in SCENARIOS:
        stage = prepare(name, ground / name.replace(" ", "-"))
        steps = record(kiosks, stage)
        cuts = cut_power(stage, steps, -(-IMAGES // len(SCENARIOS)), seed)
        total.images += cuts.images
        total.damage.add(cuts.damage, name)
    say_figure(f"power cuts: {total.images} images of {len(SCENARIOS)} scenarios, {total.damage}, seed {seed}")
    assert total.images >= IMAGES
    assert not total.damage, (seed, total.damage)


@pytest.mark.parametrize("fault", ["synchronous=NORMAL", "synchronous=OFF"])
def test_a_commit_that_does_not_wait_for_the_disk_is_caught(ground: Path, kiosks: Driver, fault: str) -> None:
    stage = prepare("enqueue", ground)
    assert cut_power(stage, record(kiosks, stage, fault), TO_BE_SEEN, seed=1, enough=1).damage.lost


@pytest.mark.parametrize("name", ["enqueue", "checkpoint", "small files"])
def test_every_single_sync_that_is_left_out_is_caught(
    ground: Path, kiosks: Driver, name: str, say_figure: Callable[[str], None]
) -> None:
    stage = prepare(name, ground)
    steps = record(kiosks, stage)
    removed = [number for number in syncs(steps) if is_stood_on(name, steps, number)]
    caught = [each for each in removed if cut_power(stage, steps, TO_BE_SEEN, 1, without=each, enough=1).damage]
    say_figure(f"power cuts: {len(caught)} of {len(removed)} syncs left out of {name!r} caught")
    assert caught == removed != []


def is_stood_on(name: str, steps: list[Step], number: int) -> bool:
    """SQLite syncs its log before a checkpoint once more, and its new header before the first frame: those may miss."""
    match steps[number]:
        case Synced("kiosk.json.new"):
            return True
        case Synced(""):
            return name == "enqueue"
        case _:
            return name != "small files" and any(isinstance(step, Said) for step in steps[number + 1 : number + 2])
