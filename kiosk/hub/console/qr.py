"""A QR code (ISO/IEC 18004) as one path of SVG: it stands in the page itself, without a picture to fetch."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: Empty modules around it, as the standard asks.
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Squares:
    """``size``: modules along an edge, the quiet ones too; ``path``: the dark ones, one unit each."""

    size: int
    path: str


def squares(text: str) -> Squares:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Squares(len(rows), "".join(dark))
