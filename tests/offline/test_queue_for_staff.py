"""What staff see of the queue, without what is in it; and what a kiosk that was closed remembers."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.backstage import keep_neighbours
from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Refused, Unreached
from kiosk.domain.presence import Neighbours
from kiosk.domain.upkeep import Closed, ClosedFor
from kiosk.domain.visit import Visit
from kiosk.offline.facts import Facts
from kiosk.services.ports import Queued
from kiosk.services.session import Session
from tests.offline.kiosks import START, KioskMemory, accepted, saved


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


def test_the_dead_come_first_then_the_oldest_and_never_what_the_hub_has(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = [saved(outbox, f"canary {number}") for number in range(4)]
    ids = [OpId(one.op_id) for one in told]
    outbox.take_due(4)
    outbox.settle(ids[0], accepted(told[0].reference, START + timedelta(minutes=1)))
    outbox.bury(ids[2], Refused("no_such_service", "gone"))
    outbox.retry(ids[1], Unreached.HUB_ERROR, 900.0)
    seen = outbox.unsettled(10)
    assert [one.reference for one in seen] == [told[2].reference, told[1].reference, told[3].reference]
    assert seen[0] == Queued(OperationClass.TICKET, told[2].reference, START, 1, True, "no_such_service gone")
    assert (seen[1].dead, seen[1].attempts, seen[1].answer) == (False, 1, "hub_error")
    assert "canary" not in str(seen)
    assert outbox.unsettled(1) == seen[:1]
    assert outbox.last_sent() == START + timedelta(minutes=1)


def test_hurrying_ends_every_wait_but_sends_nothing_twice_that_is_under_way(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    assert outbox.last_sent() is None
    waits, under_way, dead = (OpId(saved(outbox).op_id) for _ in range(3))
    outbox.take_due(3)
    outbox.retry(waits, Unreached.HUB_ERROR, 900.0)
    outbox.bury(dead, Refused("expired"))
    assert outbox.take_due(3) == []
    outbox.hurry()
    assert [parcel.op_id for parcel in outbox.take_due(3)] == [waits]
    assert under_way.value


def test_dead_letters_wait_again_in_their_old_places_also_after_damage(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    first, second, third = (OpId(saved(outbox).op_id) for _ in range(3))
    outbox.take_due(3)
    outbox.bury(first, Refused("unknown_kind"))
    outbox.bury(third, Refused("expired"))
    outbox.send_again({third.value, "nobody's"})
    outbox.send_again({second.value})
    assert (outbox.fill().unsettled, outbox.fill().dead) == (2, 1)
    assert [parcel.op_id for parcel in outbox.take_due(3)] == [third]
    outbox.send_again()
    assert (outbox.fill().unsettled, outbox.fill().dead) == (3, 0)
    outbox.close()
    memory.file.write_bytes(b"no database" * 999)
    outbox = memory.start()
    assert [parcel.op_id for parcel in outbox.take_due(3)] == [first, second, third]


def test_what_is_damaged_is_not_sent_again(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    saved(outbox)
    memory.database.execute("UPDATE outbox SET sealed = x'00'")
    assert outbox.take_due(1) == []
    outbox.send_again()
    assert outbox.fill().dead == 1
    assert outbox.take_due(1) == []


def test_a_closed_kiosk_is_still_closed_after_a_restart(memory: KioskMemory) -> None:
    memory.start()
    facts = Facts(memory.database)
    assert facts.closed() is None
    closed = Closed(ClosedFor.PRINTER, START + timedelta(hours=1))
    facts.remember_closed(closed)
    memory.start()
    assert Facts(memory.database).closed() == closed
    Facts(memory.database).remember_closed(None)
    memory.start()
    assert Facts(memory.database).closed() is None


def test_when_something_was_last_sent_is_known_after_a_restart_too(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = [saved(outbox) for _ in range(3)]
    assert outbox.fill().last_sent is None
    for one, minute in zip(told, (2, 1), strict=False):
        outbox.settle(OpId(one.op_id), accepted(one.reference, START + timedelta(minutes=minute)))
    assert outbox.fill().last_sent == START + timedelta(minutes=2)
    outbox.close()
    assert memory.start().fill().last_sent == START + timedelta(minutes=2)


def test_a_dead_letter_that_the_hub_asks_for_waits_again_and_only_once(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    asked, other = (OpId(saved(outbox).op_id) for _ in range(2))
    session = Session(memory.clock, Visit(language=Language.ZH, house=Language.ZH))
    outbox.take_due(2)
    for op in (asked, other):
        outbox.bury(op, Refused("expired"))
    answer = Neighbours(START, (), again=(asked.value, "unknown"))
    for _ in range(2):
        keep_neighbours(session, Facts(memory.database), answer, outbox)
        assert (outbox.fill().unsettled, outbox.fill().dead) == (1, 1)
    assert [parcel.op_id for parcel in outbox.take_due(3)] == [asked]
    keep_neighbours(session, Facts(memory.database), answer, outbox)
    assert outbox.take_due(3) == [], "it is on its way"
    outbox.settle(asked, accepted("A12-0001"))
    keep_neighbours(session, Facts(memory.database), answer, outbox)
    assert (outbox.fill().unsettled, outbox.fill().dead) == (0, 1)
    assert session.neighbours == Neighbours(START, ())
