"""What may be sent now is found without reading a long queue whole, and nothing is passed over for it."""

from collections.abc import Generator
from pathlib import Path

import pytest

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused, Unreached
from kiosk.offline.heads import Heads
from kiosk.offline.outbox import Outbox
from tests.offline.kiosks import KioskMemory, accepted, saved
from tests.offline.test_classes import LOSS, put

LONG, AT_ONCE = 300, 4


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read."""
    read, found = Heads.read, list[str]()

    def counting(self: Heads) -> Generator[tuple[str, bool]]:
        for op_id, first in read(self):
            found.append(op_id)
            yield op_id, first

    monkeypatch.setattr(Heads, "read", counting)
    return found


def taken(outbox: Outbox, most: int = AT_ONCE) -> list[str]:
    return [parcel.op_id.value for parcel in outbox.take_due(most)]


def settled(outbox: Outbox, op: str) -> None:
    outbox.settle(OpId(op), accepted(""))


def test_a_long_queue_is_read_as_far_as_it_is_wanted(memory: KioskMemory, counted: list[str]) -> None:
    outbox = memory.start(numbers=LONG)
    ops = [saved(outbox).op_id for _ in range(LONG)]
    for begin in range(0, LONG, AT_ONCE):
        counted.clear()
        assert taken(outbox) == ops[begin : begin + AT_ONCE]
        assert len(counted) == AT_ONCE, "neither what has gone nor what is not wanted yet"
        for op in ops[begin : begin + AT_ONCE]:
            settled(outbox, op)
    assert taken(outbox) == []


def test_what_is_first_in_line_is_found_behind_a_long_queue(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=LONG)
    ops = [saved(outbox).op_id for _ in range(20)]
    assert taken(outbox) == ops[:4]
    loss = put(outbox, LOSS)
    assert taken(outbox, 2) == [loss.op_id, ops[4]]
    outbox.retry(OpId(loss.op_id), Unreached.HUB_ERROR, 30.0)
    assert taken(outbox, 2) == ops[5:7]
    memory.clock.passed = 30.0
    assert taken(outbox, 2) == [loss.op_id, ops[7]]


def test_what_waits_again_before_what_was_sent_meanwhile_is_not_passed_over(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=LONG)
    first, second, third = (saved(outbox).op_id for _ in range(3))
    assert taken(outbox, 1) == [first]
    outbox.bury(OpId(first), Refused("expired"))
    assert taken(outbox, 1) == [second]
    settled(outbox, second)
    assert taken(outbox, 1) == [third]
    outbox.send_again()
    assert taken(outbox, 1) == [first]


def test_the_longest_waiting_goes_before_the_older_one(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=LONG)
    first, second = (saved(outbox).op_id for _ in range(2))
    taken(outbox)
    outbox.retry(OpId(first), Unreached.HUB_ERROR, 20.0)
    outbox.retry(OpId(second), Unreached.HUB_ERROR, 10.0)
    memory.clock.passed = 30.0
    assert taken(outbox, 1) == [second]
