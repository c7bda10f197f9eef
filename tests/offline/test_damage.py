"""Damage is noticed and never served, and what was damaged comes back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.offline.outbox_reading import Verification, verify_all
from tests.counts import count
from tests.offline.kiosks import Keys, KioskMemory, saved
from tests.offline.lives import is_sound, lived, memory_of, sent, states

KEYS = Keys()


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db", keys=KEYS)


def test_a_row_that_is_not_what_was_written_is_noticed_at_start_and_comes_back(memory: KioskMemory) -> None:
    waiting, dead = lived(memory)
    with memory_of(memory) as connection:
        connection.execute("UPDATE outbox SET state = 'settled' WHERE seq = 4")  # a sound file to SQLite
    outbox = memory.start()
    assert memory.opened.set_aside is not None
    assert sent(outbox) == waiting
    assert [op for op, state in states(memory).items() if state == "dead"] == dead


def test_a_row_that_is_missing_is_noticed_at_start_and_comes_back(memory: KioskMemory) -> None:
    waiting, _ = lived(memory)
    with memory_of(memory) as connection:
        connection.execute("DELETE FROM outbox WHERE seq = 5")
    assert sent(memory.start()) == waiting


@pytest.mark.parametrize("state", ["settled", "dead", "sending", "settlee"])
@pytest.mark.parametrize("row", [1, 2, 3])
def test_no_value_of_a_row_can_change_unseen(memory: KioskMemory, state: str, row: int) -> None:
    waiting, _ = lived(memory)
    with memory_of(memory) as connection:
        changed = connection.execute(
            "UPDATE outbox SET state = ? WHERE seq = ? AND state <> ?", (state, row, state)
        ).rowcount
    found = verify_all(memory.places, KEYS.kiosk)
    assert isinstance(found, Verification)
    assert found.ok is not bool(changed)
    assert sent(memory.start()) == waiting


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE number_block SET next = 1",
        "UPDATE number_block SET next = 3",
        "UPDATE number_block SET kiosk = 'A13'",
        "UPDATE number_block SET first = 5",
        "DELETE FROM number_block",
    ],
)
def test_damaged_blocks_give_no_number_twice_and_none_of_another_kiosk(memory: KioskMemory, damage: str) -> None:
    outbox = memory.start(numbers=20)
    given = [saved(outbox).reference for _ in range(6)]
    memory.opened.close()
    with memory_of(memory) as connection:
        connection.execute(damage)
    outbox = memory.start()
    again = [saved(outbox).reference for _ in range(6)]
    assert not set(given) & set(again)
    assert all(reference.startswith("A12-") for reference in again)


class Lived:
    """The files of a kiosk that stopped, and what it owes. Not shown when a test fails: they are many bytes."""

    def __init__(self, folder: Path) -> None:
        self.memory = KioskMemory(folder / "kiosk.db", keys=KEYS)
        self.waiting, self.dead = lived(self.memory)
        self.content = {name: (folder / name).read_bytes() for name in ("kiosk.db", "kiosk.copy")}

    def restored(self) -> KioskMemory:
        folder = self.memory.file.parent
        for file in folder.iterdir():
            file.unlink()
        for name, content in self.content.items():
            (folder / name).write_bytes(content)
        return self.memory

    def __repr__(self) -> str:
        return "Lived()"


@pytest.fixture(scope="module")
def a_life(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return Lived(tmp_path_factory.mktemp("lived"))


@settings(max_examples=count(150, 5_000), deadline=None)
@given(data=st.data())
def test_whichever_byte_of_either_file_flips_nothing_is_lost_and_nothing_wrong_is_sent(
    a_life: Lived, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(a_life.content)))
    content = bytearray(a_life.content[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    memory = a_life.restored()
    (memory.file.parent / name).write_bytes(content)
    outbox = memory.start()
    try:
        assert sent(outbox) == a_life.waiting
        assert [op for op, state in states(memory).items() if state == "dead"] == a_life.dead
        assert saved(outbox).reference.startswith("A12-00")
        assert is_sound(memory)
    finally:
        memory.opened.close()
