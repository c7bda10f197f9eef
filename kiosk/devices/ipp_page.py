"""A slip as a page for an office printer or a queue: the same picture as on a receipt printer, in a PDF."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kiosk.devices.receipt_boxes import Strip
from kiosk.devices.receipt_raster import draw_slip

if TYPE_CHECKING:
    from kiosk.devices.receipt_fonts import Fonts
    from kiosk.domain.receipts import Slip

DPI = 203  # the slip's dots: 8 to the millimetre
A4 = (1654, 2339)  # dots of 210 × 297 mm
MARGIN = 80  # dots, 10 mm: no office printer prints to the edge


def page(slip: Slip, fonts: Fonts, strip: Strip, sheet: bool) -> bytes:
    """``sheet``: on A4, upper left; else a page as large as the slip, for rolls."""
    from PIL import Image

    picture = draw_slip(slip, fonts, strip)
    if sheet:
        whole = Image.new("1", A4, 255)
        whole.paste(picture, (MARGIN, MARGIN))
        picture = whole
    data = io.BytesIO()
    picture.save(data, format="PDF", resolution=DPI)
    return data.getvalue()
