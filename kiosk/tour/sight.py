"""Finds what a person would see: a control by the name the accessibility tree gives it, and what lies under a point."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickWindow

_PRESSABLE = frozenset(
    {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.Link}
)


def items(root: QQuickItem) -> Iterator[QQuickItem]:
    """All items below ``root`` that are shown."""
    for child in root.childItems():
        if child.isVisible():
            yield child
            yield from items(child)


def name_of(item: QQuickItem) -> str:
    """Its name for assistive technology; '' where it is no control."""
    accessible = QAccessible.queryAccessibleInterface(item)
    if accessible is None or not accessible.isValid() or accessible.role() not in _PRESSABLE:
        return ""
    return accessible.text(QAccessible.Text.Name)


def controls(window: QQuickWindow) -> dict[str, QQuickItem]:
    """Every control on screen by its name; of two with one name the first, as a reader would take it."""
    found: dict[str, QQuickItem] = {}
    for item in items(window.contentItem()):
        if (name := name_of(item)) and item.width() > 0:
            found.setdefault(name, item)
    return found


def keys(window: QQuickWindow) -> dict[str, QQuickItem]:
    """The keys of the typing keyboard: by what they type, the others by their type (ShiftKey …)."""
    found: dict[str, QQuickItem] = {}
    for item in items(window.contentItem()):
        meta = item.metaObject()
        if meta.indexOfProperty("keyType") >= 0 and meta.indexOfProperty("displayText") >= 0:
            found.setdefault(str(item.property("text") or "") or meta.className().split("_")[0], item)
    return found


def candidates(window: QQuickWindow) -> dict[str, QQuickItem]:
    """What the input method offers now, from left to right."""
    shown = [
        item
        for item in items(window.contentItem())
        if item.metaObject().indexOfProperty("display") >= 0 and item.metaObject().indexOfProperty("chosen") >= 0
    ]
    shown.sort(key=lambda item: item.mapToScene(QPointF(0, 0)).x())
    return {str(item.property("display")): item for item in shown}


def typed(window: QQuickWindow, whole: bool = False) -> str:
    """What stands in the field of free text; ``whole``: with what the input method still holds."""
    for item in items(window.contentItem()):
        if item.metaObject().indexOfProperty("preeditText") >= 0:
            return str(item.property("text")) + (str(item.property("preeditText")) if whole else "")
    return ""


def centre(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def why_untouchable(window: QQuickWindow, item: QQuickItem) -> str:
    """'' where a finger at the item's centre would reach it."""
    point = centre(item)
    if not item.isEnabled():
        return "is switched off"
    if not (0 <= point.x() < window.width() and 0 <= point.y() < window.height()):
        return f"lies outside the window at {point.x()}, {point.y()}"
    taker = _taker(window.contentItem(), QPointF(point))
    if taker is None:
        return "has nothing that takes a touch"
    owner = _keyboard_of(item) or item
    return "" if holds(owner, taker) else f"is covered by {taker.metaObject().className()}"


def holds(item: QQuickItem, other: QQuickItem | None) -> bool:
    """Whether ``other`` is ``item`` or stands in it."""
    while other is not None and other != item:
        other = other.parentItem()
    return other is not None


def _keyboard_of(item: QQuickItem) -> QQuickItem | None:
    """The typing keyboard takes touches for all of its keys in one area above them."""
    above: QQuickItem | None = item
    while above is not None and not above.metaObject().className().startswith("Keyboard_QMLTYPE"):
        above = above.parentItem()
    return above


def _taker(item: QQuickItem, scene: QPointF) -> QQuickItem | None:
    """The topmost item under ``scene`` that takes touches, found in the order Qt delivers them."""
    inside = item.contains(item.mapFromScene(scene))
    if not item.isVisible() or not item.isEnabled() or (item.clip() and not inside):
        return None
    for _, _, child in sorted(((c.z(), place, c) for place, c in enumerate(item.childItems())), reverse=True):
        if found := _taker(child, scene):
            return found
    takes = item.acceptedMouseButtons().value != 0 or item.acceptTouchEvents()
    return item if inside and takes else None
