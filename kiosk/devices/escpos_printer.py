"""A thermal printer that speaks ESC/POS: network, serial line or device file. One connection per job.

"Printed" is said only after the printer itself, in the order of the data, has answered that everything was processed
and paper is there. Where a job ends in any other way, what the printer still holds is cleared, so that it does not come
out for the next person; until that has succeeded it is tried again at every status query and before the next job.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.escpos_dialect import PIECE_ROWS, USUAL, Dialect, Writing, begin, end
from kiosk.devices.escpos_link import Address, Link, open_link
from kiosk.devices.escpos_status import (
    ASK_CAUSE,
    ASK_ONLINE,
    ASK_PAPER,
    CLEAR,
    END_MARK,
    Status,
    marked_paper,
    read_status,
)
from kiosk.devices.receipt_boxes import STRIPS
from kiosk.devices.receipt_fonts import Fonts, FontsMissing, find_fonts
from kiosk.domain.devices import Paper, PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown

if TYPE_CHECKING:
    from kiosk.domain.receipts import Slip


# Ends a picture command that was cut short; where none was, a printer ignores NUL.
REST_OF_A_PIECE = bytes(PIECE_ROWS * max(STRIPS) // 8)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. ``job`` is everything from the connection to the answer, clearing included."""

    connect: float = 3.0
    status: float = 2.0
    stall: float = 4.0  # without a byte taken
    look: float = 0.5  # between looks at the paper while the printer works
    job: float = 20.0
    settle: float = 6.0  # a full buffer, where the printer cannot say that it is empty


class EscposPrinter:
    """Used by one thread. ``open_job`` is a file that stands while a slip may hang out of the printer: a kiosk that
    was killed in the middle finds it and cuts that slip off before the next one."""

    def __init__(
        self,
        address: Address,
        limits: Limits | None = None,
        dialect: Dialect = USUAL,
        fonts: Callable[[], Fonts | FontsMissing] = find_fonts,
        now: Callable[[], float] = time.monotonic,
        open_job: Path | None = None,
    ) -> None:
        self._address = address
        self._limits = limits or Limits()
        self._dialect = dialect
        self._find_fonts = fonts
        self._fonts: Fonts | FontsMissing | None = None
        self._now = now
        self._open_job = open_job
        self._to_clear = True  # the printer may hold part of a slip, perhaps from before this start
        self._uncut = open_job is not None and open_job.exists()  # part of a slip may hang out of it

    def warm(self) -> None:
        """Fonts and libraries loaded before the first slip needs them."""
        from kiosk.devices.escpos_bytes import load_library

        load_library()
        self._loaded_fonts()

    def state(self) -> PrinterChanged:
        """Asks the printer; at most ``connect`` + ``status`` seconds."""
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return PrinterChanged(PrinterState.OFFLINE, fonts.detail)
        try:
            link = self._open()
        except OSError as error:
            return PrinterChanged(PrinterState.OFFLINE, _reason(error))
        try:
            status = self._prepare(link)
        except OSError as error:
            link.abort()
            return PrinterChanged(PrinterState.OFFLINE, _reason(error))
        link.close()
        return PrinterChanged(status.state, status.fault)

    def print(self, slip: Slip) -> PrintOutcome:
        """Prints one slip; at most ``job`` seconds."""
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return NoPrinter(fonts.detail)
        until = self._now() + self._limits.job - self._limits.connect - self._limits.status
        return self._run(self._pieces(slip, fonts), until)

    def send(self, pieces: Iterable[bytes]) -> PrintOutcome:
        """Bytes that are no slip: the test page."""
        until = self._now() + self._limits.job - self._limits.connect - self._limits.status
        return self._run(iter(pieces), until)

    def _pieces(self, slip: Slip, fonts: Fonts) -> Iterator[bytes]:
        if self._dialect.writing is Writing.GB18030:
            from kiosk.devices.escpos_text import written

            return written(slip, self._dialect)
        from kiosk.devices.escpos_bytes import encode_bands, without_commands
        from kiosk.devices.receipt_layout import lay_out
        from kiosk.devices.receipt_raster import draw_bands

        bands = draw_bands(lay_out(slip, fonts, self._dialect.strip), fonts)
        first = next(bands)  # all its words, before the printer hears anything
        fonts.close()
        return encode_bands(map(without_commands, chain((first,), bands)), self._dialect)

    def _run(self, pieces: Iterator[bytes], until: float) -> PrintOutcome:
        try:
            link = self._open()
        except OSError as error:
            return NoPrinter(_reason(error))
        try:
            status = self._prepare(link)
        except OSError as error:
            link.abort()
            return NoPrinter(_reason(error))
        if status.paper is Paper.OUT or status.fault:
            link.close()
            return NoPaper() if status.paper is Paper.OUT else NoPrinter(status.fault)
        cut_first = self._uncut
        self._to_clear = True
        self._hangs_out(True)
        try:
            if cut_first:  # a printer that does not know how to clear: what it was left with gets a slip of its own
                link.send(REST_OF_A_PIECE + begin(self._dialect) + end(self._dialect), until, self._limits.stall)
            for piece in pieces:
                link.send(piece, until, self._limits.stall)
            outcome = self._finish(link, until)
        except OSError as error:
            outcome = PrintUnknown(_reason(error))
        if isinstance(outcome, Printed):
            self._to_clear = False
            self._hangs_out(False)
        elif not link.one_way:
            link.abort()
            return NoPaper() if self._forget() is Paper.OUT else outcome
        link.close()
        return outcome

    def _settled(self, link: Link, until: float) -> PrintOutcome:
        """Without an end mark: what its buffer still holds is printed by then, or the paper ended before."""
        while True:
            status = self._status(link)
            if status.paper is Paper.OUT:
                return NoPaper()
            if status.fault:
                return PrintUnknown(status.fault)
            if self._now() >= until:
                return Printed(paper_low=status.paper is Paper.LOW)
            with contextlib.suppress(TimeoutError):
                link.receive(min(until, self._now() + self._limits.look))

    def _finish(self, link: Link, until: float) -> PrintOutcome:
        """Waits for the printer to say that everything was processed, and looks at the paper meanwhile."""
        if link.one_way:
            return PrintUnknown("the printer cannot answer")
        if not self._dialect.end_mark:
            return self._settled(link, min(until, self._now() + self._limits.settle))
        link.answers.in_order.clear()
        link.send(END_MARK, until, self._limits.stall)
        looking = True
        while not link.answers.in_order:
            if self._now() >= until:
                return PrintUnknown("no end mark")
            try:
                link.receive(min(until, self._now() + self._limits.look))
            except TimeoutError:
                if looking:
                    looking, outcome = self._look(link)
                    if outcome:
                        return outcome
        paper = marked_paper(link.answers.in_order.popleft())
        return NoPaper() if paper is Paper.OUT else Printed(paper_low=paper is Paper.LOW)

    def _look(self, link: Link) -> tuple[bool, PrintOutcome | None]:
        """Whether to look again, and the outcome where paper or cover has ended the job.

        Some printers answer nothing while they print. A late answer could be taken for one to the next question, so
        after a silence only the end mark counts.
        """
        try:
            status = self._status(link)
        except TimeoutError:
            return False, None
        if status.paper is Paper.OUT:
            return True, NoPaper()
        return True, PrintUnknown(status.fault) if status.fault else None

    def _forget(self) -> Paper | None:
        """Clears the printer on a connection of its own; returns what it says about its paper, if it answers."""
        try:
            link = self._open()
        except OSError:
            return None
        try:
            return self._prepare(link).paper
        except OSError:
            return None
        finally:
            link.close()

    def _prepare(self, link: Link) -> Status:
        """Clears what an earlier job may have left in the printer, and asks for its status."""
        if self._to_clear:
            link.answers.cleared = False
            link.send(CLEAR, self._now() + self._limits.status, self._limits.status)
        # The status is asked behind the command: nobody waits for a printer that gives no answer to the command itself.
        status = self._status(link)
        if link.answers.cleared:
            self._to_clear = False
            if self._uncut:
                cut_off = begin(self._dialect) + end(self._dialect)
                link.send(cut_off, self._now() + self._limits.status, self._limits.status)
                self._hangs_out(False)
        return status

    def _hangs_out(self, uncut: bool) -> None:
        """Where the disk refuses the mark, the slip is printed all the same: only a kill in the next seconds counts."""
        self._uncut = uncut
        if self._open_job is None:
            return
        with contextlib.suppress(OSError):
            if uncut:
                self._open_job.touch()
            else:
                self._open_job.unlink(missing_ok=True)

    def _status(self, link: Link) -> Status:
        if link.one_way:
            return Status(Paper.OK)
        until = self._now() + self._limits.status
        paper, cause = link.ask(ASK_PAPER, until), link.ask(ASK_CAUSE, until)
        return read_status(link.ask(ASK_ONLINE, until), cause, paper)

    def _open(self) -> Link:
        return open_link(self._address, self._limits.connect, self._now)

    def _loaded_fonts(self) -> Fonts | FontsMissing:
        if not isinstance(self._fonts, Fonts):
            self._fonts = self._find_fonts()
        return self._fonts


def _reason(error: OSError) -> str:
    """For staff; never anything of the slip."""
    return error.strerror or str(error) or type(error).__name__
