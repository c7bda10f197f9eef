"""The tour's other hand: the four keys of a keypad, and nothing else. It finds its way as somebody who knows the pages.

What the keys stop at is read from the window a second time here, so that the tour notices where the product goes
elsewhere.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.services.knocking import TIMES
from kiosk.tour import sight
from kiosk.tour.record import WentWrongError

UP, DOWN, OK, BACK = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Back
_ROWS = {"up": UP, "ok": OK, "down": DOWN, "back": BACK}
Stops = list[QQuickItem]


class Keypad:
    """A Hand; each key counts as one."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._pressed = 0

    def press(self, item: QQuickItem, name: str) -> int:
        self._pressed = 0
        QCoreApplication.processEvents()  # a page that has just opened shows where it begins
        group = next((above for above in _above(item) if above.property("keyGroup")), None)
        if group is None:
            self._stand(item, name)
            if not item.property("chosen") or not item.property("choice"):
                self._key(OK)
        else:
            if not group.property("inside"):
                self._stand(group, name)
                self._key(OK)
                item = next((stop for stop in _stops(group) if sight.name_of(stop) == name), item)  # made anew
            if group.property("leads"):
                self._choose(group, item, name)
            else:
                self._go(_stops(group), item, name)
                self._key(OK)
        return self._pressed

    def knock(self) -> int:
        for _ in range(TIMES):
            self._key(BACK)
        return TIMES

    # -- from stop to stop ----------------------------------------------------------------------------------------
    def _stand(self, stop: QQuickItem, name: str) -> None:
        inside = next((item for item in self._all() if item.property("keyGroup") and item.property("inside")), None)
        if inside is not None:
            self._come_out(inside)
        ring = self._ring()
        if self._at(ring) is None:
            if ring and ring[0] is stop and self._attract():
                return  # OK does the one thing there is to do
            self._key(DOWN)
            if stop.property("inside"):
                return
            ring = self._ring()
        if stop not in ring and stop.property("choice"):
            answer = next((other for other in ring if other.parentItem() == stop.parentItem()), None)
            if answer is not None:
                self._go(ring, answer, name)
                self._key(OK)  # opens the answers again
                ring = self._ring(opened=stop.parentItem())
        self._go(ring, stop, name)

    def _go(self, ring: Stops, stop: QQuickItem, name: str) -> None:
        at = self._at(ring)
        if stop not in ring or at is None:
            raise WentWrongError(f"“{name}” cannot be reached with the four keys")
        ahead = (ring.index(stop) - at) % len(ring)
        for _ in range(min(ahead, len(ring) - ahead)):
            self._key(DOWN if ahead <= len(ring) - ahead else UP)
        if self._window.activeFocusItem() != stop:
            raise WentWrongError(f"“{name}” does not get the focus")

    def _come_out(self, group: QQuickItem) -> None:
        if (leaves := group.property("exit")) in _ROWS:
            self._key(_ROWS[leaves])
        else:
            for _ in range(2 if group.property("leads") else 1):
                self._key(BACK)

    # -- one of a pad's keys --------------------------------------------------------------------------------------
    def _choose(self, pad: QQuickItem, item: QQuickItem, name: str) -> None:
        rows = [list(row) for _, row in groupby(_stops(pad), lambda key: round(key.mapToScene(QPointF(0, 0)).y()))]
        keys = [key for row, key in _ROWS.items() if row != pad.property("exit")]
        part = next((row for row in rows if item in row), [])
        if not part:
            raise WentWrongError(f"“{name}” is not on the pad")
        self._key(keys[rows.index(part)])
        while len(part) > 1:
            parts = _split(part)
            part = next(part for part in parts if item in part)
            self._key((UP, OK, DOWN)[parts.index(part)])

    # -- the window -----------------------------------------------------------------------------------------------
    def _key(self, key: Qt.Key) -> None:
        QTest.keyClick(self._window, key)
        QCoreApplication.processEvents()
        self._pressed += 1

    def _attract(self) -> bool:
        stage = self._window.findChild(QQuickItem, "stage")
        return stage is not None and "AttractPage" in str(stage.property("source"))

    def _all(self) -> Iterator[QQuickItem]:
        return sight.items(self._window.contentItem())

    def _ring(self, opened: QQuickItem | None = None) -> Stops:
        """The page's stops, the bar's last: as it stands at the window's foot, it comes last on the screen too."""
        stops = _stops(self._window.contentItem(), opened)
        bars = [stop for stop in stops if stop.property("keyGroup") and not stop.property("leads")]
        return [stop for stop in stops if stop not in bars] + bars

    def _at(self, ring: Stops) -> int | None:
        focus = self._window.activeFocusItem()
        return ring.index(focus) if focus in ring else None


def _stops(root: QQuickItem, opened: QQuickItem | None = None) -> Stops:
    found, last = [], []
    for item in _walk(root):
        if item.property("last"):
            last.append(item)
        elif not item.property("keyStop") or not item.property("choice") or _counts(item, opened):
            found.append(item)
    return found + last


def _walk(root: QQuickItem) -> Iterator[QQuickItem]:
    for child in root.childItems():
        if not child.isVisible() or not child.isEnabled():
            continue
        if child.property("keyStop") or child.property("keyGroup"):
            yield child
        else:
            yield from _walk(child)


def _counts(answer: QQuickItem, opened: QQuickItem | None) -> bool:
    """Of answers one of which is chosen, the others are passed by."""
    group = answer.parentItem()
    if answer.property("chosen") or group is None or group == opened:
        return True
    return not any(
        other.isVisible() and other.property("choice") and other.property("chosen") for other in group.childItems()
    )


def _above(item: QQuickItem) -> Iterator[QQuickItem]:
    above = item.parentItem()
    while above is not None:
        yield above
        above = above.parentItem()


def _split(keys: Sequence[QQuickItem]) -> list[list[QQuickItem]]:
    if len(keys) <= 3:
        return [[key] for key in keys]
    side = round(len(keys) / 3)
    return [list(keys[:side]), list(keys[side : len(keys) - side]), list(keys[len(keys) - side :])]
