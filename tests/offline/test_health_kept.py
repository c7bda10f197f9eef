"""What a kiosk knows of itself outlives it where it should: records of self-tests, and how it is while it runs."""

from pathlib import Path

import pytest

from kiosk.domain.health import Degraded, Down, Line, Ready, Subject, Why
from kiosk.domain.operations import OpId
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import Part, SelfTestRecord, Staff, Verdict
from kiosk.offline import health_file, lock, self_tests
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.database import Database
from kiosk.offline.health_file import KEEP_AFTER, KEEP_EVERY, HealthFile
from kiosk.offline.lock import Lock
from kiosk.offline.self_tests import MOST_KEPT, MOST_TOLD, SelfTestStore
from tests.offline.kiosks import START

BY, OTHER = Staff(Role.ADMIN, "a1"), Staff(Role.ENGINEER, "b2")


def record(part: Part = Part.TOUCH, verdict: Verdict = Verdict.PASSED, by: Staff | None = BY) -> SelfTestRecord:
    return SelfTestRecord(OpId.new().value, part, START, BY, verdict, by, "seen")


def opened(path: Path) -> Database:
    found = open_database(path)
    assert isinstance(found, Opened)
    return found.database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return opened(tmp_path / "kiosk.db")


def test_records_are_there_after_a_restart_and_beside_a_running_kiosk(tmp_path: Path, database: Database) -> None:
    first, second = record(by=None), record(Part.PRINTER, Verdict.FAILED, OTHER)
    store = SelfTestStore(database)
    assert store.keep(first)
    assert store.keep(second)
    assert self_tests.latest_in(tmp_path / "kiosk.db") == (second, first)
    database.close()
    again = SelfTestStore(opened(tmp_path / "kiosk.db"))
    assert again.latest() == (second, first)
    assert again.untold() == (first, second)


def test_the_last_of_each_part_counts(database: Database) -> None:
    store = SelfTestStore(database)
    failed, passed, other = record(verdict=Verdict.FAILED), record(), record(Part.READER)
    for each in (failed, other, passed):
        store.keep(each)
    assert store.latest() == (passed, other)


def test_what_the_hub_has_is_not_told_again_and_no_report_is_too_long(database: Database) -> None:
    store = SelfTestStore(database)
    made = [record() for _ in range(MOST_TOLD + 3)]
    for each in made:
        store.keep(each)
    assert store.untold() == tuple(made[:MOST_TOLD])
    store.told(tuple(each.id for each in made[:MOST_TOLD]))
    assert store.untold() == tuple(made[MOST_TOLD:])


def test_the_table_does_not_grow_for_ever(database: Database) -> None:
    store = SelfTestStore(database)
    with database.transaction() as connection:
        connection.executemany(
            "INSERT INTO self_test (id, part, at, role, alias, outcome, confirmed_role, confirmed_alias, seen, told)"
            " VALUES (?, 'touch', '2026-11-20T09:00:00+00:00', 'admin', 'a1', 'passed', '', '', '', 1)",
            [(OpId.new().value,) for _ in range(MOST_KEPT)],
        )
    store.keep(record())
    assert database.execute("SELECT count(*) FROM self_test").fetchone() == (MOST_KEPT,)


def test_what_a_later_version_wrote_is_left_out(database: Database) -> None:
    store = SelfTestStore(database)
    store.keep(record())
    database.execute("UPDATE self_test SET part = 'soul'")
    assert store.latest() == ()


def test_without_a_database_there_are_no_records(tmp_path: Path) -> None:
    assert self_tests.latest_in(tmp_path / "none.db") == ()


# -- how it is while it runs ----------------------------------------------------------------------------------------
BOARD = (
    Line(Subject.PRINTER, Down(Why.NO_PAPER), "", 5.0),
    Line(Subject.DISK, Degraded(Why.DISK_LOW), "900 MB", 7.5),
    Line(Subject.READER, Ready(), "", 1.0),
)


class Hand:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_another_program_reads_what_the_kiosk_believes(tmp_path: Path) -> None:
    file = HealthFile(tmp_path / "health.json", Hand())
    file.keep(BOARD)
    kept = health_file.read(tmp_path / "health.json")
    assert kept is not None
    assert tuple(Line(each.subject, each.health, each.measured, each.since) for each in kept.lines) == BOARD
    file.remove()
    assert health_file.read(tmp_path / "health.json") is None


def test_it_is_written_when_it_changes_and_now_and_then_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, written = Hand(), list[float]()
    file = HealthFile(tmp_path / "health.json", hand)
    rename = Path.rename

    def counted(self: Path, target: Path) -> Path:
        written.append(hand.now)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", counted)
    for _ in range(int(2 * KEEP_EVERY)):
        hand.now += 1
        file.keep(BOARD)
    assert len(written) == 2
    written.clear()
    for tick in range(100):
        hand.now += 1
        file.keep(BOARD[tick % 2 :])
    assert len(written) <= 100 / KEEP_AFTER + 1


def test_a_kiosk_that_hangs_is_told_from_one_that_has_nothing_new(tmp_path: Path) -> None:
    HealthFile(tmp_path / "health.json", Hand()).keep(BOARD)
    kept = health_file.read(tmp_path / "health.json")
    assert kept is not None
    assert not health_file.is_stale(kept, Hand.now + 2 * KEEP_EVERY)
    assert health_file.is_stale(kept, Hand.now + 4 * KEEP_EVERY)


def test_what_is_from_before_the_machine_s_start_or_damaged_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "health.json"
    HealthFile(path, Hand()).keep(BOARD)
    monkeypatch.setattr(health_file, "boot_id", lambda: "another start")
    assert health_file.read(path) is None
    monkeypatch.undo()
    path.write_bytes(path.read_bytes()[:-9])
    assert health_file.read(path) is None


def test_a_disk_that_takes_nothing_ends_no_kiosk(tmp_path: Path) -> None:
    file = HealthFile(tmp_path / "gone" / "health.json", Hand())
    file.keep(BOARD)
    file.remove()


def test_who_owns_the_folder_is_seen_without_taking_it(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.lock"
    assert lock.owner(path) is None
    held = lock.take(path)
    assert isinstance(held, Lock)
    assert lock.owner(path) == path.read_text(encoding="ascii").strip()
    held.release()
    assert lock.owner(path) is None
    assert isinstance(lock.take(path), Lock), "and a kiosk can start"
