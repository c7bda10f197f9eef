"""What a laid-out slip is made of. Figures are printer dots, 8 to the millimetre, from the top left."""

from dataclasses import dataclass
from typing import Protocol


class Metrics(Protocol):
    """How wide text is; the one thing layout asks of a font."""

    def width(self, text: str, size: int, bold: bool) -> float:
        """Dots the text advances at ``size`` dots to the em."""
        ...


@dataclass(frozen=True, slots=True)
class Strip:
    """The paper: ``dots`` the head prints across, and the longest slip on it."""

    dots: int
    margin: int
    max_length: int


#: By ``printer.dots``: 80 mm paper with 72 mm printed, the same at 180 dpi, 58 mm paper with 48 mm printed.
STRIPS = {576: Strip(576, 24, 1280), 512: Strip(512, 16, 1440), 384: Strip(384, 8, 1920)}
WIDE = STRIPS[576]


@dataclass(frozen=True, slots=True)
class Text:
    """One line; ``y`` is its baseline."""

    x: int
    y: int
    text: str
    size: int
    bold: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners, black or, with ``frame`` > 0, an outline that thick."""

    x: int
    y: int
    width: int
    height: int
    radius: int
    frame: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from margin to margin."""

    y: int
    height: int
    dashed: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol without its quiet zone; ``module`` dots to a module."""

    x: int
    y: int
    text: str
    module: int
    side: int


Element = Text | Box | Rule | Code


@dataclass(frozen=True, slots=True)
class Layout:
    width: int
    height: int
    elements: tuple[Element, ...]
    margin: int = WIDE.margin
