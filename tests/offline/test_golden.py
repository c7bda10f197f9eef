"""Updates keep the queue: a database of every released schema is migrated, wherever that is broken off."""

import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database as Tables
from sqlite_utils import Migrations

from kiosk.offline.migrations import MIGRATIONS
from kiosk.offline.outbox_reading import Verification, listing, verify_all
from kiosk.offline.released import RELEASED
from kiosk.sqlite import dbapi
from tests.offline.golden import DEAD, FOLDER, KEYS, SENT, SETTLED, WAITS, restore
from tests.offline.kiosks import KioskMemory, saved


def started(folder: Path) -> tuple[KioskMemory, list[str]]:
    """What is sent after the start, by what was told."""
    memory = KioskMemory(folder / "kiosk.db", keys=KEYS)
    outbox = memory.start()
    assert memory.opened.set_aside is None
    notes = [KEYS.opened(parcel.envelope).note for parcel in outbox.take_due(9)]
    return memory, notes


def by_reference(memory: KioskMemory) -> dict[str, str]:
    rows = listing(memory.file)
    assert isinstance(rows, list), rows
    return {str(row["aggregate"]): str(row["state"]) for row in rows}


def is_whole(memory: KioskMemory, notes: list[str]) -> None:
    assert notes == ["golden 1", "golden 2"]
    assert by_reference(memory) == {WAITS: "sending", SENT: "sending", DEAD: "dead", SETTLED: "settled"}
    assert saved(memory.start()).reference.startswith("A12-0005-")
    found = verify_all(memory.places, KEYS.kiosk)
    assert isinstance(found, Verification)
    assert found.ok, found.problems
    memory.opened.close()


def test_every_released_schema_has_its_golden_file() -> None:
    assert {file.stem for file in FOLDER.glob("*.sql")} == set(RELEASED)


@pytest.mark.parametrize("step", RELEASED)
def test_what_waits_in_a_file_of_every_released_schema_is_sent_after_the_update(tmp_path: Path, step: str) -> None:
    restore(step, tmp_path / "kiosk.db")
    is_whole(*started(tmp_path))


def update(database: Path, steps: Iterable[str]) -> None:
    """As a release did that knew these steps."""
    wanted = Migrations("kiosk")
    wanted._migrations = [step for step in MIGRATIONS._migrations if step.name in set(steps)]
    connection = dbapi.connect(str(database), isolation_level=None)
    wanted.apply(Tables(connection))
    connection.close()


@pytest.mark.parametrize(("step", "between"), list(combinations(RELEASED, 2)))
def test_an_installation_that_jumps_over_releases_sends_what_waited(tmp_path: Path, step: str, between: str) -> None:
    """From each release to the newest, by way of each that is newer."""
    restore(step, tmp_path / "kiosk.db")
    update(tmp_path / "kiosk.db", RELEASED[: RELEASED.index(between) + 1])
    is_whole(*started(tmp_path))


@pytest.mark.parametrize("forgotten", RELEASED[1:])
def test_a_release_that_forgot_a_step_is_found_by_these_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    """Their can-fail proof. Of a step that a later one undoes only the next start can tell."""
    database = tmp_path / "kiosk.db"
    restore(RELEASED[RELEASED.index(forgotten) - 1], database)
    steps = [step for step in RELEASED if step != forgotten]
    monkeypatch.setattr("kiosk.offline.migrations.migrate", lambda _connection: update(database, steps))
    memory = KioskMemory(database, keys=KEYS)
    with suppress(dbapi.OperationalError):  # a later step may not find what it changes
        memory.start()
        memory.opened.close()
        if memory.opened.set_aside is None:
            memory.start()
            assert memory.opened.set_aside is not None


@pytest.mark.parametrize("step", RELEASED)
def test_an_update_can_be_broken_off_at_every_statement(tmp_path: Path, step: str) -> None:
    """The files as they stand before each statement are what a killed process leaves."""
    folder = tmp_path / "updated"
    folder.mkdir()
    restore(step, folder / "kiosk.db")
    left: list[Path] = []

    def keep(_statement: str) -> None:
        left.append(tmp_path / f"left-{len(left)}")
        shutil.copytree(folder, left[-1])

    memory = KioskMemory(folder / "kiosk.db", _traced(keep), keys=KEYS)
    memory.start()
    memory.opened.close()
    assert len(left) > 20
    seen: set[bytes] = set()
    for copy in left:
        content = b"".join(file.read_bytes() for file in sorted(copy.iterdir()) if not file.name.endswith("-shm"))
        if content not in seen:
            seen.add(content)
            is_whole(*started(copy))
        shutil.rmtree(copy)


def _traced(keep: Callable[[str], None]) -> Callable[..., Any]:
    def connect(*arguments: Any, **options: Any) -> Any:
        connection = dbapi.connect(*arguments, **options)
        connection.set_trace_callback(keep)
        return connection

    return connect


@pytest.mark.parametrize("step", RELEASED)
def test_a_row_that_was_damaged_before_the_update_is_noticed_by_it(tmp_path: Path, step: str) -> None:
    restore(step, tmp_path / "kiosk.db")
    connection = dbapi.connect(str(tmp_path / "kiosk.db"), isolation_level=None)
    connection.execute("UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE seq = 2")
    connection.close()
    memory = KioskMemory(tmp_path / "kiosk.db", keys=KEYS)
    outbox = memory.start()
    assert memory.opened.set_aside is not None
    sent = [KEYS.opened(parcel.envelope).note for parcel in outbox.take_due(9)]
    assert "golden 2" not in sent
