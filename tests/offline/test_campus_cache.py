"""What the campus said last is known after a restart without network."""

from pathlib import Path

import msgspec
import pytest

from kiosk.domain.campus import Campus, Desk, KioskPlace, Opening, Service, Symptom, Text
from kiosk.domain.presence import Neighbour, Neighbours
from kiosk.offline.campus_cache import CampusCache
from kiosk.offline.facts import Facts
from kiosk.services.hub_requests import CampusSnapshot
from kiosk.sqlite import dbapi
from kiosk.wire.campus import CampusAnswer
from kiosk.wire.envelope import HubKey
from tests.offline.failing_disk import FailingDisk
from tests.offline.kiosks import START, KioskMemory

SLOW = Symptom("slow", "x", Text("慢", "slow"))
ZH_EN = Text("图书馆", "Library")
CAMPUS = Campus(
    "v7", Text("云麓大学", "Yunlu University"), Text("IT 自助服务", "IT self-service"), "云", "Asia/Shanghai",
    Desk(ZH_EN, "8231 0000", (Opening(1, "08:00", "18:00"),), (ZH_EN,)),
    (Service("network", "incident", "wifi", ZH_EN, ZH_EN, ZH_EN, "none", (SLOW,), (), True, True),),
    (), KioskPlace("A12", ZH_EN, "lib", Text("一层", "1F")), "", "[0-9]{11}", (11,), "", 30,
)  # fmt: skip
KEYS = [HubKey("h1", bytes(32))]


def test_a_snapshot_survives_a_restart_field_by_field(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    memory.start()
    cache = CampusCache(memory.database, memory.clock)
    assert (cache.campus(), cache.etag(), cache.hub_keys()) == (None, "", [])
    shown = cache.keep(CampusSnapshot('"v7"', msgspec.json.encode(CampusAnswer(CAMPUS, KEYS))))
    memory.database.close()
    memory.start()
    again = CampusCache(memory.database, memory.clock)
    assert (again.campus(), again.etag(), again.hub_keys()) == (CAMPUS, '"v7"', KEYS)
    assert shown == CAMPUS


@pytest.mark.parametrize("code", [dbapi.SQLITE_FULL, dbapi.SQLITE_IOERR])
def test_a_snapshot_the_disk_refuses_is_shown_all_the_same(tmp_path: Path, code: int) -> None:
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect)
    memory.start()
    cache = CampusCache(memory.database, memory.clock)
    disk.fail("INSERT INTO campus", code)
    assert cache.keep(CampusSnapshot('"v7"', msgspec.json.encode(CampusAnswer(CAMPUS, KEYS)))) == CAMPUS
    assert (cache.campus(), cache.etag()) == (CAMPUS, '"v7"')
    assert CampusCache(memory.database, memory.clock).campus() is None


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b'{"version": 3}'])
def test_a_damaged_snapshot_counts_as_none(tmp_path: Path, body: bytes) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    memory.start()
    memory.database.execute("INSERT INTO campus VALUES ('e', ?, '')", (body,))
    cache = CampusCache(memory.database, memory.clock)
    assert (cache.campus(), cache.etag()) == (None, "")


def test_the_hubs_time_is_remembered(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    memory.start()
    facts = Facts(memory.database)
    assert facts.hub_time() is None
    facts.remember_hub_time(START)
    facts.remember_hub_time(START)
    assert facts.hub_time() == START


def test_a_full_disk_ends_nobodys_visit_for_what_is_only_a_memory(tmp_path: Path) -> None:
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect)
    memory.start()
    disk.fail("INSERT INTO fact", dbapi.SQLITE_FULL)
    facts = Facts(memory.database)
    facts.remember_hub_time(START)
    disk.fail("INSERT INTO fact", dbapi.SQLITE_IOERR)
    facts.remember_neighbours(Neighbours(START, ()))
    assert (facts.hub_time(), facts.neighbours()) == (None, None)
    disk.fail("INSERT INTO fact", dbapi.SQLITE_FULL)
    with pytest.raises(dbapi.Error):
        facts.numbers_op()


def test_the_last_that_was_heard_of_other_kiosks_survives_a_restart(tmp_path: Path) -> None:
    memory = KioskMemory(tmp_path / "kiosk.db")
    memory.start()
    known = Neighbours(START, (Neighbour("B03", Text("二教学楼一层", "Teaching Building 2, ground floor")),))
    facts = Facts(memory.database)
    assert facts.neighbours() is None
    facts.remember_neighbours(known)
    assert Facts(memory.database).neighbours() == known
    memory.database.execute("UPDATE fact SET value = '{\"as_of\": 7' WHERE name = 'neighbours'")
    assert facts.neighbours() is None, "what cannot be read is not said"
