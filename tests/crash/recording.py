"""Everything one undisturbed life asked of the disk and said to people, in order, read from strace."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.crash import told
from tests.crash.calls import WRITES
from tests.crash.driver import Order
from tests.crash.stage import Stage
from tests.crash.watched import Driver

#: Longest content that strace writes out, bytes; SQLite writes pages of 4 KiB.
_LONGEST = 1 << 20


@dataclass(frozen=True)
class Wrote:
    name: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    """The file is ``length`` bytes long now."""

    name: str
    length: int


@dataclass(frozen=True)
class Made:
    """A new, empty file."""

    name: str


@dataclass(frozen=True)
class Moved:
    name: str
    to: str


@dataclass(frozen=True)
class Gone:
    name: str


@dataclass(frozen=True)
class Synced:
    """The content of a file; '' for the folder itself, whose content are the names."""

    name: str


@dataclass(frozen=True)
class Said:
    line: told.Line


Step = Wrote | Cut | Made | Moved | Gone | Synced | Said

_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_DESCRIPTOR = re.compile(r"(?:\d+|AT_FDCWD)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
#: What a kiosk may change that is neither content nor name.
_RIGHTS = frozenset({"chmod", "fchmod", "fchmodat"})


def record(driver: Driver, stage: Stage, fault: str = "") -> list[Step]:
    log = stage.folder.with_name("record.trace")
    with stage.copy() as folder:
        watch = ["-y", "-xx", "-s", str(_LONGEST), "-e", f"trace={WRITES},openat,sendto", "-o", str(log)]
        life = driver.live(Order(stage.name, str(folder), fault), stage.campus(), watch)
        assert life.end == 0, life
        there = {path.name for path in stage.folder.iterdir()}
        steps = list(_Reader(folder, there).read(log.read_text().splitlines()))
    assert [step.line for step in steps if isinstance(step, Said)] == life.said
    return steps


class _Reader:
    def __init__(self, folder: Path, there: set[str]) -> None:
        self._folder = str(folder)
        self._there = there
        self._position: dict[str, int] = {}

    def read(self, trace: Iterable[str]) -> Iterable[Step]:
        for line in trace:
            called = _CALL.match(line)
            if called is not None and not called[3].startswith("-"):
                yield from self._call(called[1], called[2], int(called[3]))

    def _call(self, call: str, arguments: str, result: int) -> Iterable[Step]:
        names = [self._name(_path(found)) for found in _DESCRIPTOR.findall(arguments)]
        texts = [_bytes(found) for found in _TEXT.findall(arguments)]
        if call == "sendto":
            yield Said(told.line(texts[0]))
            return
        if call == "openat":
            yield from self._opened(self._name(texts[0].decode()), arguments)
            return
        if call in _RIGHTS or (call.startswith("mkdir") and result == 0):
            return
        touched = names[0] if names else None
        match call:
            case "pwrite64" if touched:
                yield Wrote(touched, int(arguments.rsplit(", ", 1)[1]), texts[0][:result])
            case "write" if touched:
                at = self._position.get(touched, 0)
                self._position[touched] = at + result
                yield Wrote(touched, at, texts[0][:result])
            case "ftruncate" if touched:
                yield Cut(touched, int(arguments.rsplit(", ", 1)[1]))
            case "fsync" | "fdatasync" if touched is not None:
                yield Synced(touched)
            case "unlink":
                gone = self._name(texts[0].decode())
                assert gone
                self._there.discard(gone)
                yield Gone(gone)
            case "rename":
                name, to = (self._name(text.decode()) for text in texts)
                assert name
                assert to
                self._there -= {name}
                self._there |= {to}
                yield Moved(name, to)
            case _ if touched is None and call in ("write", "fsync", "fdatasync", "ftruncate"):
                return  # another folder's, or what it says on its standard error
            case _:
                raise ValueError(f"what does this change? {call}({arguments[:200]})")

    def _opened(self, name: str | None, arguments: str) -> Iterable[Step]:
        if not name:
            return
        self._position[name] = 0
        if "O_CREAT" in arguments and name not in self._there:
            self._there.add(name)
            yield Made(name)
        elif "O_TRUNC" in arguments:
            yield Cut(name, 0)

    def _name(self, path: str) -> str | None:
        """'' for the folder itself; ``None`` where the path is elsewhere."""
        if path == self._folder:
            return ""
        inside = path.removeprefix(self._folder + "/")
        return inside if inside != path else None


def _path(text: str) -> str:
    """strace writes paths of descriptors in hex too."""
    return _bytes(text).decode() if text.startswith("\\x") else text


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
