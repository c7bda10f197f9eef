"""Looks for what a visitor has left behind: every text property of every object of Qt in this process."""

import gc
from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QMetaType, QObject
from PySide6.QtQml import qmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

_TEXT = frozenset({QMetaType.Type.QString.value, QMetaType.Type.QUrl.value})
_LISTS = frozenset(
    {QMetaType.Type.QVariantList.value, QMetaType.Type.QVariantMap.value, QMetaType.Type.QStringList.value}
)


def left_behind(window: QQuickWindow, canaries: Iterable[str]) -> list[str]:
    """``Class.property`` wherever one of the visitor's own texts is still to be read."""
    wanted = [canary for canary in canaries if canary]
    if not wanted:
        return []
    return [where for thing in _objects(window) for where, text in _texts(thing) if any(c in text for c in wanted)]


def _objects(window: QQuickWindow) -> Iterator[QObject]:
    """Children, children on the screen, and what Python holds: view models have no parent."""
    seen: set[int] = set()
    application = QCoreApplication.instance()
    ahead: list[QObject] = [window, *([application] if application else []), *_input_context(window)]
    ahead += [thing for thing in gc.get_objects() if isinstance(thing, QObject)]
    while ahead:
        thing = ahead.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        yield thing
        try:
            ahead += thing.children()
            if isinstance(thing, QQuickItem):
                ahead += thing.childItems()
            if isinstance(thing, QQuickWindow):
                ahead.append(thing.contentItem())
        except RuntimeError:  # the C++ side of it is gone
            continue


def _input_context(window: QQuickWindow) -> list[QObject]:
    """The typing keyboard's: it outlives the page and knows the text around the cursor."""
    engine = qmlEngine(window)
    context = engine.singletonInstance("QtQuick.VirtualKeyboard", "InputContext") if engine else None
    return [context] if isinstance(context, QObject) else []


def _texts(thing: QObject) -> Iterator[tuple[str, str]]:
    try:
        meta = thing.metaObject()
        for index in range(meta.propertyCount()):
            property_ = meta.property(index)
            kind = property_.metaType().id()
            if property_.isReadable() and (kind in _TEXT or kind in _LISTS):
                yield f"{meta.className()}.{property_.name()!s}", _flat(property_.read(thing))
    except RuntimeError:
        return


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_flat(part) for part in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_flat(part) for part in value)
    return value if isinstance(value, str) else ""
