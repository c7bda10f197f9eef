"""The test page of an unknown ESC/POS printer: all there is to choose, each sample beside its line for kiosk.toml.

What a printer has on board is not known before, so all words of the page are a picture 384 dots wide, which every
printer shows; only the samples themselves may come out wrong, and that is what a person looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.devices.escpos_bytes import pieces, without_commands
from kiosk.devices.escpos_dialect import Cut, Dialect, Writing, density, end
from kiosk.devices.escpos_text import in_chinese
from kiosk.devices.receipt_boxes import STRIPS
from kiosk.devices.receipt_lines import wrap

if TYPE_CHECKING:
    from PIL.Image import Image

    from kiosk.devices.receipt_fonts import Fonts

NARROW = 384  # dots
SAMPLE = "云麓大学 IT · Wi-Fi 8231"
DENSITIES = (-4, 0, 4)
SIZE, PITCH = 24, 34
RULER_HEIGHT = 52
BLOCK = 40  # dots, the solid square of a density sample


class Part(StrEnum):
    WIDTH = "width"
    DENSITY = "density"
    WRITING = "writing"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Choice:
    """``mark`` stands on paper; ``line`` belongs under [printer]."""

    part: Part
    mark: str
    line: str
    value: int | str


def choices() -> tuple[Choice, ...]:
    """In the order of the page."""
    narrow_first = sorted(STRIPS)
    return (
        *(Choice(Part.WIDTH, f"W{n}", f"dots = {dots}", dots) for n, dots in enumerate(narrow_first, 1)),
        *(Choice(Part.DENSITY, f"D{n}", f"density = {steps}", steps) for n, steps in enumerate(DENSITIES, 1)),
        *(Choice(Part.WRITING, f"T{n}", f'writing = "{how}"', how) for n, how in enumerate(Writing, 1)),
        *(Choice(Part.CUT, f"C{n}", f'cut = "{how}"', how) for n, how in enumerate(Cut, 1)),
    )


def page(say: Callable[[str], str], fonts: Fonts) -> Iterator[bytes]:
    """``say`` gives the words for ``title`` and for what to look for in each part."""
    yield b"\x1b@"
    yield from _picture(_words(say("title"), fonts, bold=True))
    part: Part | None = None
    for choice in choices():
        if choice.part is not part:
            part = choice.part
            yield from _picture(_words(say(part), fonts))
        yield from _sample(choice, fonts)


def _sample(choice: Choice, fonts: Fonts) -> Iterator[bytes]:
    label = f"{choice.mark}  {choice.line}"
    match choice.part:
        case Part.WIDTH:
            yield from _picture(_ruler(label, int(choice.value), fonts))
        case Part.DENSITY:
            yield density(int(choice.value))
            yield from _picture(_block(label, fonts))
            yield b"\x1b@"
        case Part.WRITING if choice.value == Writing.GB18030:
            yield in_chinese((label, SAMPLE))
        case Part.WRITING:
            yield from _picture(_words(f"{label}\n{SAMPLE}", fonts))
        case Part.CUT:
            yield from _picture(_words(label, fonts))
            yield end(Dialect(cut=Cut(str(choice.value))))


def _picture(picture: Image) -> Iterator[bytes]:
    return pieces(without_commands(picture))


def _blank(width: int, height: int) -> Image:
    from PIL import Image

    return Image.new("1", (width, height), 255)


def _words(text: str, fonts: Fonts, bold: bool = False) -> Image:
    from PIL import ImageDraw

    lines = wrap(text, NARROW, lambda piece: fonts.width(piece, SIZE, bold))
    picture = _blank(NARROW, PITCH * len(lines) + PITCH // 2)
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines, 1):
        pen.text((0, row * PITCH), line, fill=0, font=fonts.at(SIZE, bold), anchor="ls")
    return picture


def _ruler(label: str, dots: int, fonts: Fonts) -> Image:
    """A frame over the whole width: where the printer's head is narrower, its right side is missing."""
    from PIL import ImageDraw

    picture = _blank(dots, RULER_HEIGHT)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 4, dots - 1, RULER_HEIGHT - 6), outline=0, width=4)
    pen.text((14, 34), label, fill=0, font=fonts.at(SIZE, True), anchor="ls")
    pen.polygon(((dots - 34, 14), (dots - 12, 25), (dots - 34, 36)), fill=0)
    return picture


def _block(label: str, fonts: Fonts) -> Image:
    from PIL import ImageDraw

    picture = _words(f"{label}\n{SAMPLE}", fonts)
    top = (picture.height - BLOCK) // 2
    ImageDraw.Draw(picture).rectangle((NARROW - BLOCK, top, NARROW - 1, top + BLOCK), fill=0)
    return picture
