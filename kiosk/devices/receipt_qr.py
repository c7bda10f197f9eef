"""The slip's QR symbol: error correction level M, byte mode, as a matrix of dark modules."""

# ISO/IEC 18004 table 7: bytes in versions 1 to 4 at level M. 45 characters need version 4 at most.
_CAPACITY_M = ((14, 1), (26, 2), (42, 3), (62, 4))

MAX_CHARS = 45
QUIET_MODULES = 4
#: The chessboard mask. ISO/IEC 18004 7.8.3 has an encoder draw all eight and weigh them, which takes a third of the
#: slip's time; a reader takes whichever the symbol names, and a test reads it from the slip.
MASK = 0


def modules(text: str) -> int:
    """Modules on a side of the symbol that holds ``text``; 0 when it cannot be on a slip.

    A slip takes printable ASCII, 1 to ``MAX_CHARS`` characters: a longer address makes a symbol too fine for an
    old phone.
    """
    if not text or len(text) > MAX_CHARS or not text.isascii() or not text.isprintable():
        return 0
    version = next(version for capacity, version in _CAPACITY_M if len(text) <= capacity)
    return 17 + 4 * version


def matrix(text: str) -> list[list[bool]]:
    """The symbol without its quiet zone, row by row, True = dark. ``modules(text)`` must not be 0."""
    import qrcode  # late: it brings Pillow, which the first frame must not wait for

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    # Mode 4 is bytes, so that the size is the one ``modules`` has promised to the layout.
    code.add_data(qrcode.util.QRData(text.encode("ascii"), mode=4))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]
