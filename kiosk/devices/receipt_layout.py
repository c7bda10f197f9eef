"""A slip's words → boxes on a strip of 80 or 58 mm. Pure; looks as in the interface design's receipt.

A slip is at most the strip's ``max_length`` dots long. Where its words need more, they are shortened in the order of
``_tighter``: first the help text, then long facts, headline and QR text, at last whole facts from the end. The
reference and the promise are never shortened for it (only a field beyond any honest size is cut, so that no input can
feed paper without end). The symbol of an operation that the slip carries stands beyond that length.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.devices import receipt_qr
from kiosk.devices.receipt_boxes import WIDE, Box, Code, Element, Layout, Metrics, Rule, Strip, Text
from kiosk.devices.receipt_lines import shorten, wrap
from kiosk.devices.receipt_text import one_line, printable
from kiosk.domain.receipts import Slip

WIDTH, MARGIN, MAX_LENGTH = WIDE.dots, WIDE.margin, WIDE.max_length  # dots, of the 80 mm strip

QR_MIN_SIDE = 232  # 29 mm
REVERSED_MAX_SHARE = 0.15  # of the slip's dots; more heats the head
_REVERSED_INK = 0.85  # of the reversed block's dots that stay black around the number

_REFERENCE_SIZES = (84, 72, 60, 48, 36, 26)
_CAMPUS_SIZES = (32, 29, 26, 24, 22, 20)
_QR_TITLE_SIZES = (38, 34, 30)
_LABEL_SHARE, _COLUMN_SHARE = 0.36, 0.246  # of a line: the widest label, the narrowest column of labels
_BESIDE_QR = 190  # dots: where less is left beside the symbol, its words stand under it
#: Dots to a module of a carried operation, the first with which it fits: half a millimetre, which old phones read too.
_CARRIED_MODULES = (4, 3)
_PROMISE_SIZES = ((44, 57, 3), (34, 44, 4), (28, 37, 5))  # size, line pitch, most lines


@dataclass(frozen=True, slots=True)
class _Limits:
    """How many lines each part may take."""

    headline: int = 2
    facts: int = 18
    fact_lines: int = 2
    steps: int = 24
    body: int = 6
    qr_body: int = 6
    other: int = 2


_Wrapped = dict[tuple[str, int, int, bool], list[str]]  # lines by text, dots, size and weight: tries share them


def lay_out(slip: Slip, metrics: Metrics, strip: Strip = WIDE) -> Layout:
    """The slip as boxes, as wide as the strip and, a carried operation's symbol aside, at most ``max_length`` long."""
    wrapped: _Wrapped = {}
    page = _Page(metrics, _Limits(), wrapped, strip)
    for limits in _tighter():
        page = _Page(metrics, limits, wrapped, strip)
        page.compose(slip)
        if page.length - page.beyond <= strip.max_length:
            break
    return page.layout()


def _tighter() -> Iterator[_Limits]:
    limits = _Limits()
    yield limits
    for lines in (5, 4, 3, 2, 1):
        yield (limits := replace(limits, body=lines))
    for lines in range(limits.steps - 1, 3, -1):
        yield (limits := replace(limits, steps=lines))
    yield (limits := replace(limits, fact_lines=1))
    yield (limits := replace(limits, headline=1, other=1))
    yield (limits := replace(limits, qr_body=3, body=0))
    for facts in range(limits.facts - 1, -1, -1):
        yield (limits := replace(limits, facts=facts))


class _Page:
    """One try at a slip: a cursor ``length`` that only moves down, and what has been put above it. ``beyond``: what of
    it is a carried operation's symbol."""

    def __init__(self, metrics: Metrics, limits: _Limits, wrapped: _Wrapped, strip: Strip) -> None:
        self._width, self._margin = strip.dots, strip.margin
        self._inner = strip.dots - 2 * strip.margin
        self._metrics = metrics
        self._wrapped = wrapped
        self._limits = limits
        self._elements: list[Element] = []
        self._number: Box | None = None
        self.length = self.beyond = 0

    def compose(self, slip: Slip) -> None:
        self._header(slip)
        self._headline(slip)
        self._reference(slip)
        self._facts(slip)
        self._steps(slip)
        self._promise(slip)
        self._code(slip)
        self._carries(slip)
        self._other_language(slip)
        self.length += MARGIN  # of any strip: the cutter's room

    def layout(self) -> Layout:
        """The page as a value. The number is reversed out of black only where that is a small part of the slip."""
        box, elements = self._number, self._elements
        if box and box.width * box.height * _REVERSED_INK > REVERSED_MAX_SHARE * self._width * self.length:
            inside = [e for e in elements if isinstance(e, Text) and e.white and e.y > box.y]
            black = {id(e): replace(e, white=False) for e in inside}
            elements = [replace(box, frame=5) if e is box else black.get(id(e), e) for e in elements]
        return Layout(self._width, self.length, tuple(elements), self._margin)

    def _lines(self, text: str, count: int, dots: int, size: int, bold: bool = False) -> list[str]:
        def width(piece: str) -> float:
            return self._metrics.width(piece, size, bold)

        key = (text, dots, size, bold)
        if key not in self._wrapped:
            self._wrapped[key] = wrap(printable(text), dots, width)
        return shorten(self._wrapped[key], count, dots, width)

    def _one(self, text: str, dots: int, size: int, bold: bool = False) -> str:
        return next(iter(self._lines(one_line(text), 1, dots, size, bold)), "")

    def _largest(self, text: str, sizes: tuple[int, ...], dots: int) -> int:
        """The first of ``sizes`` at which bold ``text`` is one line; else the last."""
        return next((size for size in sizes if self._metrics.width(text, size, True) <= dots), sizes[-1])

    def _put(self, x: int, y: int, text: str, size: int, bold: bool = False, white: bool = False) -> None:
        if text:
            self._elements.append(Text(x, y, text, size, bold, white))

    def _put_lines(self, x: int, y: int, pitch: int, lines: list[str], size: int, bold: bool = False) -> int:
        """Lines from baseline ``y`` on; returns the last one's baseline."""
        for row, line in enumerate(lines):
            self._put(x, y + row * pitch, line, size, bold)
        return y + (len(lines) - 1) * pitch

    def _dashes(self) -> None:
        self._elements.append(Rule(self.length, 3, dashed=True))
        self.length += 3

    def _header(self, slip: Slip) -> None:
        x, mark = self._margin, one_line(slip.mark)[:1]
        smallest = self._metrics.width(one_line(slip.campus), _CAMPUS_SIZES[-1], True)
        if mark and smallest <= self._inner - 70:  # else the name needs the mark's room
            self._elements.append(Box(self._margin, 24, 56, 56, radius=12))
            wide = self._metrics.width(mark, 34, True)
            self._put(self._margin + round((56 - wide) / 2), 65, mark, 34, bold=True, white=True)
            x += 70
        dots = self._width - self._margin - x
        size = self._largest(one_line(slip.campus), _CAMPUS_SIZES, dots)
        self._put(x, 61, self._one(slip.campus, dots, size, bold=True), size, bold=True)
        self._put(x, 98, self._one(slip.place, dots, 24), 24)
        self._elements.append(Rule(119, 4, dashed=False))
        self.length = 123

    def _headline(self, slip: Slip) -> None:
        lines = self._lines(slip.headline, self._limits.headline, self._inner, 40, bold=True)
        if lines:
            self.length = self._put_lines(self._margin, self.length + 60, 50, lines, 40, bold=True) + 6
        self.length += 19

    def _reference(self, slip: Slip) -> None:
        reference = one_line(slip.reference)
        if not reference:
            return
        dots = self._inner - 2 * 26
        size = self._largest(reference, _REFERENCE_SIZES, dots)
        top, self._number = self.length, Box(self._margin, self.length, self._inner, 150, radius=14)
        self._elements.append(self._number)
        left = self._margin + 28
        self._put(left, top + 39, self._one(slip.reference_label, dots, 26, bold=True), 26, bold=True, white=True)
        self._put(
            left, top + 96 + size * 3 // 8, self._one(reference, dots, size, bold=True), size, bold=True, white=True
        )
        self.length += 150

    def _facts(self, slip: Slip) -> None:
        facts = slip.facts[: self._limits.facts]
        labels = [self._one(label, round(self._inner * _LABEL_SHARE), 26) for label, _ in facts]
        widest = max((round(self._metrics.width(label, 26, False)) + 20 for label in labels), default=0)
        column = self._margin + max(widest, round(self._inner * _COLUMN_SHARE))
        y = self.length + 54
        for label, (_, value) in zip(labels, facts, strict=True):
            lines = self._lines(value, self._limits.fact_lines, self._width - self._margin - column, 26, bold=True)
            if not lines:
                continue
            self._put(self._margin, y, label, 26)
            self.length = self._put_lines(column, y, 36, lines, 26, bold=True)
            y = self.length + 50
        self.length += 24

    def _steps(self, slip: Slip) -> None:
        """As many lines as are allowed for all steps together; the last one is shortened."""
        y, left = self.length + 20, self._limits.steps
        for step in slip.steps:
            if left <= 0:
                break
            lines = self._lines(step, left, self._inner, 26)
            if lines:
                left -= len(lines)
                self.length = self._put_lines(self._margin, y, 34, lines, 26)
                y = self.length + 44
        if slip.steps:
            self.length += 24

    def _promise(self, slip: Slip) -> None:
        promise, size, pitch = self._promise_lines(slip.promise)
        body = self._lines(slip.body, self._limits.body, self._inner, 26)
        if not promise and not body:
            return
        self._dashes()
        if promise:
            self.length = self._put_lines(self._margin, self.length + 21 + size, pitch, promise, size, bold=True) + 14
        if body:
            self.length = self._put_lines(self._margin, self.length + 42, 36, body, 26)
        self.length += 23

    def _promise_lines(self, text: str) -> tuple[list[str], int, int]:
        for size, pitch, most in _PROMISE_SIZES:
            lines = self._lines(text, most + 1, self._inner, size, bold=True)
            if len(lines) <= most:
                return lines, size, pitch
        size, pitch, most = _PROMISE_SIZES[-1]
        return self._lines(text, most, self._inner, size, bold=True), size, pitch

    def _code(self, slip: Slip) -> None:
        side, x, top = receipt_qr.modules(slip.qr), self._margin, self.length + 3
        bottom = 0
        if side:
            module = -(-QR_MIN_SIDE // side)
            quiet = receipt_qr.QUIET_MODULES * module
            code = Code(quiet + 4, top + quiet, slip.qr, module, side * module)
            x, bottom, top = code.x + code.side + quiet + 5, code.y + code.side + quiet, code.y
            if self._width - self._margin - x < _BESIDE_QR:  # 58 mm
                code = replace(code, x=(self._width - code.side) // 2)
                x, top = self._margin, bottom
        dots = self._width - self._margin - x
        title_size = self._largest(one_line(slip.qr_title), _QR_TITLE_SIZES, dots)
        title = self._lines(slip.qr_title, 2, dots, title_size, bold=True)
        body = self._lines(slip.qr_body, self._limits.qr_body, dots, 26)
        if not side and not title and not body:
            return
        self._dashes()
        y = top
        if title:
            y = self._put_lines(x, y + 8 + title_size, 44, title, title_size, bold=True) + 14
        if body:
            y = self._put_lines(x, y + 38, 36, body, 26)
        if side:
            self._elements.append(code)
        self.length = max(y + 23, bottom)

    def _carries(self, slip: Slip) -> None:
        """The words above the symbol; neither without the other."""
        side = receipt_qr.carried_modules(slip.carries)
        across = side + 2 * receipt_qr.QUIET_MODULES
        module = next((dots for dots in _CARRIED_MODULES if side and across * dots <= self._width), 0)
        if not module:
            return
        self._dashes()
        size = self._largest(one_line(slip.carries_title), _QR_TITLE_SIZES, self._inner)
        title = self._lines(slip.carries_title, 2, self._inner, size, bold=True)
        body = self._lines(slip.carries_body, self._limits.qr_body, self._inner, 26)
        if title:
            self.length = self._put_lines(self._margin, self.length + 16 + size, 44, title, size, bold=True)
        if body:
            self.length = self._put_lines(self._margin, self.length + 44, 36, body, 26) + 12
        quiet = receipt_qr.QUIET_MODULES * module
        x, y = (self._width - side * module) // 2, self.length + quiet
        self._elements.append(Code(x, y, slip.carries, module, side * module))
        self.beyond = across * module
        self.length += self.beyond

    def _other_language(self, slip: Slip) -> None:
        lines = self._lines(slip.other_language, self._limits.other, self._inner, 24)
        if lines:
            self._dashes()
            self.length = self._put_lines(self._margin, self.length + 42, 34, lines, 24) + 7
