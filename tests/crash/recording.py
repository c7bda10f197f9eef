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
class Copied:
    """A file's whole content, as it is now, into a new one."""

    name: str
    source: str


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


Step = Wrote | Copied | Cut | Made | Moved | Gone | Synced | Said

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
        there = {path.name: path.stat().st_size for path in stage.folder.iterdir()}
        steps = list(_Reader(folder, there).read(log.read_text().splitlines()))
    assert [step.line for step in steps if isinstance(step, Said)] == life.said
    return steps


class _Reader:
    """``lengths``: of every file that is there; what is only appended to is written where it ends."""

    def __init__(self, folder: Path, lengths: dict[str, int]) -> None:
        self._folder = str(folder)
        self._lengths = lengths
        self._position: dict[str, int] = {}
        self._appended: set[str] = set()

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
                yield self._wrote(touched, int(arguments.rsplit(", ", 1)[1]), texts[0][:result])
            case "write" if touched:
                at = self._lengths[touched] if touched in self._appended else self._position[touched]
                self._position[touched] = at + result
                yield self._wrote(touched, at, texts[0][:result])
            case "ftruncate" if touched:
                self._lengths[touched] = int(arguments.rsplit(", ", 1)[1])
                yield Cut(touched, self._lengths[touched])
            case "sendfile" if touched:
                source = names[1]
                assert source
                assert result in (0, self._lengths[source]), "copied in parts"
                if result:
                    self._lengths[touched] = result
                    yield Copied(touched, source)
            case "fsync" | "fdatasync" if touched is not None:
                yield Synced(touched)
            case "unlink":
                gone = self._name(texts[0].decode())
                assert gone
                del self._lengths[gone]
                yield Gone(gone)
            case "rename":
                name, to = (self._name(text.decode()) for text in texts)
                assert name
                assert to
                self._lengths[to] = self._lengths.pop(name)
                yield Moved(name, to)
            case _ if touched is None and call in ("write", "fsync", "fdatasync", "ftruncate"):
                return  # another folder's, or what it says on its standard error
            case _:
                raise ValueError(f"what does this change? {call}({arguments[:200]})")

    def _opened(self, name: str | None, arguments: str) -> Iterable[Step]:
        if not name:
            return
        if "O_RDONLY" not in arguments:
            self._position[name] = 0
            (self._appended.add if "O_APPEND" in arguments else self._appended.discard)(name)
        if "O_CREAT" in arguments and name not in self._lengths:
            self._lengths[name] = 0
            yield Made(name)
        elif "O_TRUNC" in arguments:
            self._lengths[name] = 0
            yield Cut(name, 0)

    def _wrote(self, name: str, at: int, data: bytes) -> Wrote:
        self._lengths[name] = max(self._lengths[name], at + len(data))
        return Wrote(name, at, data)

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
