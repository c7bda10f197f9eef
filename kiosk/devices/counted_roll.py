"""A roll without a near-end sensor: slips are counted since it was put in, and near the end that is said."""

from __future__ import annotations

import contextlib
import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.devices import PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome

if TYPE_CHECKING:
    from kiosk.devices.printer_thread import Printer
    from kiosk.domain.receipts import Slip

NEAR_END_SLIPS = 20  # left on the roll: kept for what has no other proof
COVER_OPEN = ("cover open", "cover-open")  # as ESC/POS printers are told of, and IPP's printer-state-reasons

log = logging.getLogger(__name__)


class CountedRoll:
    """A printer whose roll holds ``slips`` when it is new. The count outlives the process in ``file``.

    A roll was changed when paper is there again after it was out, or the cover is closed again after it was open.
    """

    def __init__(self, printer: Printer, file: Path, slips: int) -> None:
        self._printer, self._file, self._slips = printer, file, slips
        self._changing = False

    def warm(self) -> None:
        self._printer.warm()

    def state(self) -> PrinterChanged:
        said = self._printer.state()
        self._look(said.state is PrinterState.NO_PAPER or _is_open(said.detail), said.state in _WORKING)
        if said.state is PrinterState.READY and self._near_end:
            return replace(said, state=PrinterState.PAPER_LOW)
        return said

    def print(self, slip: Slip) -> PrintOutcome:
        outcome = self._printer.print(slip)
        out = isinstance(outcome, NoPaper) or (isinstance(outcome, NoPrinter) and _is_open(outcome.detail))
        self._look(out, isinstance(outcome, Printed))
        if not isinstance(outcome, NoPrinter | NoPaper):
            self._write(used(self._file) + 1)
        if isinstance(outcome, Printed) and self._near_end:
            return Printed(paper_low=True)
        return outcome

    @property
    def _near_end(self) -> bool:
        return self._slips - used(self._file) < NEAR_END_SLIPS

    def _look(self, open_or_out: bool, works: bool) -> None:
        if open_or_out:
            self._changing = True
        elif works and self._changing:
            self._changing = False
            self._write(0)

    def _write(self, count: int) -> None:
        """Where the disk refuses, the count stays behind: paper then ends without a warning, which is said as well."""
        unfinished = self._file.with_suffix(".part")
        try:
            unfinished.write_text(f"{count}\n", encoding="ascii")
            os.replace(unfinished, self._file)
        except OSError as error:
            log.warning("the roll's count is not kept: %s", error.strerror)
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)


_WORKING = (PrinterState.READY, PrinterState.PAPER_LOW)


def _is_open(detail: str) -> bool:
    return any(word in detail for word in COVER_OPEN)


def used(file: Path) -> int:
    """Slips since the roll was put in; none where that was never written, or not by us."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return 0
    return int(text) if text.isdecimal() and len(text) < 9 else 0
