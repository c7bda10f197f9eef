"""An ESC/POS printer of our own: takes bytes over TCP or a pseudo-terminal, obeys them as a thermal printer does and
keeps what came out as pictures.

As in a real one, real-time commands are obeyed as they arrive, wherever they stand, even inside picture data; all else
waits in a buffer that outlives the connection and is worked off in order, as long as there is paper and the cover is
closed.
"""

import contextlib
import os
import socket
import struct
import threading
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from PIL import Image, ImageChops

from kiosk.domain.devices import Paper

ROW_BYTES = 72  # 576 dots
RECEIVE_WINDOW = 16 * 1024
DLE_LENGTH = {0x04: 3, 0x05: 3, 0x14: 5}
#: How words look, how dark, and QR symbols: GS !, ESC E, ESC a, GS ( K, GS ( k.
HARMLESS = (b"\x1d!", b"\x1bE", b"\x1ba", b"\x1d(K", b"\x1d(k")
CLEAR_BUFFER = bytes.fromhex("10140801031401060208")


@dataclass
class Mechanism:
    """The printer without its plug: bytes in, answers out, paper out."""

    paper: Paper = Paper.OK
    cover_open: bool = False
    silent: bool = False  # says nothing at all
    knows_clear: bool = True
    knows_end_mark: bool = True
    row_bytes: int = ROW_BYTES  # what the head prints across
    noise: bytes = b""  # sent before every answer: flow control, automatic status
    paper_out_after_rows: int | None = None
    rows_printed: int = 0
    slips: list[bytes] = field(default_factory=list)  # the rows of every slip that was cut
    rows: bytearray = field(default_factory=bytearray)  # on paper, not cut yet
    words: bytearray = field(default_factory=bytearray)  # printed in its own letters, Chinese mode being on
    chinese: bool = False
    commands: list[bytes] = field(default_factory=list)
    real_time: list[bytes] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)
    _buffer: bytearray = field(default_factory=bytearray)
    _arriving: bytearray = field(default_factory=bytearray)

    @property
    def stopped(self) -> bool:
        return self.cover_open or self.paper is Paper.OUT

    @property
    def holds_picture(self) -> bool:
        """Whether part of a slip was received and is still to be printed."""
        return b"\x1dv0" in self._buffer

    def receive(self, data: bytes) -> bytes:
        """Takes ``data``, returns the answers."""
        self._buffer += data
        self._arriving += data
        answers = self._obey_real_time()
        answers += self.work()
        return b"" if self.silent else answers

    def work(self) -> bytes:
        """Works off the buffer as far as paper and cover allow."""
        answers = b""
        while not self.stopped:
            command = self._next_command()
            if command is None:
                break
            answers += self._obey(command)
        return answers

    def picture(self, slip: int) -> Image.Image:
        return picture_of(self.slips[slip], self.row_bytes)

    def _obey_real_time(self) -> bytes:
        answers = b""
        while (at := self._arriving.find(b"\x10")) >= 0 and len(self._arriving) > at + 1:
            length = DLE_LENGTH.get(self._arriving[at + 1])
            if length is None:
                del self._arriving[: at + 1]
                continue
            if self._arriving[at + 1] == 0x14 and self._arriving[at + 2 : at + 3] == b"\x08":
                length = len(CLEAR_BUFFER)
            if len(self._arriving) < at + length:
                del self._arriving[:at]
                return answers
            command = bytes(self._arriving[at : at + length])
            del self._arriving[: at + length]
            self.real_time.append(command)
            answers += self._answer_real_time(command)
        if b"\x10" not in self._arriving:
            self._arriving.clear()
        return answers

    def _answer_real_time(self, command: bytes) -> bytes:
        if command == CLEAR_BUFFER and self.knows_clear:
            del self._buffer[: len(self._buffer) - len(self._arriving)]  # what came after it stays
            return b"\x37\x25\x00"
        if command[1] != 0x04:
            return b""
        out, low = self.paper is Paper.OUT, self.paper is not Paper.OK
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * out,
            4: 0x0C * low | 0x60 * out,
        }
        return self.noise + bytes([0x12 | bits.get(command[2], 0)])

    def _next_command(self) -> bytes | None:
        """Takes one whole command off the buffer; None where it has not arrived whole."""
        head = bytes(self._buffer[:8])
        length = 1
        if head[:1] == b"\x10" and len(head) > 1:
            length = len(CLEAR_BUFFER) if head[:3] == CLEAR_BUFFER[:3] else DLE_LENGTH.get(head[1], 1)
        elif head[:1] == b"\x1b":
            length = 3 if head[1:2] in (b"E", b"a", b"d") else 2
        elif head[:1] == b"\x1c":
            length = 2
        elif head[:1] == b"\x1d":
            length = self._group_length(head)
        if not head or len(self._buffer) < length:
            return None
        command = bytes(self._buffer[:length])
        del self._buffer[:length]
        return command

    def _group_length(self, head: bytes) -> int:
        if head[1:3] == b"v0" and len(head) == 8:
            across, down = struct.unpack("<HH", head[4:8])
            return 8 + int(across) * int(down)
        if head[1:2] == b"(":
            return 5 + int.from_bytes(head[3:5], "little") if len(head) >= 5 else 5
        return {b"V": 4, b"r": 3, b"v": 8, b"!": 3}.get(head[1:2], 2)

    def _obey(self, command: bytes) -> bytes:
        if command[:1] == b"\x10":
            return b""  # was obeyed as it arrived
        if self.chinese and (command >= b" " or command == b"\n"):
            self.words += command
            return b""
        if command == b"\0":
            return b""
        self.commands.append(command[:8])
        if command == b"\x1b@":
            self.chinese = False
        elif command in (b"\x1c&", b"\x1c."):
            self.chinese = command == b"\x1c&"
        elif command[:3] == b"\x1dv0":
            self._burn(self._across(command))
        elif command[:3] in (b"\x1dVB", b"\x1dVA", b"\x1bd\x05"):
            self.slips.append(bytes(self.rows))
            self.rows.clear()
        elif command == b"\x1dr\x01" and self.knows_end_mark:
            return self.noise + bytes([{Paper.OK: 0, Paper.LOW: 3, Paper.OUT: 0x0C}[self.paper]])
        elif command != b"\x1dr\x01" and not command.startswith(HARMLESS):
            self.unknown.append(command)
        return b""

    def _across(self, command: bytes) -> bytes:
        """The dots as this head prints them: what is too wide is lost on the right, what is too narrow stays white."""
        across = int.from_bytes(command[4:6], "little")
        rows = (command[at : at + across] for at in range(8, len(command), across or 1))
        return b"".join(row[: self.row_bytes].ljust(self.row_bytes, b"\0") for row in rows)

    def _burn(self, dots: bytes) -> None:
        for start in range(0, len(dots), self.row_bytes):
            if self.rows_printed == self.paper_out_after_rows:
                self.paper = Paper.OUT
                self.paper_out_after_rows = None
                # The rest of the picture waits in the buffer for paper.
                rest = dots[start:]
                self._buffer[:0] = b"\x1dv0\0" + struct.pack("<HH", self.row_bytes, len(rest) // self.row_bytes) + rest
                return
            self.rows += dots[start : start + self.row_bytes]
            self.rows_printed += 1


def picture_of(rows: bytes, row_bytes: int = ROW_BYTES) -> Image.Image:
    """Rows of dots as a mode "1" picture, 0 = burnt."""
    return ImageChops.invert(Image.frombytes("1", (row_bytes * 8, len(rows) // row_bytes), rows))


class TcpPrinter:
    """A mechanism on 127.0.0.1. ``reset_after``: cuts the line at that byte. ``takes``: stops reading at that byte.
    ``drip``: reads that many bytes at a time, with a pause before each. ``happens``: what is done to the mechanism at
    which byte."""

    def __init__(self, mechanism: Mechanism) -> None:
        self.mechanism = mechanism
        self.reset_after: int | None = None
        self.takes: int | None = None
        self.drip: int | None = None
        self.happens: tuple[int, Callable[[Mechanism], None]] | None = None
        self.received = 0
        self.connections = 0
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        # A small window in small segments, as on a cable: with loopback's 64 KB segments it would stall on probes.
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_WINDOW)
        self._server.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1460)
        self._server.settimeout(0.05)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        port: int = self._server.getsockname()[1]
        return port

    def __enter__(self) -> "TcpPrinter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ending.set()
        self._thread.join()
        self._server.close()

    def refill(self) -> None:
        """New paper, cover closed: whatever is still held comes out now."""
        with self._lock:
            self.mechanism.paper, self.mechanism.cover_open = Paper.OK, False
            self.mechanism.work()

    def _serve(self) -> None:
        while not self._ending.is_set():
            try:
                connection, _ = self._server.accept()
            except TimeoutError:
                continue
            self.connections += 1
            with connection, contextlib.suppress(ConnectionError):
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        """One connection, as most printers have only one."""
        connection.settimeout(0.05)
        while not self._ending.is_set():
            want = self._wanted()
            if not want:  # reads nothing more, but notices that the other side has gone
                connection.settimeout(0.05)
                with contextlib.suppress(TimeoutError):
                    if not connection.recv(1, socket.MSG_PEEK):
                        return
                self._ending.wait(0.02)
                self._raise_if_reset(connection)
                continue
            if self.drip is not None:
                self._ending.wait(0.02)
            try:
                data = connection.recv(want)
            except TimeoutError:
                continue
            if not data:
                return
            self.received += len(data)
            with self._lock:
                if self.happens is not None and self.received == self.happens[0]:
                    self.happens[1](self.mechanism)
                    self.happens = None
                answers = self.mechanism.receive(data)
            if self.received == self.reset_after:
                self.reset_after = None
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            connection.sendall(answers)

    def _wanted(self) -> int:
        limits = [4096 if self.drip is None else self.drip]
        if self.reset_after is not None:
            limits.append(self.reset_after - self.received)
        if self.happens is not None:
            limits.append(self.happens[0] - self.received)
        if self.takes is not None:
            limits.append(self.takes - self.received)
        return max(min(limits), 0)

    def _raise_if_reset(self, connection: socket.socket) -> None:
        error = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if error:
            self.takes = None
            raise ConnectionResetError(error, os.strerror(error))


@contextlib.contextmanager
def device_file(mechanism: Mechanism) -> Iterator[Path]:
    """A mechanism behind a character device: a pseudo-terminal in raw mode."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            data = os.read(ours, 4096)
            os.write(ours, mechanism.receive(data))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield Path(os.ttyname(theirs))
    finally:
        ending.set()
        os.write(theirs, b"\0")
        thread.join()
        os.close(theirs)
        os.close(ours)
