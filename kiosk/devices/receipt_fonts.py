"""The slip's two fonts, found where Debian and Ubuntu install fonts-noto-cjk, and their metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FAMILY = "Noto Sans CJK SC"
FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"), Path("/usr/local/share/fonts"))
MAX_CACHED_WIDTHS = 4096  # characters per size and weight
MAX_FACES = 16  # in one collection; Noto's hold ten


@dataclass(frozen=True, slots=True)
class FontsMissing:
    """No slip can be drawn; ``detail`` is for staff and names what to install."""

    detail: str


@dataclass(frozen=True, slots=True)
class _Face:
    path: Path
    index: int


@dataclass(slots=True)
class Fonts:
    """Regular and bold at any size, opened once per size until ``close``. Not for several threads at once."""

    _regular: _Face
    _bold: _Face
    _opened: dict[tuple[int, bool], FreeTypeFont] = field(default_factory=dict)

    _widths: dict[tuple[int, bool], dict[str, float]] = field(default_factory=dict)

    def at(self, size: int, bold: bool) -> FreeTypeFont:
        """The font at ``size`` dots to the em."""
        font = self._opened.get((size, bold))
        if font is None:
            from PIL import ImageFont

            face = self._bold if bold else self._regular
            # BASIC: no bidi reordering and no shaping, so what is measured is what is drawn on every machine.
            font = ImageFont.truetype(face.path, size, index=face.index, layout_engine=ImageFont.Layout.BASIC)
            self._opened[size, bold] = font
        return font

    def close(self) -> None:
        """Between slips: open CJK faces hold some 27 MB, opening them again costs about as many milliseconds."""
        self._opened.clear()
        self._widths.clear()

    def width(self, text: str, size: int, bold: bool) -> float:
        widths = self._widths.setdefault((size, bold), {})
        if len(widths) > MAX_CACHED_WIDTHS:
            widths.clear()
        font, total = self.at(size, bold), 0.0
        for char in text:
            if char not in widths:
                widths[char] = font.getlength(char)
            total += widths[char]  # exact: these fonts have no kerning table, and BASIC applies nothing else
        return total


def find_fonts(folders: Sequence[Path] = FOLDERS) -> Fonts | FontsMissing:
    """The fonts from the first folder that has them."""
    faces: dict[str, _Face] = {}
    for style in ("Regular", "Bold"):
        found = (_face(folder / f"NotoSansCJK-{style}.ttc", style) for folder in folders)
        face = next((face for face in found if face), None)
        if face is None:
            return FontsMissing(f"{FAMILY} {style} not found; install fonts-noto-cjk")
        faces[style] = face
    return Fonts(faces["Regular"], faces["Bold"])


def fonts_there(folders: Sequence[Path] = FOLDERS) -> bool:
    """Whether both files are there and begin as a font collection does: without loading what draws with them."""
    return all(
        any(_begins_right(folder / f"NotoSansCJK-{style}.ttc") for folder in folders) for style in ("Regular", "Bold")
    )


def _begins_right(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"ttcf"
    except OSError:
        return False


def _face(path: Path, style: str) -> _Face | None:
    from PIL import ImageFont

    for index in range(MAX_FACES):
        try:
            font = ImageFont.truetype(path, 24, index=index)
        except OSError:  # no such file, not a font, or no more faces in it
            return None
        if str(font.path) != str(path):  # Pillow looks for the name elsewhere when the path does not open
            return None
        if font.getname() == (FAMILY, style):
            return _Face(path, index)
    return None
