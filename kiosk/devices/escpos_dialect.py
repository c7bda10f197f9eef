"""What differs between ESC/POS printers and is chosen once for each: width, density, cut and how words get on paper.

Epson ESC/POS reference: ESC @, ESC d, GS V, GS ( K function 49. `kiosk printer probe` prints what there is to choose.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.devices.receipt_boxes import STRIPS, Strip

PIECE_ROWS = 128  # rows per raster command: 9 KB, so that a job notices soon that nothing is taken any more
FEED_LINES = 5  # to the edge one tears at


class Cut(StrEnum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"  # no cutter: fed to the tear-off edge


class Writing(StrEnum):
    PICTURE = "picture"  # any printer, any character
    GB18030 = "gb18030"  # the printer's own Chinese: a tenth of the bytes, for slow lines


@dataclass(frozen=True, slots=True)
class Dialect:
    """``dots`` is a key of ``STRIPS``; ``density`` -6 to 6, 0 = as the printer is set. ``end_mark=False`` is for
    printers that do not know GS r: then a good real-time status after the last byte must do."""

    dots: int = 576
    writing: Writing = Writing.PICTURE
    density: int = 0
    cut: Cut = Cut.PARTIAL
    end_mark: bool = True

    @property
    def strip(self) -> Strip:
        return STRIPS[self.dots]


USUAL = Dialect()  # an 80 mm printer with a cutter


def begin(dialect: Dialect) -> bytes:
    """Everything back to the printer's defaults, then how dark."""
    return b"\x1b@" + (density(dialect.density) if dialect.density else b"")


def density(steps: int) -> bytes:
    return b"\x1d(K\x02\x00\x31" + (steps & 0xFF).to_bytes()


def end(dialect: Dialect) -> bytes:
    """The slip out of the printer: fed to the cutter and cut, or to where it is torn off."""
    match dialect.cut:
        case Cut.PARTIAL:
            return b"\x1dVB\x00"
        case Cut.FULL:
            return b"\x1dVA\x00"
        case Cut.NONE:
            return b"\x1bd" + FEED_LINES.to_bytes()
