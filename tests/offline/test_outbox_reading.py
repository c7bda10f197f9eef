"""``kiosk outbox list`` and ``verify``: beside a running kiosk, never contents, and no damage goes unseen."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.offline.boot import Opened, open_database
from kiosk.offline.outbox_reading import NoOutbox, Verification, listing, verify
from kiosk.sqlite import dbapi
from tests.counts import count
from tests.offline.kiosks import Keys, KioskMemory, saved

KEYS = Keys()


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    memory = KioskMemory(tmp_path / "kiosk.db", keys=KEYS)
    outbox = memory.start(numbers=10)
    for number in range(4):
        saved(outbox, note=f"CANARY-{number}")
    return memory


def test_the_list_has_the_agreed_fields_and_no_contents(memory: KioskMemory) -> None:
    rows = listing(memory.file)
    assert isinstance(rows, list)
    assert [set(row) for row in rows] == 4 * [
        {"op_id", "class", "aggregate", "state", "made_at", "attempts", "next_try", "last_answer"}
    ]
    assert "CANARY" not in json.dumps(rows)


def test_reading_works_while_the_kiosk_is_in_the_middle_of_a_transaction(memory: KioskMemory) -> None:
    with memory.database.transaction() as connection:
        connection.execute("DELETE FROM outbox")
        rows = listing(memory.file)
        assert isinstance(rows, list)
        assert len(rows) == 4
        assert verify(memory.file, KEYS.kiosk.public) == Verification(rows=4, open=4)


def test_no_folder_is_an_answer_and_nothing_is_made(tmp_path: Path) -> None:
    assert isinstance(listing(tmp_path / "kiosk.db"), NoOutbox)
    assert isinstance(verify(tmp_path / "kiosk.db", KEYS.kiosk.public), NoOutbox)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM outbox WHERE seq = 2",
        "UPDATE outbox SET seq = 9 WHERE seq = 4",
        "UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE seq = 2",
        "UPDATE outbox SET signature = zeroblob(64) WHERE seq = 3",
        "UPDATE outbox SET expires_at = '2099-01-01T00:00:00+00:00' WHERE seq = 1",
        "UPDATE outbox SET kiosk = 'k2' WHERE seq = 4",
        "UPDATE outbox SET op_id = 'x' || op_id WHERE seq = 4",
        "UPDATE outbox SET digest = (SELECT digest FROM outbox WHERE seq = 1) WHERE seq = 2",
        "UPDATE outbox SET prev = zeroblob(32) WHERE seq = 3",
        "UPDATE expunged SET total = 1",
    ],
)
def test_tampering_is_found(memory: KioskMemory, tampering: str) -> None:
    assert memory.database.execute(tampering).rowcount == 1
    found = verify(memory.file, KEYS.kiosk.public)
    assert isinstance(found, Verification)
    assert not found.ok


def test_operations_of_another_kiosk_do_not_verify(memory: KioskMemory) -> None:
    found = verify(memory.file, Keys().kiosk.public)
    assert isinstance(found, Verification)
    assert len(found.problems) == 4


class Sound:
    """The bytes of a sound file with a dozen operations. Not shown when a test fails: they are many."""

    def __init__(self, folder: Path) -> None:
        sound = folder / "sound"
        sound.mkdir()
        memory = KioskMemory(sound / "kiosk.db", keys=KEYS)
        outbox = memory.start(numbers=20)
        for number in range(12):
            saved(outbox, note=str(number))
        memory.database.close()
        self.content = memory.file.read_bytes()
        self.rows = _contents(memory.file)
        self.flipped = folder / "kiosk.db"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return Sound(tmp_path_factory.mktemp("flipped"))


@settings(max_examples=count(150, 5_000))
@given(data=st.data())
def test_a_flipped_byte_is_found_or_changes_nothing(sound: Sound, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(sound.content) - 1))
    flip = data.draw(st.integers(1, 255))
    damaged = bytearray(sound.content)
    damaged[position] ^= flip
    for suffix in ("-wal", "-shm"):
        sound.flipped.with_name(sound.flipped.name + suffix).unlink(missing_ok=True)
    sound.flipped.write_bytes(damaged)
    found = verify(sound.flipped, KEYS.kiosk.public)
    if isinstance(found, Verification) and found.ok:
        assert _contents(sound.flipped) == sound.rows


def _contents(path: Path) -> list[tuple[object, ...]]:
    """What is promised never to be served wrong: everything an envelope is made of, in order."""
    connection = dbapi.connect(str(path), isolation_level=None)
    try:
        rows = connection.execute(
            "SELECT seq, op_id, class, aggregate, kiosk, sealed, signature FROM outbox"
        ).fetchall()
        return [tuple(row) for row in rows]
    finally:
        connection.close()


def test_a_database_without_an_outbox_is_damage_not_a_crash(tmp_path: Path) -> None:
    opened = open_database(tmp_path / "kiosk.db")
    assert isinstance(opened, Opened)
    opened.database.execute("DROP TABLE outbox")
    found = verify(tmp_path / "kiosk.db", KEYS.kiosk.public)
    assert isinstance(found, Verification)
    assert not found.ok
    assert isinstance(listing(tmp_path / "kiosk.db"), NoOutbox)
