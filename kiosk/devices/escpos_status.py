"""What an ESC/POS printer says about itself (Epson ESC/POS reference: DLE EOT, GS r, DLE DC4).

A printer answers on one line with no framing: the fixed bits of each byte tell what it is. A real-time answer has
bits 1 and 4 set and 0 and 7 clear; an answer given in the order of the data (GS r) has bits 4 and 7 clear; an automatic
status has four bytes, the first with bit 4 set and 0, 1, 7 clear; the answer to a cleared buffer runs from 37h to NUL.
"""

from collections import deque
from dataclasses import dataclass

from kiosk.domain.devices import Paper, PrinterState

# Real-time requests: answered at once, in the middle of a job, off line and with the buffer full.
ASK_ONLINE = b"\x10\x04\x01"
ASK_CAUSE = b"\x10\x04\x02"
ASK_PAPER = b"\x10\x04\x04"
# DLE DC4 fn 8: drop everything received and not yet printed, at once. Answered by 37h 25h 00h.
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
# GS r 1: answered when everything sent before it has been processed.
END_MARK = b"\x1dr\x01"


@dataclass(frozen=True, slots=True)
class Status:
    paper: Paper
    fault: str = ""  # "" = on line; else for staff: cover open, printer error, off line

    @property
    def state(self) -> PrinterState:
        if self.paper is Paper.OUT:
            return PrinterState.NO_PAPER
        if self.fault:
            return PrinterState.OFFLINE
        return PrinterState.PAPER_LOW if self.paper is Paper.LOW else PrinterState.READY


def read_status(online: int, cause: int, paper: int) -> Status:
    """The three real-time answers as one value."""
    level = Paper.OUT if paper & 0x60 or cause & 0x20 else Paper.LOW if paper & 0x0C else Paper.OK
    if cause & 0x04:
        return Status(level, "cover open")
    if cause & 0x40:
        return Status(level, "printer error")
    return Status(level, "off line" if online & 0x08 else "")


def marked_paper(mark: int) -> Paper:
    """The paper as the answer to ``END_MARK`` gives it."""
    return Paper.OUT if mark & 0x0C else Paper.LOW if mark & 0x03 else Paper.OK


class Answers:
    """Sorts a printer's bytes. What was not asked for (flow control, automatic status) is dropped."""

    def __init__(self) -> None:
        self.real_time: deque[int] = deque(maxlen=16)
        self.in_order: deque[int] = deque(maxlen=16)
        self.cleared = False
        self._block: bytearray | None = None  # the answer to CLEAR, while it runs
        self._automatic = 0  # bytes of an automatic status still to come

    def feed(self, data: bytes) -> None:
        for byte in data:
            self._feed(byte)

    def _feed(self, byte: int) -> None:
        if self._block is not None:
            self._block.append(byte)
            if byte == 0 or len(self._block) > 8:
                self.cleared = self.cleared or bytes(self._block[:2]) == b"\x37\x25"
                self._block = None
        elif self._automatic:
            self._automatic -= 1
        elif byte == 0x37:
            self._block = bytearray([byte])
        elif byte & 0x93 == 0x12:
            self.real_time.append(byte)
        elif byte & 0x93 == 0x10:
            self._automatic = 3
        elif byte & 0x90 == 0:
            self.in_order.append(byte)
