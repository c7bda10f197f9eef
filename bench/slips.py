"""A slip as words -> its first picture bytes for the printer, beside Pillow drawing the same slip with open fonts.

As the kiosk does it: fonts are opened for each slip and closed after it, so that they hold no memory between slips.
"""

import time
from collections.abc import Callable
from itertools import chain

from bench.rows import Row, percentile, row
from kiosk.devices.escpos_bytes import encode_bands, load_library, without_commands
from kiosk.devices.escpos_dialect import Dialect, Writing
from kiosk.devices.escpos_text import written
from kiosk.devices.receipt_fonts import Fonts, find_fonts
from kiosk.devices.receipt_layout import lay_out
from kiosk.devices.receipt_raster import draw, draw_bands
from kiosk.domain.receipts import Slip
from tests.devices.slips import CARRYING, CHINESE

SLIPS = 100
GOAL = "<= 15 ms"


def measure(slips: int = SLIPS) -> list[Row]:
    """Milliseconds; the two are taken in turns, the first of each is not counted."""
    load_library()
    fonts, kept = _fonts(), _fonts()
    layout = lay_out(CHINESE, kept)
    dialect = Dialect(writing=Writing.GB18030)
    ours, carried, bare, letters = [], [], [], []
    for _ in range(slips + 1):
        ours.append(_timed(lambda: _first_bytes(CHINESE, fonts)))
        carried.append(_timed(lambda: _first_bytes(CARRYING, fonts)))
        draw(layout, kept)
        bare.append(_timed(lambda: draw(layout, kept)))
        letters.append(_timed(lambda: b"".join(written(CHINESE, dialect))))
    name, letter_name = "slip: words to first picture byte", "slip: words to all bytes in own Chinese, p50"
    return [
        row(f"{name}, p50", percentile(ours[1:], 0.5), percentile(bare[1:], 0.5), "ms", GOAL),
        row(f"{name}, carrying the report, p50", percentile(carried[1:], 0.5), None, "ms", GOAL),
        row(f"{name}, p95", percentile(ours[1:], 0.95), percentile(bare[1:], 0.95), "ms"),
        row(letter_name, percentile(letters[1:], 0.5), None, "ms", GOAL),
    ]


def _fonts() -> Fonts:
    fonts = find_fonts()
    if not isinstance(fonts, Fonts):
        raise SystemExit(fonts.detail)
    return fonts


def _first_bytes(slip: Slip, fonts: Fonts) -> bytes:
    bands = draw_bands(lay_out(slip, fonts), fonts)
    first = next(bands)
    fonts.close()
    pieces = encode_bands(map(without_commands, chain((first,), bands)))
    return next(pieces) + next(pieces)


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
