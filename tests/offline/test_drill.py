"""``kiosk drill``: an ACK is a commit, also where the disk gives up half-way."""

import resource
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kiosk.offline import lock
from kiosk.offline.drill import Drilled, NotDrilled, drill
from kiosk.offline.outbox_reading import listing
from tests.offline.kiosks import Keys
from tests.patience import PATIENCE

#: Bytes a file may have: room for some reports, none for the grown log.
SMALL_DISK = 400_000
_PROGRAM = "import sys; from pathlib import Path; from kiosk.offline.drill import drill; drill(Path(sys.argv[1]), Path(sys.argv[2]), 60)"  # noqa: E501 - one line of a program


@pytest.fixture
def hub_key(tmp_path: Path) -> Path:
    path = tmp_path / "hub-key.json"
    path.write_bytes(msgspec.json.encode(Keys().hub_key()))
    return path


def kept(folder: Path) -> list[str]:
    rows = listing(folder / "kiosk.db")
    assert isinstance(rows, list), rows
    return [str(row["op_id"]) for row in rows]


def test_every_line_is_a_commit_and_a_second_drill_goes_on(tmp_path: Path, hub_key: Path) -> None:
    said: list[str] = []
    assert drill(tmp_path / "new", hub_key, 5, said.append) == Drilled(5, 0)
    assert drill(tmp_path / "new", hub_key, 3, said.append) == Drilled(3, 0)
    assert [line.removeprefix("ACK ") for line in said] == kept(tmp_path / "new")


def test_a_folder_in_use_is_left_alone(tmp_path: Path, hub_key: Path) -> None:
    held = lock.take(tmp_path / "kiosk.lock")
    assert isinstance(held, lock.Lock)
    assert isinstance(drill(tmp_path, hub_key, 1, print), NotDrilled)
    assert not (tmp_path / "kiosk.db").exists()
    held.release()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"id": "h1"}'])
def test_a_file_that_is_no_hub_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key").write_bytes(content)
    assert isinstance(drill(tmp_path / "new", tmp_path / "key", 1, print), NotDrilled)
    assert not (tmp_path / "new").exists()


def test_when_files_can_grow_no_more_the_rest_is_refused_and_every_ack_is_kept(tmp_path: Path, hub_key: Path) -> None:
    """The operating system itself refuses the write (EFBIG), without privileges and without touching our code."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "new"), str(hub_key)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK, SMALL_DISK)),
    )
    lines = done.stdout.splitlines()
    acked = [line.removeprefix("ACK ") for line in lines if line.startswith("ACK ")]
    refused = [line for line in lines if line.startswith("REFUSED ")]
    assert len(acked) + len(refused) == len(lines) == 60
    assert acked
    assert set(refused) == {"REFUSED disk_error"}
    assert kept(tmp_path / "new") == acked
