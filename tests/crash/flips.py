"""One bit of a kiosk's memory is not what was written: what the next start makes of it."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random

from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.sqlite import dbapi
from tests.crash.kiosk import KEYS, Kiosk, OutOfOrder
from tests.crash.stage import Stage
from tests.crash.told import Aside, Line, Reply


class Verdict(Enum):
    HARMLESS = "harmless"
    NOTICED = "noticed"
    #: Something is missing and nobody can tell.
    UNNOTICED = "unnoticed"
    #: The campus got something that nobody reported, or that is not what was written.
    SERVED = "served"


@dataclass(frozen=True)
class Flip:
    """Bit ``bit`` of byte ``at`` of the file ``name``."""

    name: str
    at: int
    bit: int

    @classmethod
    def anywhere(cls, folder: Path, names: tuple[str, ...], chance: Random) -> "Flip":
        name = chance.choice(names)
        return cls(name, chance.randrange((folder / name).stat().st_size), chance.randrange(8))

    def make(self, folder: Path) -> None:
        content = bytearray((folder / self.name).read_bytes())
        content[self.at] ^= 1 << self.bit
        (folder / self.name).write_bytes(content)


def verdict(folder: Path, stage: Stage) -> Verdict:
    """Starts a kiosk in ``folder``, has it looked through and delivers all it has."""
    campus, said = stage.campus(), list[Line]()

    def hear(line: Line) -> Reply | None:
        said.append(line)
        return campus.hear(line)

    kiosk = Kiosk(folder, hear)
    try:
        kiosk.boot()
        noticed = _problems(kiosk) or any(isinstance(line, Aside) for line in said)
        kiosk.deliver()
        rows = listing(kiosk.places.database)
        noticed |= not isinstance(rows, list) or any(row["state"] == "dead" for row in rows)
    except (OutOfOrder, OSError, dbapi.Error):
        noticed = True
    finally:
        kiosk.leave()
    arrived = [*stage.arrived, *campus.effects()]
    told = [(saved.note, saved.reference) for saved in stage.saved]
    if campus.unreadable or len(set(arrived)) < len(arrived) or not set(arrived) <= set(told):
        return Verdict.SERVED
    if set(told) <= set(arrived):
        return Verdict.HARMLESS
    return Verdict.NOTICED if noticed else Verdict.UNNOTICED


def _problems(kiosk: Kiosk) -> bool:
    found = verify(kiosk.places.database, KEYS.kiosk.public)
    return not isinstance(found, Verification) or not found.ok
