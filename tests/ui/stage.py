"""Puts a QML file on an invisible screen and finds, measures and touches what is on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.ui.icons import IconProvider
from kiosk.ui.pictures import CardProvider, QrProvider

GALLERY = Path(__file__).parent / "gallery" / "Gallery.qml"
COMPONENTS = Path(__file__).parents[2] / "kiosk" / "ui" / "qml" / "components"


def _items(root: QQuickItem) -> Iterator[QQuickItem]:
    for child in root.childItems():
        yield child
        yield from _items(child)


class Stage:
    """One QML file in a window of its own; keep it until the test ends."""

    def __init__(self, source: Path, **properties: Any) -> None:
        self.view = QQuickView()
        engine = self.view.engine()
        engine.addImageProvider("icon", IconProvider())
        engine.addImageProvider("qr", QrProvider())
        engine.addImageProvider("card", CardProvider())
        if properties:
            self.view.setInitialProperties(properties)
        self.view.setSource(QUrl.fromLocalFile(str(source)))
        assert self.view.status() is QQuickView.Status.Ready, self.view.errors()
        self.view.show()
        self.view.requestActivate()
        assert QTest.qWaitForWindowExposed(self.view)
        self.view.grabWindow()

    @property
    def root(self) -> QQuickItem:
        return self.view.rootObject()

    def named(self, name: str) -> QQuickItem:
        return next(item for item in self.items() if item.objectName() == name)

    def items(self, marker: str = "") -> list[QQuickItem]:
        """Visible items; with ``marker`` only those of a type that has this property."""
        return [
            item
            for item in _items(self.root)
            if item.isVisible() and (not marker or item.metaObject().indexOfProperty(marker) >= 0)
        ]

    def at(self, item: QQuickItem, x: float = 0.5, y: float = 0.5) -> QPoint:
        return item.mapToScene(QPointF(item.width() * x, item.height() * y)).toPoint()

    def down(self, item: QQuickItem) -> None:
        QTest.mousePress(self.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.at(item))

    def up(self, where: QPoint) -> None:
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    def touch(self, item: QQuickItem) -> None:
        self.down(item)
        self.up(self.at(item))
