"""A printer without a plug, for demonstration and tours: every slip becomes a picture in a folder."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.receipt_fonts import Fonts, FontsMissing, find_fonts
from kiosk.domain.devices import Paper, PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown

if TYPE_CHECKING:
    from kiosk.domain.receipts import Slip

KEPT_SLIPS = 500  # pictures; older ones are deleted


class SimulatedPrinter:
    """Writes ``slip-1.png``, ``slip-2.png`` … Paper and plug can be changed by calls, from any thread."""

    def __init__(self, folder: Path, fonts: Callable[[], Fonts | FontsMissing] = find_fonts) -> None:
        self._folder = folder
        self._find_fonts = fonts
        self._fonts: Fonts | FontsMissing | None = None
        self._lock = threading.Lock()
        self._paper = Paper.OK
        self._on = True
        self.last_code = ""  # what the QR of the last printed slip that has one says
        self._last = max((_number(path) for path in folder.glob("slip-*.png")), default=0)

    def set_paper(self, paper: Paper) -> None:
        with self._lock:
            self._paper = paper

    def set_on(self, on: bool) -> None:
        with self._lock:
            self._on = on

    def warm(self) -> None:
        self._loaded_fonts()

    def state(self) -> PrinterChanged:
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return PrinterChanged(PrinterState.OFFLINE, fonts.detail)
        with self._lock:
            if not self._on:
                return PrinterChanged(PrinterState.OFFLINE, "switched off")
            states = {Paper.OUT: PrinterState.NO_PAPER, Paper.LOW: PrinterState.PAPER_LOW}
            return PrinterChanged(states.get(self._paper, PrinterState.READY))

    def print(self, slip: Slip) -> PrintOutcome:
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return NoPrinter(fonts.detail)
        state = self.state()
        if state.state is PrinterState.OFFLINE:
            return NoPrinter(state.detail)
        if state.state is PrinterState.NO_PAPER:
            return NoPaper()
        try:
            self._write(slip, fonts)
        except OSError as error:
            return PrintUnknown(error.strerror or type(error).__name__)
        return Printed(paper_low=state.state is PrinterState.PAPER_LOW)

    def _write(self, slip: Slip, fonts: Fonts) -> None:
        from kiosk.devices.receipt_raster import draw_slip

        self._folder.mkdir(parents=True, exist_ok=True)
        number = self._last + 1
        unfinished = self._folder / f".slip-{number}.part"
        picture = draw_slip(slip, fonts)
        fonts.close()
        picture.save(unfinished, format="PNG")
        unfinished.replace(self._folder / f"slip-{number}.png")  # whoever watches the folder sees whole pictures only
        self._last = number
        self.last_code = slip.qr or slip.carries or self.last_code
        (self._folder / f"slip-{number - KEPT_SLIPS}.png").unlink(missing_ok=True)

    def _loaded_fonts(self) -> Fonts | FontsMissing:
        if not isinstance(self._fonts, Fonts):
            self._fonts = self._find_fonts()
        return self._fonts


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("slip-")
    return int(digits) if digits.isascii() and digits.isdigit() else 0
