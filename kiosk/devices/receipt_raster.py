"""A laid-out slip → black and white dots.

Drawn in grey at one pixel to the dot, then cut at 68 % grey without dithering: at 50 % the regular strokes of 24 to
26 dots break.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.devices import receipt_qr
from kiosk.devices.receipt_boxes import WIDE, Box, Code, Layout, Rule, Strip, Text
from kiosk.devices.receipt_layout import lay_out

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from kiosk.devices.receipt_fonts import Fonts
    from kiosk.domain.receipts import Slip

THRESHOLD = round(0.68 * 255)  # a lighter pixel stays paper
DASH, GAP = 8, 8
BLACK, WHITE = 0, 255


def draw_slip(slip: Slip, fonts: Fonts, strip: Strip = WIDE) -> Image:
    """The slip as a mode "1" picture, as wide as the strip; 0 is a burnt dot."""
    return draw(lay_out(slip, fonts, strip), fonts)


def draw(layout: Layout, fonts: Fonts) -> Image:
    """A layout's boxes in their order, thresholded."""
    picture = _without_codes(layout, fonts)
    _add_codes(picture, layout)
    return picture


def draw_bands(layout: Layout, fonts: Fonts) -> Iterator[Image]:
    """The same from the top in one or two parts: a symbol is made while what stands above it is being printed. Only the
    first part needs the fonts."""
    picture = _without_codes(layout, fonts)
    top = min((element.y for element in layout.elements if isinstance(element, Code)), default=layout.height)
    yield picture.crop((0, 0, layout.width, top))
    if top < layout.height:
        _add_codes(picture, layout)
        yield picture.crop((0, top, layout.width, layout.height))


def _without_codes(layout: Layout, fonts: Fonts) -> Image:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (layout.width, layout.height), WHITE)
    pen = ImageDraw.Draw(picture)
    for element in layout.elements:
        match element:
            case Text(x, y, text, size, bold, white):
                pen.text((x, y), text, fill=WHITE if white else BLACK, font=fonts.at(size, bold), anchor="ls")
            case Box():
                _box(pen, element)
            case Rule(y, height, dashed):
                _rule(pen, y, height, (layout.margin, layout.width - layout.margin), dashed)
    return picture.point([BLACK if grey < THRESHOLD else WHITE for grey in range(256)], mode="1")


def _add_codes(picture: Image, layout: Layout) -> None:
    for element in layout.elements:
        if isinstance(element, Code):
            picture.paste(receipt_qr.picture(element.text, element.module), (element.x, element.y))


def _box(pen: ImageDraw, box: Box) -> None:
    corners = (box.x, box.y, box.x + box.width - 1, box.y + box.height - 1)
    if box.frame:
        pen.rounded_rectangle(corners, box.radius, fill=WHITE, outline=BLACK, width=box.frame)
    else:
        pen.rounded_rectangle(corners, box.radius, fill=BLACK)


def _rule(pen: ImageDraw, y: int, height: int, across: tuple[int, int], dashed: bool) -> None:
    start, end = across
    if not dashed:
        pen.rectangle((start, y, end - 1, y + height - 1), fill=BLACK)
        return
    for x in range(start, end, DASH + GAP):
        pen.rectangle((x, y, min(x + DASH, end) - 1, y + height - 1), fill=BLACK)
