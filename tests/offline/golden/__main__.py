"""Writes the file of the newest schema."""

import tempfile
from pathlib import Path

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused
from kiosk.offline.released import RELEASED
from kiosk.sqlite import dbapi
from tests.offline.golden import DEAD, KEYS, SENT, SETTLED, WAITS, dump, file_of
from tests.offline.kiosks import KioskMemory, accepted, saved


def write() -> None:
    file = file_of(RELEASED[-1])
    if file.exists():
        raise SystemExit(f"{file} is released; another schema gets another file")
    with tempfile.TemporaryDirectory() as folder:
        memory = KioskMemory(Path(folder) / "kiosk.db", keys=KEYS)
        outbox = memory.start(numbers=20)
        told = [saved(outbox, f"golden {number}") for number in range(1, 5)]
        assert [one.reference for one in told] == [WAITS, SENT, DEAD, SETTLED]
        memory.clock.passed = 1.0
        outbox.take_due(4)
        outbox.bury(OpId(told[2].op_id), Refused("malformed"))
        outbox.settle(OpId(told[3].op_id), accepted(SETTLED))
        outbox.close()
        connection = dbapi.connect(str(memory.file))
        file.write_text(dump(connection), "utf-8")


if __name__ == "__main__":
    write()
