"""The second copy of what waits: another form in another file, appended to before each commit, hash-chained.

It is against damage, not against power cuts: it is synced at the next beat, never while somebody waits. One line per
record: the mark of the line before, this line's own, the record. So a damaged line is noticed and costs only itself.
"""

import base64
import binascii
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.offline import durable_file
from kiosk.offline.marks import MARK_BYTES, Marks
from kiosk.wire.envelope import Envelope

#: What the first line is linked to.
_GENESIS = bytes(MARK_BYTES)
_HEX = 2 * MARK_BYTES
#: Most damaged lines that are named.
MOST_PROBLEMS = 100

_log = logging.getLogger(__name__)


class Written(msgspec.Struct, frozen=True, array_like=True, tag="written"):
    """An operation that was about to be committed; ``reference`` '' where its class has no number."""

    reference: str
    envelope: Envelope


class Ended(msgspec.Struct, frozen=True, array_like=True, tag="ended"):
    """``state``: an OutboxState, or WITHDRAWN; ``answer`` why, of a dead one."""

    op: str
    state: str
    answer: str = ""


class Numbers(msgspec.Struct, frozen=True, array_like=True, tag="numbers"):
    """A block of reference numbers, as it was; later operations take theirs from it."""

    kiosk: str
    first: int
    last: int
    next: int


class HubTime(msgspec.Struct, frozen=True, array_like=True, tag="hub_time"):
    """The last time the hub was heard to say, RFC 3339: what is made after damage is not dated before it."""

    at: str


Record = Written | Ended | Numbers | HubTime
#: The person was told that it was not saved.
WITHDRAWN = "withdrawn"

_DECODER: "msgspec.msgpack.Decoder[Record]" = msgspec.msgpack.Decoder(Record)


@dataclass(slots=True)
class CopyRead:
    """``there``: the file exists. ``records`` that are sound, oldest first; ``problems`` in English."""

    there: bool = False
    records: list[Record] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    head: bytes = _GENESIS
    size: int = 0

    @property
    def is_whole(self) -> bool:
        return self.there and not self.problems

    def found(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def read(path: Path, marks: Marks) -> CopyRead:
    """Beside a running kiosk as well: a last line without its end is being written. A file that cannot be read is
    damage like any other."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return CopyRead()
    except OSError as error:
        return CopyRead(there=True, problems=[str(error)])
    *lines, rest = content.split(b"\n")
    result = CopyRead(there=True, size=len(content) - len(rest))
    after_damage = False
    for number, line in enumerate(lines, start=1):
        sound = _sound(line, marks)
        if sound is None:
            result.found(f"line {number}: not what was written")
            after_damage = True
            continue
        before, own, record = sound
        if before != result.head and not after_damage:
            result.found(f"line {number}: what stood before it is missing")
        after_damage, result.head = False, own
        result.records.append(record)
    return result


def _line(before: bytes, record: Record, marks: Marks) -> tuple[bytes, bytes]:
    """The line, and its mark."""
    body = msgspec.msgpack.encode(record)
    own = marks.of_bytes(before + body)
    return _line_of(before, own, body) + b"\n", own


def _line_of(before: bytes, own: bytes, body: bytes) -> bytes:
    return b"%b %b %b" % (before.hex().encode(), own.hex().encode(), base64.b64encode(body))


def _sound(line: bytes, marks: Marks) -> tuple[bytes, bytes, Record] | None:
    try:
        before, own = bytes.fromhex(line[:_HEX].decode()), bytes.fromhex(line[_HEX + 1 : 2 * _HEX + 1].decode())
        body = base64.b64decode(line[2 * _HEX + 2 :], validate=True)
        if marks.of_bytes(before + body) != own or line != _line_of(before, own, body):
            return None
        return before, own, _DECODER.decode(body)
    except (ValueError, binascii.Error):  # msgspec's errors are ValueErrors
        return None


class SecondCopy:
    """Never raises for the disk's sake: what it could not write is ``stale`` until it is written anew as a whole."""

    def __init__(self, path: Path, marks: Marks) -> None:
        self._path, self._marks = path, marks
        self._file: int | None = None
        self._head = _GENESIS
        self._unsynced = False
        self._last_written = ("", 0)
        self.stale = True
        self.size = 0

    def go_on(self, found: CopyRead) -> None:
        """After what was read, which is whole and true."""
        try:
            self._open()
            os.ftruncate(self._descriptor, found.size)  # a last line without its end
        except OSError as error:
            self._fail(error)
            return
        self._head, self.size, self.stale = found.head, found.size, False

    def append(self, record: Record) -> None:
        """Costs some microseconds: nothing waits for the disk."""
        if self.stale:
            return
        line, head = _line(self._head, record, self._marks)
        try:
            written = os.pwrite(self._descriptor, line, self.size)
        except OSError as error:
            self._fail(error)
            return
        if written != len(line):
            self._fail(OSError("written in part"))
            return
        if isinstance(record, Written):
            self._last_written = record.envelope.context.op, self.size
        self.size += written
        self._head, self._unsynced = head, True

    def withdraw(self, op: str) -> None:
        """On the disk before anybody is told that ``op`` is not saved: they may tell it again. Where that cannot be
        written, what was written of it last is cut off."""
        self.append(Ended(op, WITHDRAWN))
        self.sync()
        written, at = self._last_written
        if self.stale and written == op:
            try:
                os.ftruncate(self._descriptor, at)
                os.fdatasync(self._descriptor)
            except OSError as error:
                _log.error("what was withdrawn stays in the second copy: %s", error)

    def sync(self) -> None:
        if not self._unsynced or self.stale:
            return
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:  # what was written since the last time may be gone: never tried again as if not
            self._fail(error)
            return
        self._unsynced = False

    def write_anew(self, records: list[Record]) -> None:
        """The old file or the new one stands there, whatever happens."""
        lines, head = list[bytes](), _GENESIS
        for record in records:
            line, head = _line(head, record, self._marks)
            lines.append(line)
        try:
            durable_file.write(self._path, b"".join(lines))
            self._open()
        except OSError as error:
            self._fail(error)
            return
        self._head, self.size = head, sum(map(len, lines))
        self.stale = self._unsynced = False

    def close(self) -> None:
        self.sync()
        self._close()

    @property
    def _descriptor(self) -> int:
        if self._file is None:
            raise OSError("the second copy is not open")
        return self._file

    def _open(self) -> None:
        self._close()
        self._file = os.open(self._path, os.O_WRONLY | os.O_CLOEXEC)

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _fail(self, error: OSError) -> None:
        _log.error("the second copy cannot be written: %s", error)
        self.stale = True
