"""The second copy: written before the commit, and what a damaged database is made anew from."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import NotSaved, NotSavedReason
from kiosk.domain.references import NumberBlock
from kiosk.offline import copy_keeper, second_copy
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.facts import Facts
from kiosk.offline.marks import Marks
from kiosk.offline.numbers import Numbers
from kiosk.offline.outbox import Outbox
from kiosk.offline.outbox_file import DAMAGED
from kiosk.offline.sealer import Sealer
from kiosk.offline.second_copy import Written
from kiosk.sqlite import dbapi
from kiosk.wire.envelope import Envelope
from tests.offline.failing_disk import FailingDisk
from tests.offline.kiosks import START, Keys, KioskMemory, accepted, draft, saved
from tests.offline.lives import is_sound, lived, sent, states

KEYS = Keys()
MARKS = Marks(KEYS.kiosk.marks_key)


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db", keys=KEYS)


def overwrite(file: Path, content: bytes = b"not a database at all" * 500) -> None:
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    file.write_bytes(content)


def test_an_operation_is_in_the_copy_before_it_is_committed(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    copy = tmp_path / "kiosk.copy"

    class Watching(FailingDisk):
        def check(self, statement: str, before: bool) -> None:
            if statement == "COMMIT" and before:
                found = second_copy.read(copy, MARKS)
                seen.append([one.envelope.context.op for one in found.records if isinstance(one, Written)])

    memory = KioskMemory(tmp_path / "kiosk.db", Watching().connect, keys=KEYS)
    outbox = memory.start(numbers=5)
    seen.clear()
    told = saved(outbox)
    assert seen == [[told.op_id]]


def test_a_person_waits_for_no_sync_of_the_copy(memory: KioskMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox = memory.start(numbers=5)
    synced: list[int] = []
    monkeypatch.setattr(os, "fdatasync", synced.append)
    monkeypatch.setattr(os, "fsync", synced.append)
    saved(outbox)
    assert synced == []
    outbox.keep_copy()
    assert len(synced) == 1
    outbox.keep_copy()
    assert len(synced) == 1


def test_a_destroyed_database_comes_back_with_everything_that_waits_in_its_order(memory: KioskMemory) -> None:
    waiting, dead = lived(memory)
    overwrite(memory.file)
    outbox = memory.start()
    assert (memory.opened.set_aside, memory.opened.rebuilt) == (memory.file.with_name("kiosk.db.broken-1"), 7)
    assert [op for op, state in states(memory).items() if state == "dead"] == dead
    assert sent(outbox) == waiting
    assert is_sound(memory)


def test_a_database_that_is_gone_comes_back_as_well(memory: KioskMemory) -> None:
    waiting, _ = lived(memory)
    memory.file.unlink()
    assert sent(memory.start()) == waiting
    assert memory.opened.rebuilt == 7


def test_what_comes_back_is_what_was_told(memory: KioskMemory) -> None:
    told = saved(memory.start(numbers=5), "连不上 <img src='x'>")
    memory.opened.close()
    overwrite(memory.file)
    (parcel,) = memory.start().take_due(1)
    report = KEYS.opened(parcel.envelope)
    assert (report.note, report.reference) == ("连不上 <img src='x'>", told.reference)


def test_no_number_is_given_again_after_the_database_was_lost(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=20)
    given = {saved(outbox).reference for _ in range(5)}
    outbox.settle(OpId(sent(outbox)[0]), accepted(min(given)))
    outbox.close()
    overwrite(memory.file)
    outbox = memory.start()
    given |= {saved(outbox).reference for _ in range(5)}
    assert len(given) == 10
    assert outbox.numbers_left() == 10


@pytest.mark.parametrize("keep", range(6))
def test_a_database_set_back_to_an_earlier_day_catches_up(memory: KioskMemory, keep: int) -> None:
    outbox = memory.start(numbers=50)
    told = [saved(outbox).op_id for _ in range(keep)]
    memory.opened.close()
    earlier = memory.file.read_bytes()
    outbox = memory.start()
    later = [saved(outbox) for _ in range(4)]
    outbox.settle(OpId(later[0].op_id), accepted(later[0].reference))
    memory.opened.close()
    overwrite(memory.file, earlier)
    outbox = memory.start()
    assert memory.opened.caught_up == 3
    assert sent(outbox) == told + [one.op_id for one in later[1:]]
    assert saved(outbox).reference not in {one.reference for one in later}
    assert is_sound(memory)


def test_a_process_that_ends_between_copy_and_commit_loses_nothing_and_doubles_nothing(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=5)
    first = saved(outbox)
    sealed = outbox.seal(draft())
    assert not isinstance(sealed, NotSaved)
    memory.opened.copy.append(Written(sealed.reference, sealed.envelope))  # and here it ends
    memory.database.close()
    outbox = memory.start()
    again = saved(outbox)
    assert sent(outbox) == [first.op_id, sealed.envelope.context.op, again.op_id]
    assert len({first.reference, sealed.reference, again.reference}) == 3


@pytest.mark.parametrize("after", [False, True])
def test_what_was_said_not_to_be_saved_does_not_come_back_from_the_copy(tmp_path: Path, after: bool) -> None:
    """Also where the commit that failed is on the disk, and the process ends before it could take it out."""
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect, keys=KEYS)
    outbox = memory.start(numbers=5)
    first = saved(outbox)

    class Refusing(FailingDisk):
        def check(self, statement: str, before: bool) -> None:
            if before and statement.startswith(("DELETE", "BEGIN")):
                error = dbapi.OperationalError("planted")
                error.sqlite_errorcode = dbapi.SQLITE_IOERR
                raise error

    disk.fail("COMMIT", dbapi.SQLITE_IOERR, after)
    memory.database._connect = Refusing().connect
    assert outbox.enqueue(draft()) == NotSaved(NotSavedReason.DISK_ERROR, "planted")
    memory.database.close()
    outbox = memory.start()
    assert sent(outbox) == [first.op_id]
    assert is_sound(memory)


def test_a_row_damaged_while_the_kiosk_runs_is_not_sent_and_comes_back_at_the_next_start(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=5)
    damaged, sound = saved(outbox), saved(outbox)
    memory.database.execute("UPDATE outbox SET sealed = x'00' WHERE seq = 1")
    assert sent(outbox) == [sound.op_id]
    assert states(memory)[damaged.op_id] == "dead"
    assert outbox.unsettled(9)[0].answer == DAMAGED
    memory.opened.close()
    assert sent(memory.start()) == [damaged.op_id, sound.op_id]


def test_a_copy_that_cannot_be_written_stops_nobody_and_is_written_anew(
    memory: KioskMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = memory.start(numbers=9)
    first = saved(outbox)

    def full(_descriptor: int, _line: bytes, _at: int) -> int:
        raise OSError(errno.ENOSPC, "planted")

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        second = saved(outbox)
    third = saved(outbox)
    assert memory.opened.copy.stale
    outbox.keep_copy()
    assert not memory.opened.copy.stale
    memory.opened.close()
    overwrite(memory.file)
    assert sent(memory.start()) == [first.op_id, second.op_id, third.op_id]


def test_a_line_written_in_part_is_healed(memory: KioskMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox = memory.start(numbers=9)
    write = os.pwrite
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", lambda descriptor, line, at: write(descriptor, line[:70], at))
        told = saved(outbox)
    memory.opened.close()
    outbox = memory.start()
    assert sent(outbox) == [told.op_id]
    assert is_sound(memory)


def test_what_the_hub_has_goes_from_the_copy_as_well(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=9)
    told, waiting = saved(outbox), saved(outbox)
    (parcel, _) = outbox.take_due(2)
    sealed = msgspec.json.decode(parcel.envelope, type=Envelope).sealed
    outbox.settle(parcel.op_id, accepted(told.reference))
    before = memory.places.copy.stat().st_size
    outbox.forget_settled()
    assert memory.places.copy.stat().st_size < before
    held = [one.envelope for one in second_copy.read(memory.places.copy, MARKS).records if isinstance(one, Written)]
    assert [one.context.op for one in held] == [waiting.op_id]
    assert sealed not in [one.sealed for one in held]


def test_a_long_queue_is_not_written_anew_at_every_tidying(
    memory: KioskMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_keeper, "FEW_WAITING", 2)
    outbox = memory.start(numbers=9)
    for _ in range(3):
        saved(outbox)
    before = memory.places.copy.stat().st_ino
    outbox.forget_settled()
    assert memory.places.copy.stat().st_ino == before
    monkeypatch.setattr(copy_keeper, "GROWN_BYTES", 100)
    outbox.forget_settled()
    assert memory.places.copy.stat().st_ino != before


def test_a_copy_is_not_written_anew_from_a_database_with_a_damaged_row(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=9)
    damaged = saved(outbox)
    memory.database.execute("UPDATE outbox SET sealed = x'00' WHERE seq = 1")
    outbox.forget_settled()
    memory.opened.close()
    assert sent(memory.start()) == [damaged.op_id]


def test_a_kiosk_from_before_the_copy_gets_one_at_its_first_start(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db", keys=KEYS)
    opened = open_database(memory.file)
    assert isinstance(opened, Opened)
    with opened.database.transaction() as connection:
        Numbers.add(connection, NumberBlock.fresh("A12", 1, 9))
    opened.database.close()
    told = saved(memory.start())
    memory.opened.close()
    memory.file.unlink()
    outbox = memory.start()
    assert sent(outbox) == [told.op_id]
    assert outbox.numbers_left() == 8


def test_the_copy_holds_nothing_readable_of_what_was_told(memory: KioskMemory) -> None:
    saved(memory.start(numbers=5), "CANARY-7731")
    content = memory.places.copy.read_bytes()
    held = [one for one in second_copy.read(memory.places.copy, MARKS).records if isinstance(one, Written)]
    assert held
    assert b"CANARY" not in content
    assert b"CANARY" not in held[0].envelope.sealed
    assert memory.places.copy.stat().st_mode & 0o077 == 0


def test_the_copy_of_another_kiosk_is_believed_in_nothing(memory: KioskMemory, tmp_path: Path) -> None:
    other = KioskMemory(tmp_path / "other" / "kiosk.db", keys=Keys())
    other.file.parent.mkdir()
    saved(other.start(numbers=5))
    other.opened.close()
    told = saved(memory.start(numbers=5))
    memory.opened.close()
    memory.places.copy.write_bytes(other.places.copy.read_bytes())
    assert sent(memory.start()) == [told.op_id]
    assert is_sound(memory)


def test_taking_a_line_out_or_exchanging_two_is_noticed(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=9)
    for _ in range(4):
        saved(outbox)
    memory.opened.close()
    lines = memory.places.copy.read_bytes().splitlines(keepends=True)
    for changed in ([*lines[:2], *lines[3:]], [*lines[:2], lines[3], lines[2], *lines[4:]]):
        memory.places.copy.write_bytes(b"".join(changed))
        assert second_copy.read(memory.places.copy, MARKS).problems


def test_an_operation_that_only_the_copy_has_takes_its_number_also_where_its_block_cannot_be_read(
    memory: KioskMemory,
) -> None:
    memory.start(numbers=9)
    memory.opened.close()
    earlier = memory.file.read_bytes()
    told = saved(memory.start())
    memory.opened.close()
    overwrite(memory.file, earlier)
    lines = memory.places.copy.read_bytes().splitlines(keepends=True)
    memory.places.copy.write_bytes(b"x" * 40 + lines[0][40:] + b"".join(lines[1:]))
    outbox = memory.start()
    assert memory.opened.caught_up == 1
    assert saved(outbox).reference != told.reference


def test_a_kiosk_whose_database_is_gone_still_knows_that_the_hub_was_later_than_its_dead_clock(
    memory: KioskMemory,
) -> None:
    outbox = memory.start(numbers=5)
    heard = START + timedelta(days=9)
    assert Facts(memory.database).hub_time() is None
    Facts(memory.database).remember_hub_time(heard)
    outbox.forget_settled()
    memory.opened.close()
    memory.file.unlink()
    memory.start()
    assert Facts(memory.database).hub_time() == heard
    memory.clock.passed = timedelta(days=30).total_seconds()
    told = saved(Outbox(memory.database, Sealer("k1", KEYS.kiosk, KEYS.hub_key), memory.clock, memory.opened.copy))
    memory.opened.close()
    memory.file.unlink()
    memory.start()
    assert memory.opened.rebuilt == 1, told
    assert Facts(memory.database).hub_time() == START + timedelta(days=30), "what waits was made later"
