"""A slip in the printer's own letters: GB18030 between FS & and FS . (Epson ESC/POS reference, Kanji commands).

A tenth of a picture's bytes, for a slow serial line. Every character is looked at on its own: ASCII from space to tilde
and the two-byte plane that Chinese printers have in their ROM go out, all else becomes a box. The second byte of that
plane is never below 40h, so no text can hold a command, and the first never below 81h.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.devices import receipt_qr
from kiosk.devices.escpos_dialect import Dialect, begin, end
from kiosk.devices.receipt_lines import shorten, wrap
from kiosk.devices.receipt_text import one_line, printable

if TYPE_CHECKING:
    from kiosk.domain.receipts import Slip

LETTER_DOTS = 12  # font A; a Chinese character takes two
BOX = "□".encode("gb18030")  # for what the printer has no shape for
MOST_FACTS, MOST_STEP_LINES = 18, 24
MODULE_DOTS = 6
MOST_REMEMBERED = 4096  # characters

_CHINESE_ON, _CHINESE_OFF = b"\x1c&", b"\x1c."
_PLAIN, _BOLD = b"\x1d!\x00\x1bE\x00", b"\x1d!\x00\x1bE\x01"
_TALL, _LARGE = b"\x1d!\x01\x1bE\x01", b"\x1d!\x11\x1bE\x01"
_CENTRE, _LEFT = b"\x1ba\x01", b"\x1ba\x00"


def written(slip: Slip, dialect: Dialect) -> Iterator[bytes]:
    """Initialise, the words line by line, the QR symbol by the printer itself, feed and cut."""
    yield begin(dialect) + _CHINESE_ON
    across = dialect.dots // LETTER_DOTS
    for part in _parts(slip, across):
        for style, line in part:
            yield style + encoded(line) + b"\n"
    yield _PLAIN + _symbol(slip.qr)
    for text, count in ((slip.qr_title, 2), (slip.qr_body, 5), (slip.other_language, 2)):
        yield b"".join(encoded(line) + b"\n" for line in _lines(text, across, count))
    yield _CHINESE_OFF + end(dialect)


def in_chinese(lines: tuple[str, ...]) -> bytes:
    """Lines by themselves, Chinese mode on before and off after."""
    return _CHINESE_ON + b"".join(encoded(line) + b"\n" for line in lines) + _CHINESE_OFF


def encoded(line: str) -> bytes:
    return b"".join(map(_encoded, line))


def columns(text: str) -> float:
    """How wide ``text`` prints, in letters."""
    return sum(len(_encoded(char)) for char in text)


@functools.lru_cache(MOST_REMEMBERED)
def _encoded(char: str) -> bytes:
    data = char.encode("gb18030", errors="replace")
    if len(data) == 1:
        return data if 0x20 <= data[0] <= 0x7E else b"?"
    return data if len(data) == 2 else BOX


def _lines(text: str, across: int, count: int) -> list[str]:
    return shorten(wrap(printable(text), across, columns), count, across, columns)


def _parts(slip: Slip, across: int) -> Iterator[list[tuple[bytes, str]]]:
    """The slip from the top to its QR symbol, as styles and lines; never more than some ninety lines."""

    def part(style: bytes, text: str, count: int, wide: int = 1) -> list[tuple[bytes, str]]:
        return [(style, line) for line in _lines(text, across // wide, count)]

    rule = [(_PLAIN, "-" * across)]
    yield part(_BOLD, slip.campus, 1) + part(_PLAIN, slip.place, 1) + rule
    yield part(_TALL, slip.headline, 2)
    if slip.reference:
        yield part(_PLAIN, slip.reference_label, 1)
        reference = one_line(slip.reference)
        wide = columns(reference) * 2 <= across
        yield part(_LARGE if wide else _TALL, reference, 1, 2 if wide else 1)
    for label, value in slip.facts[:MOST_FACTS]:
        yield part(_PLAIN, f"{one_line(label)} {one_line(value)}".strip(), 2)
    yield [line for step in slip.steps for line in part(_PLAIN, step, 4)][:MOST_STEP_LINES]
    if slip.promise:
        yield rule + part(_TALL, slip.promise, 4)
    yield part(_PLAIN, slip.body, 6)


def _symbol(text: str) -> bytes:
    """GS ( k: model 2, level M, stored and printed. Nothing for what a slip cannot carry."""
    if not receipt_qr.modules(text):
        return b""
    data = text.encode("ascii")
    stored = (len(data) + 3).to_bytes(2, "little")
    return (
        _CENTRE
        + b"\x1d(k\x04\x00\x31\x41\x32\x00"
        + b"\x1d(k\x03\x00\x31\x43"
        + MODULE_DOTS.to_bytes()
        + b"\x1d(k\x03\x00\x31\x45\x31"
        + b"\x1d(k"
        + stored
        + b"\x31\x50\x30"
        + data
        + b"\x1d(k\x03\x00\x31\x51\x30"
        + _LEFT
    )
