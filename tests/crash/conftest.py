"""What every proof here stands on: one process to fork from for each file, and a folder whose syncs cost nothing."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.crash.watched import Driver, driver

#: Here calls are counted and refused, and power is cut on a model of a disk: the real one would only be slow.
MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def kiosks() -> Iterator[Driver]:
    with driver() as made:
        yield made


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Path]:
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY, prefix="kiosk-crash-") as folder:
        yield Path(folder)
