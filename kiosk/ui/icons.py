"""Icons as images: ``image://icon/<name>/<weight>/<rrggbb>[/<rrggbb2>]``.

The glyphs are Phosphor's (MIT), read from the font file inside the QtAwesome distribution; QtAwesome itself is never
imported because it would pull in the widgets. Weights: ``regular``, ``bold``, ``fill`` and ``two-tone``, the fill glyph
in the second colour (or in a fifth of the first one) under the regular glyph: bold lines close up small figures.
A colour is six hex digits, or eight with alpha first. Images are square; a request without a size gets 64 px.
"""

import json
from collections import OrderedDict
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPainterPathStroker, QRawFont

from kiosk.ui.quick import QQuickImageProvider

WEIGHTS = ("regular", "bold", "fill", "two-tone")
CACHE_LIMIT = 256  # images; the largest icon is 50 KB
DEFAULT_SIZE = 64
MAX_SIZE = 1024  # px a side; larger requests are answered at this size
_EM = 1024.0
_TINT_ALPHA = 0.2


class UnknownIconError(LookupError):
    """No glyph of that name and weight: a mistake in QML, not an outcome."""


def _contactless(weight: str) -> QPainterPath:
    """A ring with three waves, the sign on card readers; Phosphor 1.3 has none."""
    ring = QPainterPath()
    ring.addEllipse(QPointF(512, 512), 410, 410)
    if weight == "fill":
        return ring
    waves = QPainterPath()
    for radius in (150, 290, 430):
        box = QRectF(265 - radius, 512 - radius, 2 * radius, 2 * radius)
        waves.arcMoveTo(box, 32)
        waves.arcTo(box, 32, -64)
    pen = QPainterPathStroker()
    pen.setWidth(88 if weight == "bold" else 60)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen.createStroke(ring).united(pen.createStroke(waves))


_DRAWN = {"contactless": _contactless}


class Glyphs:
    """Outlines of Phosphor glyphs in a 1024 × 1024 box, origin at the top left; the font is read at first use."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @cached_property
    def folder(self) -> Path:
        if self._folder is not None:
            return self._folder
        spec = find_spec("qtawesome")
        if spec is None or not spec.submodule_search_locations:
            raise UnknownIconError("the QtAwesome distribution with the icon font is not installed")
        return Path(spec.submodule_search_locations[0]) / "fonts"

    def _newest(self, pattern: str) -> Path:
        found = sorted(self.folder.glob(pattern))
        if not found:
            raise UnknownIconError(f"no {pattern} beside QtAwesome's other fonts")
        return found[-1]

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes: dict[str, str] = json.loads(self._newest("phosphor-charmap-*.json").read_text("utf-8"))
        return codes

    @cached_property
    def _font(self) -> QRawFont:
        return QRawFont(str(self._newest("phosphor-[0-9]*.ttf")), _EM)

    def has(self, name: str) -> bool:
        return name in _DRAWN or name in self._codes

    def outline(self, name: str, weight: str) -> QPainterPath:
        """The glyph's path. Raises UnknownIconError for a name or weight the font does not have."""
        if name in _DRAWN:
            return _DRAWN[name](weight)
        code = self._codes.get(name if weight == "regular" else f"{name}-{weight}")
        if code is None:
            raise UnknownIconError(f"no icon {name!r} of weight {weight!r}")
        glyphs = self._font.glyphIndexesForString(chr(int(code, 16)))
        path = QPainterPath(self._font.pathForGlyph(glyphs[0]))
        path.translate(0, _EM)
        return path


def _colour(digits: str) -> QColor:
    colour = QColor("#" + digits)
    if not colour.isValid():
        raise UnknownIconError(f"not a colour: {digits!r}")
    return colour


def draw(glyphs: Glyphs, address: str, side: int) -> QImage:
    """The picture for ``name/weight/rrggbb[/rrggbb2]``, ``side`` px square. Raises UnknownIconError."""
    name, weight, *colours = address.split("/") if "/" in address else (address, "")
    if weight not in WEIGHTS or not 1 <= len(colours) <= 2:
        raise UnknownIconError(f"not an icon address: {address!r}")
    ink, under = _colour(colours[0]), _colour(colours[-1])
    if len(colours) == 1:
        under.setAlphaF(_TINT_ALPHA * ink.alphaF())
    # Looked up before the painter starts: an exception must not leave one open on the image.
    if weight == "two-tone":
        layers = [(glyphs.outline(name, "fill"), under), (glyphs.outline(name, "regular"), ink)]
    else:
        layers = [(glyphs.outline(name, weight), ink)]
    image = nothing(side)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / _EM, side / _EM)
    for path, colour in layers:
        painter.fillPath(path, colour)
    painter.end()
    return image


class IconProvider(QQuickImageProvider):
    """``engine.addImageProvider("icon", IconProvider())``; drawn once for each address and size."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._glyphs = Glyphs()
        self._drawn: OrderedDict[tuple[str, int], QImage] = OrderedDict()

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        side = min(max(requestedSize.width(), requestedSize.height()), MAX_SIZE)
        key = (id, side if side > 0 else DEFAULT_SIZE)
        image = self._drawn.get(key)
        if image is None:
            image = self._drawn[key] = self._draw(*key)
            if len(self._drawn) > CACHE_LIMIT:
                self._drawn.popitem(last=False)
        else:
            self._drawn.move_to_end(key)
        return image

    def _draw(self, address: str, side: int) -> QImage:
        """The campus's catalogue names icons too: one that the font does not have leaves its place empty."""
        try:
            return draw(self._glyphs, address, side)
        except UnknownIconError:
            return nothing(side)


def nothing(side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
