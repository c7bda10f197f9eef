"""The slip's QR symbols, at error correction level M: an address, and one that ends in a sealed operation's digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.domain.on_paper import MOST_DIGITS

if TYPE_CHECKING:
    from PIL.Image import Image

# ISO/IEC 18004 table 7: bytes in versions 1 to 4 at level M. 45 characters need version 4 at most.
_CAPACITY_M = ((14, 1), (26, 2), (42, 3), (62, 4))

MAX_CHARS = 45
QUIET_MODULES = 4
#: The same of versions 1 to 26, as codewords of eight bits for whatever modes there are.
_CODEWORDS_M = (
    *(16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334),
    *(365, 415, 453, 507, 563, 627, 669, 714, 782, 860, 914, 1000, 1062),
)
_CARRIED = re.compile(rf"(https://[!-~]{{1,80}}?/)([0-9]{{1,{MOST_DIGITS}}})")
#: The chessboard mask. ISO/IEC 18004 7.8.3 has an encoder draw all eight and weigh them, which takes a third of the
#: slip's time; a reader takes whichever the symbol names, and a test reads it from the slip.
MASK = 0
#: Modes of QRData.
_NUMBER: Final = 1
_BYTES: Final = 4


def modules(text: str) -> int:
    """Modules on a side of the symbol that holds ``text``; 0 when it cannot be on a slip.

    A slip takes printable ASCII, 1 to ``MAX_CHARS`` characters: a longer address makes a symbol too fine for an
    old phone.
    """
    if not text or len(text) > MAX_CHARS or not text.isascii() or not text.isprintable():
        return 0
    version = next(version for capacity, version in _CAPACITY_M if len(text) <= capacity)
    return 17 + 4 * version


def carried_modules(address: str) -> int:
    """The same for an address that ends in a long number, which takes 10 bits for three digits; 0 where it is none."""
    version = _carried_version(address)
    return 17 + 4 * version if version else 0


def matrix(text: str) -> list[list[bool]]:
    """The symbol without its quiet zone, row by row, True = dark. One of the two above must not be 0."""
    import qrcode  # late: it brings Pillow, which the first frame must not wait for

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    # The mode of each part is named, so that the size is the one that was promised to the layout.
    short = modules(text) > 0
    for part in (text.encode("ascii"),) if short else _carried_parts(text):
        code.add_data(qrcode.util.QRData(part, mode=_NUMBER if part.isdigit() and not short else _BYTES))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def picture(text: str, module: int) -> Image:
    """The same in mode "1", ``module`` dots to a module, without its quiet zone."""
    from PIL import Image

    rows = matrix(text)
    dots = bytes(0 if dark else 255 for row in rows for dark in row)
    small = Image.frombytes("L", (len(rows), len(rows)), dots).convert("1", dither=Image.Dither.NONE)
    return small.resize((len(rows) * module,) * 2, Image.Resampling.NEAREST)


def _carried_parts(address: str) -> tuple[bytes, ...]:
    """What stands before the number, and its digits; nothing where it is no such address."""
    found = _CARRIED.fullmatch(address)
    return (found[1].encode("ascii"), found[2].encode("ascii")) if found else ()


def _carried_version(address: str) -> int:
    """0 where it is no such address, or longer than version 26 holds."""
    parts = _carried_parts(address)
    if not parts:
        return 0
    before, digits = parts
    for version, codewords in enumerate(_CODEWORDS_M, 1):
        counts = (8, 10) if version < 10 else (16, 12)
        thirds, rest = divmod(len(digits), 3)
        bits = 8 + sum(counts) + 8 * len(before) + 10 * thirds + (0, 4, 7)[rest]
        if bits <= 8 * codewords:
            return version
    return 0
