"""Starting: one owner, a sound file, the newest schema, and a broken file kept instead of served."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database as Tables

from kiosk.domain.outcomes import NotSavedReason
from kiosk.offline import boot, lock
from kiosk.offline.boot import DiskRefuses, Opened, TooNew, open_database
from kiosk.offline.database import WAL_BYTES
from kiosk.offline.lock import InUse, Lock
from kiosk.offline.migrations import MIGRATIONS
from kiosk.offline.released import RELEASED, SCHEMA
from kiosk.sqlite import dbapi
from tests.offline.failing_disk import FailingDisk
from tests.offline.kiosks import KioskMemory, saved
from tests.patience import PATIENCE


def opened(path: Path) -> Opened:
    found = open_database(path)
    assert isinstance(found, Opened), found
    return found


def _try_lock(path: Path, answers: "multiprocessing.SimpleQueue[object]") -> None:
    answers.put(lock.take(path))


def test_a_second_instance_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    held = lock.take(tmp_path / "kiosk.lock")
    assert isinstance(held, Lock)
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    other = context.Process(target=_try_lock, args=(tmp_path / "kiosk.lock", answers))
    other.start()
    found = answers.get()
    other.join()
    assert found == InUse(str(multiprocessing.current_process().pid))
    held.release()
    assert isinstance(lock.take(tmp_path / "kiosk.lock"), Lock)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("busy_timeout", 2000),
    ],
)
def test_the_connection_is_set_up_so_that_commit_means_on_the_disk(tmp_path: Path, pragma: str, value: object) -> None:
    database = opened(tmp_path / "kiosk.db").database
    assert database.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    database.reopen()
    assert database.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_the_log_is_grown_once_and_commits_do_not_grow_it_again(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    outbox = memory.start(numbers=400)
    assert memory.database.grow_log()
    log = tmp_path / "kiosk.db-wal"
    grown = log.stat().st_size
    assert grown >= WAL_BYTES
    for _ in range(400):
        saved(outbox)
    assert log.stat().st_size == grown


def test_growing_the_log_survives_a_full_disk(tmp_path: Path) -> None:
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect)
    outbox = memory.start(numbers=4)
    disk.fail("INSERT INTO growth", dbapi.SQLITE_FULL)
    assert not memory.database.grow_log()
    assert memory.database.execute("PRAGMA wal_autocheckpoint").fetchone()[0] > 0
    saved(outbox)


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    opened(tmp_path / "kiosk.db")
    assert (tmp_path / "kiosk.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"not a database at all" * 300, b"SQLite format 3\0" + b"\xff" * 8192])
def test_a_broken_file_is_kept_aside_and_a_new_one_started(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "kiosk.db"
    path.write_bytes(damage)
    first = opened(path)
    assert first.set_aside == tmp_path / "kiosk.db.broken-1"
    assert first.set_aside.read_bytes() == damage
    first.database.close()
    path.write_bytes(damage)
    assert opened(path).set_aside == tmp_path / "kiosk.db.broken-2"


def test_a_page_gone_bad_is_found_at_start(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    outbox = memory.start(numbers=100)
    for _ in range(60):
        saved(outbox)
    memory.database.close()
    content = bytearray(memory.file.read_bytes())
    content[5 * 4096 : 5 * 4096 + 200] = b"\xa5" * 200
    memory.file.write_bytes(content)
    assert opened(memory.file).set_aside is not None


def test_a_sound_file_is_not_set_aside(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    saved(memory.start(numbers=1))
    memory.database.close()
    assert opened(memory.file).set_aside is None


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    database = opened(path).database
    row = {"migration_set": "kiosk", "name": "m999_future", "applied_at": ""}
    Tables(database.connection).table("_sqlite_migrations").insert(row)
    database.close()
    before = path.read_bytes()
    assert open_database(path) == TooNew(("m999_future",))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "why"),
    [(dbapi.SQLITE_FULL, NotSavedReason.DISK_FULL), (dbapi.SQLITE_IOERR, NotSavedReason.DISK_ERROR)],
)
def test_a_disk_that_refuses_at_start_is_a_value(tmp_path: Path, code: int, why: NotSavedReason) -> None:
    disk = FailingDisk()
    disk.fail("PRAGMA journal_mode", code)
    assert open_database(tmp_path / "kiosk.db", disk.connect) == DiskRefuses(why)


def test_a_start_knows_every_step_of_the_schema_by_name_and_what_they_come_to(tmp_path: Path) -> None:
    pending = MIGRATIONS.pending(Tables(memory=True))
    assert tuple(step.name for step in pending) == RELEASED
    assert boot._schema(opened(tmp_path / "kiosk.db").database) == SCHEMA


def test_a_start_without_missing_steps_does_without_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.db"
    for loaded in (True, False):
        code = (
            "import sys; from pathlib import Path; from kiosk.offline.boot import Opened, open_database;"
            f"assert isinstance(open_database(Path({str(path)!r})), Opened); print('sqlite_utils' in sys.modules)"
        )
        said = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
        )
        assert said.stdout.strip() == str(loaded)
