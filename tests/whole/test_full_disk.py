"""No slip, no space: what could not be printed or saved is said, and nothing is claimed that did not happen."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.offline.places import Places
from kiosk.services import requests
from kiosk.services.views import DoneKind, DonePage, Screen
from kiosk.sqlite import dbapi
from kiosk.words import say
from tests.patience import PATIENCE

from .absent_hub import AbsentHub
from .enrolled import enrolled
from .waiting import until
from .whole_kiosk import whole_kiosk

Full = Callable[[Path], AbstractContextManager[None]]


@pytest.mark.parametrize(("action", "words"), [("printer off", "done.no_printer"), ("paper out", "done.no_paper")])
def test_without_a_slip_the_number_is_large_and_the_reason_is_said(kiosk: Settings, action: str, words: str) -> None:
    with whole_kiosk(kiosk) as running:
        running.start()
        running.fill_in()
        running.do(action)
        running.hand_in()
        page = running.page(DonePage, lambda page: page.notice)
    assert page.notice is not None
    assert page.notice.title == say(Language.ZH, words)
    assert page.number_large
    assert page.reference
    assert list(kiosk.printer.path.glob("*.png")) == []


@contextmanager
def no_larger_files(_data: Path) -> Iterator[None]:
    """For anybody: no byte beyond the first of any file can be written by this process."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def no_space(data: Path) -> Iterator[None]:
    """For root: the data folder's own small file system is full, and so is the log the database has grown ahead."""
    other = dbapi.connect(Places(data).database)
    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    filler = data / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    try:
        yield
    finally:
        filler.unlink()


FULL: dict[str, Full] = {
    "no larger files": no_larger_files,
    **({"no space left": no_space} if os.geteuid() == 0 else {}),
}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """For root a file system of 32 MB; for others just a folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = os.geteuid() == 0
    if mounted:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)], check=True, timeout=PATIENCE)
    yield folder
    if mounted:
        # a check of the kiosk may still be reading on its thread
        command = ["umount", str(folder)]
        until(lambda: subprocess.run(command, check=False, timeout=PATIENCE).returncode == 0, "nobody holds the disk")


@pytest.mark.parametrize("full", FULL.values(), ids=FULL.keys())
def test_on_a_full_disk_it_says_not_saved_and_later_saves_once(hub: AbsentHub, small_disk: Path, full: Full) -> None:
    made = enrolled(hub.running, small_disk / "kiosk")
    tickets = len(hub.running.tickets())
    with whole_kiosk(made) as running:
        running.start()
        running.fill_in()
        running.ask(requests.Submit(), Screen.ANSWER)
        with full(made.data):
            running.ask(requests.Open("look"), Screen.DONE)
            page = running.page(DonePage)
            assert page.kind is DoneKind.NOT_SAVED
            assert page.headline == say(Language.ZH, "done.not_saved")
            assert (page.reference, page.slip, page.qr) == ("", "", "")
        assert list(made.printer.path.glob("*.png")) == []
        running.ask(requests.Again(), Screen.DETAILS)  # everything is still filled in
        running.ask(requests.Submit(), Screen.DONE)
        page = running.page(DonePage, lambda page: page.slip == "printed")
        assert page.kind is DoneKind.RECEIVED
    assert hub.count(page.reference) == 1
    assert len(hub.running.tickets()) == tickets + 1
