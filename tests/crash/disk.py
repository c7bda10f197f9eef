"""A disk that forgets: what is on it after the power went, when only what was synced is sure to be there.

Content and names are separate, as POSIX has them: a file's sync says nothing about its name, which is sure only after
the folder's. Names change in order (every journalling file system does that much); unsynced content may arrive in any
order, in part, or torn between sectors.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from tests.crash.recording import Copied, Cut, Gone, Made, Moved, Said, Step, Synced, Wrote

#: What a disk writes whole, bytes.
SECTOR = 512


class Power(Enum):
    """What of the unsynced is found after a cut."""

    SYNCED_ONLY = "synced only"
    SUBSET = "a random subset"
    TORN = "a random subset, torn at 512 B"


@dataclass
class _File:
    sure: bytes = b""
    unsure: list[Wrote | Cut] = field(default_factory=list)


class Disk:
    def __init__(self, folder: Path) -> None:
        found = sorted(path for path in folder.iterdir() if path.is_file())
        self._files = [_File(path.read_bytes()) for path in found]
        self._names = {path.name: number for number, path in enumerate(found)}
        #: As they are surely, then after each change that is not sure.
        self._names_seen = [dict(self._names)]

    def take(self, step: Step) -> None:
        match step:
            case Wrote(name) | Cut(name):
                self._file(name).unsure.append(step)
            case Copied(name, source):
                copied = self._file(source)
                self._file(name).unsure.append(Wrote(name, 0, content(copied.sure, copied.unsure)))
            case Made(name):
                self._files.append(_File())
                self._names[name] = len(self._files) - 1
                self._names_seen.append(dict(self._names))
            case Moved(name, to):
                self._names[to] = self._names.pop(name)
                self._names_seen.append(dict(self._names))
            case Gone(name):
                del self._names[name]
                self._names_seen.append(dict(self._names))
            case Synced(""):
                self._names_seen = [dict(self._names)]
            case Synced(name):
                file = self._file(name)
                file.sure, file.unsure = content(file.sure, file.unsure), []
            case Said():
                pass

    def _file(self, name: str) -> _File:
        return self._files[self._names[name]]

    def cut(self, power: Power, chance: random.Random) -> dict[str, bytes]:
        """Name and content of what is found."""
        names = self._names_seen[0] if power is Power.SYNCED_ONLY else chance.choice(self._names_seen)
        found = {}
        for name, number in names.items():
            file = self._files[number]
            # Memory that processes share is no memory after a restart; SQLite makes it anew.
            if not name.endswith("-shm"):
                found[name] = content(file.sure, _arrived(file.unsure, power, chance))
        return found


def _arrived(unsure: list[Wrote | Cut], power: Power, chance: random.Random) -> Iterable[Wrote | Cut]:
    if power is Power.SYNCED_ONLY:
        return
    for step in unsure:
        if chance.random() < 0.5:
            continue
        if power is Power.SUBSET or isinstance(step, Cut):
            yield step
            continue
        for start, data in sectors(step):
            if chance.random() < 0.5:
                yield Wrote(step.name, start, data)


def sectors(step: Wrote) -> Iterable[tuple[int, bytes]]:
    """What was written, cut where the disk's sectors begin."""
    at, end = step.offset, step.offset + len(step.data)
    while at < end:
        until = min(end, (at // SECTOR + 1) * SECTOR)
        yield at, step.data[at - step.offset : until - step.offset]
        at = until


def content(sure: bytes, steps: Iterable[Wrote | Cut]) -> bytes:
    """``sure`` after ``steps``; what was never written reads as zeros."""
    now = bytearray(sure)
    for step in steps:
        length = step.length if isinstance(step, Cut) else max(len(now), step.offset + len(step.data))
        del now[length:]
        now.extend(bytes(length - len(now)))
        if isinstance(step, Wrote):
            now[step.offset : step.offset + len(step.data)] = step.data
    return bytes(now)
