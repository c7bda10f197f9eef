"""A life of a kiosk's memory for tests, and what is asked about it."""

from pathlib import Path
from typing import Any

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused, Unreached
from kiosk.offline.outbox import Outbox
from kiosk.offline.outbox_reading import Verification, listing, verify_all
from kiosk.sqlite import dbapi
from tests.offline.kiosks import KioskMemory, accepted, saved


def states(memory: KioskMemory) -> dict[str, str]:
    rows = listing(memory.file)
    assert isinstance(rows, list), rows
    return {str(row["op_id"]): str(row["state"]) for row in rows}


def is_sound(memory: KioskMemory) -> bool:
    found = verify_all(memory.places, memory.keys.kiosk)
    assert isinstance(found, Verification), found
    assert found.ok, found.problems
    return True


def sent(outbox: Outbox, limit: int = 99) -> list[str]:
    return [parcel.op_id.value for parcel in outbox.take_due(limit)]


def lived(memory: KioskMemory) -> tuple[list[str], list[str]]:
    """A queue with everything in it. What has to be there whatever happens: still to be sent, and dead."""
    outbox = memory.start(numbers=50)
    told = [saved(outbox, str(number)) for number in range(8)]
    outbox.take_due(4)
    outbox.settle(OpId(told[0].op_id), accepted(told[0].reference))
    outbox.bury(OpId(told[1].op_id), Refused("malformed", "x"))
    outbox.retry(OpId(told[2].op_id), Unreached.HUB_ERROR, 5.0)
    outbox.close()
    return [one.op_id for one in told[2:]], [told[1].op_id]


def memory_of(memory: KioskMemory) -> "Raw":
    return Raw(memory.file)


class Raw:
    """The file under the program's feet."""

    def __init__(self, file: Path) -> None:
        self.connection = dbapi.connect(str(file), isolation_level=None)

    def __enter__(self) -> Any:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()
