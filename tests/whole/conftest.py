"""One hub for the tests that take it away; each of them brings it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import Settings

from .absent_hub import AbsentHub
from .enrolled import enrolled


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AbsentHub]:
    made = AbsentHub(tmp_path_factory.mktemp("bad-luck") / "hub")
    yield made
    made.stop()


@pytest.fixture
def kiosk(hub: AbsentHub, tmp_path: Path) -> Settings:
    """A new kiosk of the hub: nothing of another test is in its queue."""
    return enrolled(hub.running, tmp_path / "kiosk")
