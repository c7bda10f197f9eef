"""How the tour acts on the window: a finger on the glass (the four keys: keypad.py). Events only, as from outside."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.services.knocking import TIMES
from kiosk.tour import sight
from kiosk.tour.record import WentWrongError

#: A person does not touch one place again sooner than this, seconds; what comes sooner is a trembling finger.
SAME_PLACE_AFTER = 0.45
#: How near counts as the same place, pixels.
SAME_PLACE = 100
#: Where staff knock, pixels from the upper left corner.
CORNER = 20
Until = Callable[[Callable[[], bool], str], float]


class Hand(Protocol):
    """``press`` acts on a control and says how many touches or keys it took. Raises WentWrongError."""

    def press(self, item: QQuickItem, name: str) -> int: ...

    def knock(self) -> int:
        """As staff do who want to come in; how many touches or keys it took."""
        ...


class Finger:
    """Real touch events at the middle of the control."""

    def __init__(self, window: QQuickWindow, until: Until) -> None:
        self._window, self._until = window, until
        self._device = QTest.createTouchDevice()
        self._last = QPoint(-1000, -1000)
        self._last_at = 0.0

    def press(self, item: QQuickItem, name: str) -> int:
        if why := sight.why_untouchable(self._window, item):
            raise WentWrongError(f"“{name}” {why}")
        point = sight.centre(item)
        # Read before the touch, which may take the item away.
        # The keys of a pad and of the typing keyboard do not count for the guard against double taps.
        guarded = item.property("repeatable") is False
        if guarded:
            away = point - self._last
            if max(abs(away.x()), abs(away.y())) < SAME_PLACE:
                self._until(lambda: time.monotonic() - self._last_at > SAME_PLACE_AFTER, "a pause")
                QCoreApplication.processEvents()  # the guard's own clock, where the machine was busy meanwhile
        self.touch(point)
        if guarded:
            self._last, self._last_at = point, time.monotonic()
        return 1

    def knock(self) -> int:
        for _ in range(TIMES):
            self.touch(QPoint(CORNER, CORNER))
        return TIMES

    def touch(self, point: QPoint) -> None:
        """Down and up at ``point`` of the window."""
        touch = QTest.touchEvent(self._window, self._device)
        touch.press(0, point, self._window).commit()
        touch.release(0, point, self._window).commit()
