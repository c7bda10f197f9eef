"""What must hold on every page, read from the items on screen: nothing cut, too small, or on top of another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

SLACK = 2.0  # px: rounding
ONLY_BACK = "the only way on is back"
#: What has an edge and holds words; buttons may stand on a Panel.
_BOXES = ("Notice_QMLTYPE", "HwHint_QMLTYPE")
_WORD = re.compile(r"[A-Za-z]{4,}")
IN_A_ROW = 78  # px @1080: halves of the language switch and keys of the candidate row stand inside one taller field


@dataclass(frozen=True)
class Shown:
    """One item as it stands on screen. ``path``: the items above it."""

    item: QQuickItem
    box: QRectF
    kind: str
    path: tuple[int, ...]


def shown(window: QQuickWindow) -> Iterator[Shown]:
    yield from _walk(window.contentItem(), ())


def _walk(item: QQuickItem, path: tuple[int, ...]) -> Iterator[Shown]:
    if not item.isVisible() or item.opacity() == 0:
        return
    origin = item.mapToScene(QPointF(0, 0))
    yield Shown(item, QRectF(origin.x(), origin.y(), item.width(), item.height()), item.metaObject().className(), path)
    for child in item.childItems():
        yield from _walk(child, (*path, id(item)))


def is_text(one: Shown) -> bool:
    return one.item.metaObject().indexOfProperty("truncated") >= 0 and bool(one.item.property("text"))


def is_icon(one: Shown) -> bool:
    return one.kind.startswith("Icon_QMLTYPE") and bool(one.item.property("name"))


def is_pressable(one: Shown) -> bool:
    return one.item.metaObject().indexOfProperty("repeatable") >= 0


def _alignment(item: QQuickItem) -> tuple[int, int]:
    """Across and down, as Qt.AlignmentFlag."""
    # property() has no converter for these enumerations of Qt Quick.
    context = qmlContext(item)
    assert context is not None
    value = QQmlExpression(context, item, "verticalAlignment * 1000 + effectiveHorizontalAlignment").evaluate()
    down, across = divmod(int(value[0] if isinstance(value, tuple) else value), 1000)
    return across, down


def painted(one: Shown) -> QRectF:
    """Where the letters are: the box of a text may be larger, or a little lower than its font's line."""
    item = one.item
    width = min(float(item.property("contentWidth")), one.box.width() + SLACK)
    height = float(item.property("contentHeight"))
    fits = abs(width - one.box.width()) < SLACK and abs(height - one.box.height()) < SLACK
    across, down = (1, 32) if fits else _alignment(item)
    x = one.box.x() + {2: one.box.width() - width, 4: (one.box.width() - width) / 2}.get(across, 0.0)
    y = one.box.center().y() - height / 2 if down == 128 else one.box.y()
    # Noto CJK keeps a fifth of its line above and below free.
    trim = min(float(item.property("font").pixelSize()) * 0.2, height / 4)
    return QRectF(x, y + trim, width, height - 2 * trim)


def troubles(
    window: QQuickWindow, unit: float, reach_line: float, *, words_may_be_cut: bool = False, leads_on: bool = False
) -> list[str]:
    """Sentences about what is wrong; empty where the page is right. ``unit``: px for 1 px @1080.

    ``leads_on``: nothing is waited for, so that something of the page itself must be there to be pressed.
    """
    whole = list(shown(window))  # kept to the end: what is not would leave its id to another item
    everything = _outside_keyboard(whole)
    page = next((one for one in everything if one.item.objectName() == "stage"), None)
    texts = [(one, painted(one)) for one in everything if is_text(one)]
    pressables = [one for one in everything if is_pressable(one)]
    panels = [one for one in everything if one.item.metaObject().indexOfProperty("candidates") >= 0]
    found = []
    for one, letters in texts:
        found += _text_troubles(one, letters, window, page, words_may_be_cut)
    found += _press_troubles(pressables, {id(one.item) for one in panels}, window, page, unit, reach_line)
    found += _under_keyboard(everything, pressables)
    found += _overlaps(texts, pressables)
    found += _covered([one for one in everything if one.kind.startswith(_BOXES)], pressables)
    found += _icons_on_words([one for one in everything if is_icon(one)], texts)
    if leads_on and not _leads_on(everything, pressables, page):
        found.append(ONLY_BACK)
    return found


def _leads_on(everything: list[Shown], pressables: list[Shown], page: Shown | None) -> bool:
    """Whether something of the page itself can be pressed or typed, or a card is asked for."""
    pressed = any(one.item.isEnabled() and page is not None and _holds(page, one) for one in pressables)
    return pressed or any(one.kind.startswith(("CardBlock_QMLTYPE", "KeysOfPage_QMLTYPE")) for one in everything)


def _outside_keyboard(whole: list[Shown]) -> list[Shown]:
    """Without Qt's own keyboard and all that stands in it; what stands in an item comes after it."""
    inside: set[int] = set()
    outside = []
    for one in whole:
        if one.kind.startswith("InputPanel") or one.kind == "Keyboard" or (one.path and one.path[-1] in inside):
            inside.add(id(one.item))
        else:
            outside.append(one)
    return outside


def _name(one: Shown) -> str:
    return f"{one.kind.split('_')[0]} {str(one.item.property('text') or one.item.property('name'))[:30]!r}"


def _text_troubles(
    one: Shown, letters: QRectF, window: QQuickWindow, page: Shown | None, may_be_cut: bool
) -> list[str]:
    found = []
    if not may_be_cut and one.item.property("truncated"):
        found.append(f"{_name(one)} is cut off")
    if not may_be_cut and float(one.item.property("contentWidth")) > one.box.width() + SLACK:
        found.append(f"{_name(one)} is wider than its place")
    if not may_be_cut and (word := _broken_word(one)):
        found.append(f"{_name(one)} breaks the word {word}")
    limit = (
        page.box if page is not None and id(page.item) in one.path else QRectF(0, 0, window.width(), window.height())
    )
    if not limit.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(letters):
        found.append(f"{_name(one)} stands outside: {letters} of {limit}")
    return found


def _broken_word(one: Shown) -> str:
    """The first Latin word that is wider than its text's place and therefore goes on in the next line."""
    if int(one.item.property("lineCount") or 1) < 2:
        return ""
    metrics = QFontMetricsF(one.item.property("font"))
    words = _WORD.findall(str(one.item.property("text")))
    return next((word for word in words if metrics.horizontalAdvance(word) > one.box.width() + SLACK), "")


def _press_troubles(
    pressables: list[Shown],
    panels: set[int],
    window: QQuickWindow,
    page: Shown | None,
    unit: float,
    reach_line: float,
) -> list[str]:
    found = []
    for one in pressables:
        if not one.item.property("name"):
            found.append(f"{one.kind} has no name")
        low = one.item.metaObject().indexOfProperty("here") >= 0 or not panels.isdisjoint(one.path)
        least = 88 * unit - SLACK
        if one.box.width() < least or one.box.height() < (IN_A_ROW * unit - SLACK if low else least):
            found.append(f"{_name(one)} is too small: {one.box.width():.0f} x {one.box.height():.0f}")
        limit = (
            page.box
            if page is not None and id(page.item) in one.path
            else QRectF(0, 0, window.width(), window.height())
        )
        if not limit.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(one.box):
            found.append(f"{_name(one)} stands outside: {one.box} of {limit}")
        if one.box.top() < reach_line - SLACK:
            found.append(f"{_name(one)} is out of reach: {one.box.top():.0f} above {reach_line:.0f}")
    for i, one in enumerate(pressables):
        for other in pressables[i + 1 :]:
            if one.box.intersects(other.box) and not _holds(one, other) and not _holds(other, one):
                found.append(f"{_name(one)} and {_name(other)} overlap")
    return found


def _icons_on_words(icons: list[Shown], texts: list[tuple[Shown, QRectF]]) -> list[str]:
    found = []
    for icon in icons:
        spare = icon.box.width() * 0.12  # a glyph does not fill its box
        drawn = icon.box.adjusted(spare, spare, -spare, -spare)
        for text, letters in texts:
            common = drawn.intersected(letters)
            if common.width() > 4 and common.height() > 4:
                found.append(f"the icon {icon.item.property('name')} lies on {_name(text)}")
    return found


def _under_keyboard(everything: list[Shown], pressables: list[Shown]) -> list[str]:
    """What the typing keyboard covers."""
    panels = [one for one in everything if one.item.metaObject().indexOfProperty("candidatesShown") >= 0]
    return [
        f"{_name(one)} lies under the keyboard"
        for panel in panels
        for one in pressables
        if one.box.intersects(panel.box) and not _holds(panel, one)
    ]


def _covered(boxes: list[Shown], pressables: list[Shown]) -> list[str]:
    """Edges that run under a button, though no letter does."""
    found = []
    for box in boxes:
        for one in pressables:
            common = box.box.intersected(one.box)
            apart = not _holds(box, one) and not _holds(one, box)
            if apart and common.width() > 6 and common.height() > 6:
                found.append(f"a {box.kind.split('_')[0]} lies under {_name(one)}")
    return found


def _holds(outer: Shown, inner: Shown) -> bool:
    return id(outer.item) in inner.path


def _overlaps(texts: list[tuple[Shown, QRectF]], pressables: list[Shown]) -> list[str]:
    found = []
    for i, (one, box) in enumerate(texts):
        for other, elsewhere in texts[i + 1 :]:
            common = box.intersected(elsewhere)
            if common.width() > 6 and common.height() > 6:
                found.append(f"{_name(one)} runs into {_name(other)}")
        for surface in pressables:
            common = box.intersected(surface.box)
            if common.width() > 6 and common.height() > 6 and not _holds(surface, one):
                found.append(f"{_name(one)} lies on {_name(surface)}")
    return found
