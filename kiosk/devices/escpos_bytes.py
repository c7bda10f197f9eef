"""A slip's picture as ESC/POS bytes: the whole slip is raster, and no text of anyone reaches the printer as text."""

from __future__ import annotations

import functools
import logging
import re
import shutil
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kiosk.devices.escpos_dialect import PIECE_ROWS, USUAL, Dialect, begin, end

if TYPE_CHECKING:
    from escpos.printer import Dummy
    from PIL.Image import Image

PROFILE = "TM-T20II"  # python-escpos' description of an 80 mm printer with 576 dots and a cutter

# A printer obeys DLE EOT, DLE ENQ and DLE DC4 wherever they stand, even inside picture data (Epson, DLE EOT: notes).
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def without_commands(picture: Image) -> Image:
    """``picture`` (mode "1") with one dot burnt beside every byte pair that a printer would take for a command."""
    from PIL import Image, ImageChops

    burnt = ImageChops.invert(picture)
    data = _REAL_TIME.sub(b"\x30", burnt.tobytes())
    return ImageChops.invert(Image.frombytes("1", burnt.size, data))


def encode(picture: Image, dialect: Dialect = USUAL) -> Iterator[bytes]:
    """Initialise, the picture in pieces, feed to the cutter and cut."""
    return encode_bands((picture,), dialect)


def encode_bands(bands: Iterable[Image], dialect: Dialect = USUAL) -> Iterator[bytes]:
    """The same of a picture that is drawn in parts, from the top."""
    yield begin(dialect)
    for band in bands:
        yield from pieces(band)
    yield end(dialect)


def pieces(picture: Image) -> Iterator[bytes]:
    """The picture alone, as one command for every ``PIECE_ROWS`` rows."""
    printer = _command_builder()
    for top in range(0, picture.height, PIECE_ROWS):
        bottom = min(top + PIECE_ROWS, picture.height)
        printer.image(picture.crop((0, top, picture.width, bottom)), fragment_height=PIECE_ROWS)
        yield _taken(printer)


def _taken(printer: Dummy) -> bytes:
    data = bytes(printer.output)
    printer.clear()
    return data


@functools.cache
def load_library() -> None:
    """Imports python-escpos and undoes what it does to the process as it is imported (0.5 s, once)."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    import escpos.printer  # noqa: F401  late: the first frame must not wait for it
    from escpos import capabilities

    for handler in root.handlers[:]:
        if handler not in handlers:  # it calls logging.basicConfig()
            root.removeHandler(handler)
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)  # a new temporary folder at every start


def _command_builder() -> Dummy:
    load_library()
    from escpos.printer import Dummy

    return Dummy(profile=PROFILE)
