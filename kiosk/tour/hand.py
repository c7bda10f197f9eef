"""How the tour acts on the window: a finger on the glass, or Tab and Enter. Events only, as from outside."""

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.tour import sight
from kiosk.tour.record import WentWrongError

#: A person does not touch one place again sooner than this, seconds; what comes sooner is a trembling finger.
SAME_PLACE_AFTER = 0.45
#: How near counts as the same place, pixels.
SAME_PLACE = 100
#: Most presses of Tab from one control to another.
MOST_STEPS = 60

Until = Callable[[Callable[[], bool], str], float]


class Hand(Protocol):
    """``press`` acts on a control and says how many touches or keys it took. Raises WentWrongError."""

    def press(self, item: QQuickItem, name: str) -> int: ...


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
        # The keys of a pad do not count for the guard against double taps.
        guarded = not item.property("repeatable")
        if guarded:
            away = point - self._last
            if max(abs(away.x()), abs(away.y())) < SAME_PLACE:
                self._until(lambda: time.monotonic() - self._last_at > SAME_PLACE_AFTER, "a pause")
        self.touch(point)
        if guarded:
            self._last, self._last_at = point, time.monotonic()
        return 1

    def touch(self, point: QPoint) -> None:
        """Down and up at ``point`` of the window."""
        touch = QTest.touchEvent(self._window, self._device)
        touch.press(0, point, self._window).commit()
        touch.release(0, point, self._window).commit()


class Keys:
    """Tab or Shift+Tab, whichever is shorter, the arrow keys among the answers of one question, then Enter."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window

    def press(self, item: QQuickItem, name: str) -> int:
        stop = self._stop_of(item)
        forward, backward = self._steps(stop, True), self._steps(stop, False)
        if min(forward, backward) > MOST_STEPS:
            raise WentWrongError(f"“{name}” cannot be reached with Tab")
        key = Qt.Key.Key_Tab if forward <= backward else Qt.Key.Key_Backtab
        pressed = min(forward, backward)
        for _ in range(pressed):
            QTest.keyClick(self._window, key)
        pressed += self._arrows(item)
        if not self._has_focus(item):
            raise WentWrongError(f"“{name}” does not get the focus")
        QTest.keyClick(self._window, Qt.Key.Key_Return)
        return pressed + 1

    def _stop_of(self, item: QQuickItem) -> QQuickItem:
        """Where Tab stops for ``item``: itself, or the one of its group's answers that is the group's stop."""
        group = item.parentItem()
        if item.property("activeFocusOnTab") or group is None or self._has_focus(group):
            return item if item.property("activeFocusOnTab") or group is None else group
        return next((answer for answer in group.childItems() if answer.property("activeFocusOnTab")), item)

    def _arrows(self, item: QQuickItem) -> int:
        """From answer to answer; none where the focus is there already."""
        group = item.parentItem()
        answers = [child for child in group.childItems() if child.property("choice")] if group else []
        at = next((place for place, answer in enumerate(answers) if self._has_focus(answer)), None)
        if at is None or item not in answers:
            return 0
        to = answers.index(item)
        for _ in range(abs(to - at)):
            QTest.keyClick(self._window, Qt.Key.Key_Right if to > at else Qt.Key.Key_Left)
        return abs(to - at)

    def _steps(self, item: QQuickItem, forward: bool) -> int:
        """Presses from the present focus to ``item``; more than MOST_STEPS where there is no way."""
        at = self._window.activeFocusItem() or self._window.contentItem()
        for steps in range(MOST_STEPS + 1):
            if sight.holds(item, at):
                return steps
            at = at.nextItemInFocusChain(forward)
        return MOST_STEPS + 1

    def _has_focus(self, item: QQuickItem) -> bool:
        focus = self._window.activeFocusItem()
        return focus is not None and sight.holds(item, focus)
