"""A line to a printer on which nothing waits longer than it may.

python-escpos' own connections are not used for this: their time-outs are per call, File can neither read nor stop a
write to a printer that takes nothing, and it creates the device's name as an ordinary file where the printer is away.
"""

import contextlib
import errno
import os
import select
import socket
import stat
import struct
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.escpos_status import Answers

SEND_BUFFER = 16 * 1024  # bytes the system may hold for us: what a cut line loses
WRITE_SIZE = 4096  # bytes offered at a time
READ_SIZE = 256


@dataclass(frozen=True, slots=True)
class Tcp:
    """A network printer; 9100 is the port of raw printing."""

    host: str
    port: int = 9100


@dataclass(frozen=True, slots=True)
class Device:
    """A device file such as a USB printer's. A pipe or plain file works too, but can say nothing back."""

    path: Path


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial line, 8 data bits, no parity. ``hardware`` flow control is RTS/CTS, else XON/XOFF."""

    path: Path
    speed: int  # baud
    hardware: bool = True


Address = Tcp | Device | Serial


class Link:
    """Bytes out, answers in. Every method raises OSError (TimeoutError included) when the line fails."""

    def __init__(self, fd: int, one_way: bool, end: Callable[[bool], None], now: Callable[[], float]) -> None:
        self._fd = fd
        self._end = end
        self._now = now
        self._poll = select.poll()
        self.one_way = one_way
        self.answers = Answers()

    def send(self, data: bytes, until: float, stall: float) -> None:
        """All of ``data``, before the instant ``until`` and with no pause longer than ``stall`` seconds."""
        rest = memoryview(data)
        while rest:
            self._wait(select.POLLOUT, min(until, self._now() + stall))
            try:
                rest = rest[os.write(self._fd, rest[:WRITE_SIZE]) :]
            except BlockingIOError:
                continue

    def receive(self, until: float) -> None:
        """Waits for bytes until the instant ``until`` and sorts them into ``answers``."""
        self._wait(select.POLLIN, until)
        try:
            data = os.read(self._fd, READ_SIZE)
        except BlockingIOError:
            return
        if not data:
            raise ConnectionResetError("closed by the printer")
        self.answers.feed(data)

    def ask(self, request: bytes, until: float) -> int:
        """A real-time request's answer."""
        self.answers.real_time.clear()
        self.send(request, until, until - self._now())
        while not self.answers.real_time:
            self.receive(until)
        return self.answers.real_time.popleft()

    def close(self) -> None:
        """Lets what was sent arrive."""
        self._end(False)

    def abort(self) -> None:
        """Drops what this machine still holds for the printer."""
        self._end(True)

    def _wait(self, event: int, until: float) -> None:
        self._poll.register(self._fd, event)
        left = until - self._now()
        if left <= 0 or not self._poll.poll(left * 1000):
            raise TimeoutError("no answer" if event == select.POLLIN else "takes no data")


def open_link(address: Address, seconds: float, now: Callable[[], float] = time.monotonic) -> Link:
    """A line to the printer, within ``seconds`` (name lookup apart). Raises OSError."""
    match address:
        case Tcp(host, port):
            return _open_tcp(host, port, seconds, now)
        case Device(path):
            return _open_device(path, now)
        case Serial():
            return _open_serial(address, now)


def _open_tcp(host: str, port: int, seconds: float, now: Callable[[], float]) -> Link:
    connection = socket.create_connection((host, port), timeout=seconds)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)

    def end(drop: bool) -> None:
        if drop:  # a reset, not a polite end: the system must not go on delivering the rest
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    return Link(connection.fileno(), False, end, now)


def _open_device(path: Path, now: Callable[[], float]) -> Link:
    one_way = not stat.S_ISCHR(path.stat().st_mode)
    mode = os.O_WRONLY | os.O_APPEND if one_way else os.O_RDWR
    fd = os.open(path, mode | os.O_NONBLOCK | os.O_NOCTTY)

    def end(drop: bool) -> None:
        if drop and os.isatty(fd):
            with contextlib.suppress(termios.error):  # pulled
                termios.tcflush(fd, termios.TCIOFLUSH)
        os.close(fd)

    return Link(fd, one_way, end, now)


def _open_serial(line: Serial, now: Callable[[], float]) -> Link:
    import serial  # late: the first frame must not wait for it

    if not stat.S_ISCHR(line.path.stat().st_mode):
        raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
    try:
        port = serial.Serial(
            str(line.path),
            line.speed,
            timeout=0,
            write_timeout=0,
            rtscts=line.hardware,
            xonxoff=not line.hardware,
            exclusive=True,
        )
    except (ValueError, termios.error) as error:  # a speed this port does not know; pulled while it was opened
        raise OSError(str(error)) from error

    def end(drop: bool) -> None:
        if drop:
            with contextlib.suppress(termios.error, OSError):  # pulled
                port.reset_output_buffer()
        port.close()

    return Link(port.fileno(), False, end, now)
