"""A small disk runs full: what is said to be saved arrives, the rest is said, and with room again all goes on."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.crash.driver import Order
from tests.crash.judge import judge
from tests.crash.stage import prepare
from tests.crash.told import Refused, Saved
from tests.crash.watched import Driver
from tests.patience import PATIENCE

#: What is cleared away in the end, bytes.
RUBBISH = 300_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """For root a file system of 2 MB; for others a folder in which no file may get long."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0:
        yield folder, "small files"
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True, timeout=PATIENCE)
    yield folder, ""
    subprocess.run(["umount", str(folder)], check=True, timeout=PATIENCE)


def test_a_disk_that_runs_full_takes_nothing_it_does_not_keep(
    small_disk: tuple[Path, str], kiosks: Driver, say_figure: Callable[[str], None]
) -> None:
    small, limit = small_disk
    stage = prepare("fill", small)
    rubbish = small / "rubbish"
    rubbish.write_bytes(bytes(RUBBISH))
    campus = stage.campus()
    with stage.copy() as folder:
        life = kiosks.live(Order("fill", str(folder), limit), campus)
        rubbish.unlink()
        damage = judge(folder, stage, campus, life.said)
    saved = sum(isinstance(line, Saved) for line in life.said)
    refused = [line.why for line in life.said if isinstance(line, Refused)]
    say_figure(f"full disk: {saved} saved, {len(refused)} told not saved, {damage}")
    assert life.end == 0
    assert saved > 50
    assert set(refused) <= {"disk_full", "disk_error"}
    assert refused
    assert not damage, damage
