"""A disk set back to an earlier day: the hub's memory tells, and no number is given a second time."""

from pathlib import Path

import pytest

from kiosk.domain.operations import OpId
from kiosk.domain.presence import MemoryMark
from kiosk.domain.references import NumberBlock
from kiosk.offline.outbox import Outbox
from tests.offline.kiosks import KioskMemory, accepted, saved


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


class HubsView:
    """What a hub keeps of it, as hub.services.kiosk_memory does."""

    def __init__(self) -> None:
        self.known: MemoryMark | None = None

    def talk(self, outbox: Outbox) -> None:
        told = outbox.set_back.mark()
        assert told is not None
        before = self.known
        if before is None or before.epoch != told.epoch or before.seq <= told.seq:
            self.known = told
        outbox.set_back.heard(before)


def disk_of(memory: KioskMemory) -> dict[Path, bytes]:
    memory.opened.close()
    return {file: file.read_bytes() for file in memory.file.parent.iterdir()}


def set_back(memory: KioskMemory, disk: dict[Path, bytes]) -> None:
    for file in memory.file.parent.iterdir():
        file.unlink()
    for file, content in disk.items():
        file.write_bytes(content)


def test_a_disk_that_was_set_back_gives_no_number_again(memory: KioskMemory) -> None:
    hub, outbox = HubsView(), memory.start(numbers=50)
    saved(outbox)
    hub.talk(outbox)
    disk = disk_of(memory)
    outbox = memory.start()
    later = [saved(outbox).reference for _ in range(3)]
    hub.talk(outbox)
    memory.opened.close()
    set_back(memory, disk)
    outbox = memory.start()
    asked = outbox.numbers_wanted()
    hub.talk(outbox)
    assert outbox.numbers_left() == 0
    assert outbox.numbers_wanted() not in (None, asked), "for the old question the hub would give the same block"
    outbox.add_numbers(NumberBlock.fresh("A12", 201, 400))
    hub.talk(outbox)
    assert outbox.numbers_left() == 200, "it goes on as another memory"
    assert saved(outbox).reference not in later
    memory.opened.close()
    assert memory.start().numbers_left() == 199


def test_a_disk_that_went_on_in_two_ways_is_noticed(memory: KioskMemory) -> None:
    """Set back, and by then as long as the hub knows: the chain tells."""
    hub, outbox = HubsView(), memory.start(numbers=50)
    hub.talk(outbox)
    disk = disk_of(memory)
    outbox = memory.start()
    for _ in range(2):
        saved(outbox)
    hub.talk(outbox)
    memory.opened.close()
    set_back(memory, disk)
    outbox = memory.start()
    for _ in range(4):
        saved(outbox)
    hub.talk(outbox)
    assert outbox.numbers_left() == 0


def test_a_disk_from_before_it_was_set_back_is_noticed_again(memory: KioskMemory) -> None:
    hub, outbox = HubsView(), memory.start(numbers=50)
    hub.talk(outbox)
    hub.talk(outbox)
    disk = disk_of(memory)
    outbox = memory.start()
    saved(outbox)
    hub.talk(outbox)
    for _ in range(2):
        memory.opened.close()
        set_back(memory, disk)
        outbox = memory.start()
        hub.talk(outbox)
        assert outbox.numbers_left() == 0
        hub.talk(outbox)


def test_a_life_without_accidents_is_never_taken_for_one(memory: KioskMemory) -> None:
    hub, outbox = HubsView(), memory.start(numbers=50)
    for _ in range(4):
        told = saved(outbox)
        hub.talk(outbox)
        outbox.settle(OpId(told.op_id), accepted(told.reference))
        hub.talk(outbox)
        outbox.forget_settled()
        memory.opened.close()
        outbox = memory.start()
        hub.talk(outbox)
    assert outbox.numbers_left() == 46


def test_a_memory_made_anew_after_damage_keeps_its_numbers(memory: KioskMemory) -> None:
    hub, outbox = HubsView(), memory.start(numbers=50)
    saved(outbox)
    hub.talk(outbox)
    hub.talk(outbox)
    memory.opened.close()
    memory.file.write_bytes(b"not a database" * 999)
    outbox = memory.start()
    hub.talk(outbox)
    hub.talk(outbox)
    assert outbox.numbers_left() == 49


def test_a_hub_that_lost_its_own_memory_starts_no_alarm(memory: KioskMemory) -> None:
    hub, outbox = HubsView(), memory.start(numbers=50)
    saved(outbox)
    hub.talk(outbox)
    hub.known = None
    hub.talk(outbox)
    hub.talk(outbox)
    assert outbox.numbers_left() == 49
