"""The disk under the data is really written to, and what it refuses is named."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kiosk.devices import disk_state
from kiosk.devices.disk_state import disk
from kiosk.domain.health import Degraded, Down, Reading, Ready, Why

ROOT = os.geteuid() == 0
MIB = 1024 * 1024


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """For root a file system of 8 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def remounted(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Another program fills it, all but ``leave`` bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 4096)
    if leave:
        os.truncate(filler, max(0, filler.stat().st_size - leave))
    return filler


def test_a_good_disk_takes_it_and_keeps_nothing(tmp_path: Path) -> None:
    reading = disk(tmp_path)
    assert not isinstance(reading.health, Down)
    assert reading.measured.endswith((" GB", " MB"))
    assert list(tmp_path.iterdir()) == []


def test_two_that_try_it_at_the_same_moment_do_not_disturb_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kiosk and ``kiosk doctor``."""
    fsync, others = os.fsync, [tmp_path]

    def meanwhile(descriptor: int) -> None:
        fsync(descriptor)
        if others:
            assert not isinstance(disk(others.pop()).health, Down)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert not isinstance(disk(tmp_path).health, Down)
    assert others == []


def test_a_folder_that_is_not_there_is_down(tmp_path: Path) -> None:
    assert disk(tmp_path / "gone").health == Down(Why.DISK_NOT_WRITABLE)


@contextmanager
def no_larger_files() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_a_byte_and_no_more_takes_nothing(tmp_path: Path) -> None:
    with no_larger_files():
        assert disk(tmp_path).health == Down(Why.DISK_NOT_WRITABLE)
    assert list(tmp_path.iterdir()) == []


if ROOT:

    def test_a_full_disk_is_full_and_well_again_once_there_is_room(small: Path) -> None:
        assert disk(small).health == Ready()
        filler = fill(small)
        assert disk(small).health == Down(Why.DISK_FULL)
        filler.unlink()
        assert disk(small).health == Ready()

    def test_a_disk_that_fills_up_is_told_before_it_is_full(small: Path) -> None:
        fill(small, leave=MIB // 2)
        assert disk(small).health == Degraded(Why.DISK_LOW)
        fill(small, leave=disk_state.FULL_BYTES - 8192)
        assert disk(small).health == Down(Why.DISK_FULL)

    def test_a_disk_that_turned_read_only_is_noticed(small: Path) -> None:
        remounted(small, "ro")
        assert disk(small).health == Down(Why.DISK_READ_ONLY)
        remounted(small, "rw")
        assert disk(small).health == Ready()


else:

    def test_a_folder_nobody_may_write_to_is_down(tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        assert disk(tmp_path).health == Down(Why.DISK_NOT_WRITABLE)
        tmp_path.chmod(0o700)


def test_errors_the_file_system_counted_are_told(tmp_path: Path) -> None:
    device = tmp_path.stat().st_dev
    sys = tmp_path / "sys"
    block = sys / "devices" / "sda1"
    block.mkdir(parents=True)
    link = sys / "dev" / "block" / f"{os.major(device)}:{os.minor(device)}"
    link.parent.mkdir(parents=True)
    link.symlink_to(block)
    counter = sys / "fs" / "ext4" / "sda1" / "errors_count"
    counter.parent.mkdir(parents=True)
    counter.write_text("0\n", encoding="ascii")
    assert disk(tmp_path, sys).health != Degraded(Why.DISK_ERRORS)
    counter.write_text("3\n", encoding="ascii")
    assert disk(tmp_path, sys).health == Degraded(Why.DISK_ERRORS)


def test_a_reading_holds_no_path(tmp_path: Path) -> None:
    reading: Reading = disk(tmp_path)
    assert str(tmp_path) not in repr(reading)
