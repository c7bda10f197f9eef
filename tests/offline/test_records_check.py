"""What a kiosk remembers is looked at whole while it runs, at night, and what was found is told."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.health import Degraded, Down, Health, Ready, Why
from kiosk.offline.records_check import QUIET_FROM, QUIET_UNTIL, RecordsCheck
from kiosk.sqlite import dbapi
from tests.offline.kiosks import KioskMemory, saved

DAY = datetime(2026, 11, 20, 9)
NIGHT = datetime(2026, 11, 21, QUIET_FROM)
FLIP = "UPDATE outbox SET sealed = zeroblob(length(sealed)) WHERE seq = 2"


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


class Nights:
    def __init__(self, memory: KioskMemory, now: datetime = DAY) -> None:
        self.now = now
        self.check = RecordsCheck(memory.places, memory.keys.kiosk, lambda: self.now)

    def at(self, now: datetime) -> Health:
        self.now = now
        return self.check.look().health


def damage(memory: KioskMemory) -> None:
    other = dbapi.connect(str(memory.file), isolation_level=None)
    other.execute(FLIP)
    other.close()


def test_damage_is_found_in_the_night_beside_the_running_kiosk_and_the_next_start_puts_it_right(
    memory: KioskMemory,
) -> None:
    outbox = memory.start(numbers=10)
    for _ in range(3):
        saved(outbox)
    nights = Nights(memory)
    assert nights.at(DAY) == nights.at(NIGHT) == Ready()
    assert nights.check.look().measured == "2026-11-21"
    damage(memory)
    saved(outbox)
    assert nights.at(NIGHT.replace(hour=QUIET_UNTIL)) == Ready(), "once a night is enough"
    assert nights.at(NIGHT + timedelta(days=1)) == Down(Why.RECORDS_DAMAGED)
    assert nights.at(DAY + timedelta(days=2)) == Down(Why.RECORDS_DAMAGED), "until it is put right"
    memory.opened.close()
    memory.start()
    assert memory.opened.rebuilt == 4
    nights = Nights(memory)
    assert nights.at(DAY) == nights.at(NIGHT) == Degraded(Why.RECORDS_MADE_ANEW)
    assert nights.check.look().measured == "kiosk.db.broken-1"
    for file in memory.file.parent.glob("*.broken-*"):
        file.rename(file.with_name(f"seen-{file.name[-3:]}"))
    assert nights.at(DAY + timedelta(days=3)) == Ready()


def test_by_day_nothing_is_read(memory: KioskMemory) -> None:
    memory.start(numbers=10)
    memory.opened.close()
    memory.file.write_bytes(b"no database" * 999)
    assert Nights(memory).at(DAY) == Ready()
    assert Nights(memory).at(NIGHT) == Down(Why.RECORDS_DAMAGED)
