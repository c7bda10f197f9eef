"""A scenario as it stands before it is watched, ready to be lived many times."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.crash.campus import Campus
from tests.crash.kiosk import KEYS, Kiosk
from tests.crash.scenarios import ALL, Scenario
from tests.crash.told import Line, Reply, Saved

_numbers = count(1)


@dataclass(frozen=True)
class Stage:
    """``saved``: what people were told before; ``arrived``: notes and references the campus has already."""

    name: str
    scenario: Scenario
    folder: Path
    saved: tuple[Saved, ...]
    arrived: tuple[tuple[str, str], ...]

    def campus(self, dedupe: bool = True) -> Campus:
        return Campus(KEYS, self.scenario.refuses, self.scenario.silent_first, dedupe)

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """The folder as it was, for one life."""
        folder = self.folder.with_name(f"life-{next(_numbers)}")
        shutil.copytree(self.folder, folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def prepare(name: str, within: Path) -> Stage:
    scenario = ALL[name]
    made, folder = within / "before" / "kiosk", within / "stage" / "kiosk"
    campus = Campus(KEYS)
    saved: list[Saved] = []

    def say(said: Line) -> Reply | None:
        if isinstance(said, Saved):
            saved.append(said)
        return campus.hear(said)

    made.mkdir(parents=True)
    kiosk = Kiosk(made, say)
    scenario.before(kiosk)
    # What shares memory is made anew by whoever opens the database next.
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("*-shm"))
    kiosk.leave()
    return Stage(name, scenario, folder, tuple(saved), tuple(campus.effects()))
