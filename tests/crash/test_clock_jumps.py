"""The wall clock jumps by years at any moment, also across restarts: nothing expires, nothing is thrown away early,
nothing waits for ever, and order stays."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.hub_time import HubTime
from kiosk.domain.references import NumberBlock
from kiosk.offline.facts import Facts
from kiosk.services.hub_clock import HubClock
from tests.counts import count
from tests.crash.campus import Campus
from tests.crash.kiosk import KEYS, Kiosk
from tests.crash.told import Line, Reply, Saved, Send

pytestmark = pytest.mark.timeout(count(300, 3_600))

RUNS = count(60, 2_000)
#: Acts of a kiosk in one run.
ACTS = 25
TRUE_START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
#: Where a machine without a battery starts.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=3653)


@dataclass
class Wall:
    """A machine's clocks: one that only runs, from zero at each start, and one that somebody sets."""

    chance: random.Random
    since_start: float = 0.0
    passed: float = 0.0
    shown: datetime = TRUE_START

    def jump(self) -> None:
        self.shown = self.chance.choice(
            [EPOCH, self.shown + YEARS, self.shown - YEARS, self.shown + timedelta(hours=1), TRUE_START]
        )
        self.shown = max(EPOCH, min(self.shown, datetime(2100, 1, 1, tzinfo=UTC)))

    def run(self, seconds: float) -> None:
        self.since_start += seconds
        self.passed += seconds
        self.shown += timedelta(seconds=seconds)

    def true(self) -> datetime:
        return TRUE_START + timedelta(seconds=self.passed)


@dataclass
class Run:
    folder: Path
    chance: random.Random
    saved: list[Saved] = field(default_factory=list)

    def __post_init__(self) -> None:
        # The hub does not answer to every third report the first time.
        self.campus = Campus(KEYS, silent_first=frozenset(f"report {number}" for number in range(0, ACTS, 3)))
        self.wall = Wall(self.chance)
        self.kiosk = Kiosk(self.folder, self.hear)
        self.kiosk.own_key()
        self.start()
        self.kiosk.outbox.add_numbers(NumberBlock.fresh("A12", 1, 200))

    def hear(self, line: Line) -> Reply | None:
        if isinstance(line, Saved):
            self.saved.append(line)
        if isinstance(line, Send):
            self.clock.heard(self.wall.true())
            Facts(self.kiosk.database).remember_hub_time(self.wall.true())
        return self.campus.hear(line)

    def start(self) -> None:
        self.wall.since_start = 0.0
        self.clock = HubClock(None, lambda: self.wall.since_start, lambda: self.wall.shown)
        self.kiosk.clock = self.clock
        self.kiosk.boot()
        self.clock.remember(Facts(self.kiosk.database).hub_time() or TRUE_START)  # the hub was heard when it enrolled

    def act(self, number: int) -> None:
        self.wall.run(self.chance.random() * 3600)
        if self.chance.random() < 0.6:
            self.wall.jump()
        match self.chance.choice(["report", "report", "deliver", "tidy", "restart"]):
            case "report":
                self.kiosk.report(f"report {number}")
            case "deliver":
                self.kiosk.deliver()
            case "tidy":
                self.kiosk.outbox.forget_settled()
            case _:
                self.kiosk.close()
                self.start()

    def end(self) -> None:
        self.kiosk.deliver()
        fill = self.kiosk.outbox.fill()
        assert (fill.unsettled, fill.dead) == (0, 0)
        assert sorted(self.campus.effects()) == sorted((saved.note, saved.reference) for saved in self.saved)
        (expunged,) = self.kiosk.database.execute("SELECT total FROM expunged").fetchone()
        assert expunged == 0, "all of it took place within a few days"
        self.kiosk.close()


def live_through(folder: Path, seed: int) -> int:
    """How many reports arrived in all runs."""
    arrived = 0
    for number in range(RUNS):
        run = Run(folder / str(number), random.Random(seed + number))
        for act in range(ACTS):
            run.act(act)
        run.end()
        arrived += len(run.saved)
    return arrived


def test_a_clock_that_jumps_by_years_costs_nothing_and_doubles_nothing(
    ground: Path, say_figure: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("CLOCK_SEED") or random.randrange(1_000_000))
    arrived = live_through(ground, seed)
    say_figure(f"clock jumps: {RUNS} runs, {arrived} reports, 0 lost, 0 expired, seed {seed}")


def test_deciding_by_the_wall_clock_is_caught(ground: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HubClock, "hub_now", lambda self: HubTime(self._wall(), certain=True))
    with pytest.raises(AssertionError):
        live_through(ground, seed=1)
