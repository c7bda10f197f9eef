"""Damage is noticed, never served: single bits of the database, its log and the kiosk's small files are turned."""

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.offline import chain
from kiosk.offline.marks import MARK_BYTES, Marks
from tests.counts import count
from tests.crash.flips import Flip, Verdict, verdict
from tests.crash.stage import Stage, prepare

pytestmark = pytest.mark.timeout(count(300, 3_600))

FLIPS = count(500, 10_000)
#: With the database as it was closed, and with the log that a killed kiosk leaves.
STAGES = ("deliver", "boot after crash")
#: Flips in which a planted bug has to show.
TO_BE_SEEN = 400


def turn(stage: Stage, names: tuple[str, ...], flips: int, seed: int) -> dict[Verdict, list[Flip]]:
    """Until damage is served."""
    chance = random.Random(seed)
    found: dict[Verdict, list[Flip]] = {each: [] for each in Verdict}
    for _ in range(flips):
        with stage.copy() as folder:
            flip = Flip.anywhere(folder, names, chance)
            flip.make(folder)
            found[verdict(folder, stage)].append(flip)
        if found[Verdict.SERVED]:
            break
    return found


def names(stage: Stage) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in stage.folder.iterdir() if path.stat().st_size > 0))


def test_a_turned_bit_is_noticed_and_costs_nothing_but_where_it_is_in_the_key(
    ground: Path, say_figure: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("FLIP_SEED") or random.randrange(1_000_000))
    total: Counter[Verdict] = Counter()
    for name in STAGES:
        stage = prepare(name, ground / name.replace(" ", "-"))
        found = turn(stage, names(stage), FLIPS // len(STAGES), seed)
        assert not found[Verdict.SERVED], (seed, name, found[Verdict.SERVED])
        assert not found[Verdict.UNNOTICED], (seed, name, found[Verdict.UNNOTICED])
        # With another key nothing kept can be believed; of everything else there is a second copy.
        assert {flip.name for flip in found[Verdict.NOTICED]} <= {"kiosk.key"}, (seed, name, found[Verdict.NOTICED])
        total.update({each: len(flips) for each, flips in found.items()})
    words = ", ".join(f"{total[each]} {each.value}" for each in Verdict)
    say_figure(f"bit flips: {total.total()} in database, log and key: {words}, seed {seed}")


def test_a_row_that_vouches_for_nothing_is_caught(ground: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With digests and marks that are always the same, when written and when read, damage is sent to the campus."""
    monkeypatch.setattr(chain, "digest", lambda _envelope: bytes(32))
    monkeypatch.setattr(Marks, "of_bytes", lambda _self, _content: bytes(MARK_BYTES))
    stage = prepare("deliver", ground)
    assert turn(stage, ("kiosk.db",), TO_BE_SEEN, seed=1)[Verdict.SERVED]
