"""Watches what reaches the window: tells of touches and of the four keys, swallows what a kiosk has no use for."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QTouchEvent, QWindow

from kiosk.ui.key_hold import KeyHold

#: Staff knock in the upper left corner, where nothing can be pressed: this part of the window's shorter side.
CORNER = 1 / 9
TOUCHED_EVERY = 1000  # ms: a drumming finger asks for one new idle limit a second
_TOUCHES = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress}
_REFUSED = {
    QEvent.Type.ContextMenu,
    QEvent.Type.DragEnter,
    QEvent.Type.DragMove,
    QEvent.Type.Drop,
}
_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
}
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
# Most events are none of these, and Python is asked about each of them.
_WATCHED = {*_TOUCHES, *_REFUSED, *_MOUSE, *_KEYS, QEvent.Type.Close}
#: The keys of a keypad; of a keyboard those that stand for them. The typing keyboard would take what was begun in
#: Chinese for finished if it saw one of them.
FOUR_KEYS: dict[int, str] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Left: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Right: "down",
    Qt.Key.Key_Return: "ok",
    Qt.Key.Key_Enter: "ok",
    Qt.Key.Key_Select: "ok",
    Qt.Key.Key_Back: "back",
}
#: Keys of their own on some keypads: as holding the one they stand for.
_LOUDNESS: dict[int, str] = {Qt.Key.Key_VolumeUp: "up", Qt.Key.Key_VolumeDown: "down"}
_SHORTCUT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class WindowGuard(QObject):
    """Install on the window. Only ``quit_asked`` (Esc, where that is allowed) leads out; a close event never does."""

    def __init__(
        self,
        touched: Callable[[], None],
        hold: KeyHold,
        knocked: Callable[[bool], None],
        quit_asked: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self._touched = touched
        self._hold = hold
        self._knocked = knocked
        self._quit_asked = quit_asked
        self._since = QElapsedTimer()
        self.closing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _WATCHED:
            return False
        if kind in _TOUCHES:
            self._notice()
            if isinstance(watched, QWindow):
                self._listen(watched, event)
        if kind in _REFUSED:
            return True
        if kind == QEvent.Type.Close:
            if not self.closing:
                event.ignore()
            return not self.closing
        if isinstance(event, QMouseEvent) and kind in _MOUSE:
            return event.button() != Qt.MouseButton.LeftButton
        if isinstance(event, QKeyEvent) and kind in _KEYS:
            return self._key(event)
        return False

    def _notice(self) -> None:
        if not self._since.isValid() or self._since.hasExpired(TOUCHED_EVERY):
            self._since.start()
            self._touched()

    def _listen(self, window: QWindow, event: QEvent) -> None:
        if isinstance(event, QMouseEvent):
            if event.deviceType() == QInputDevice.DeviceType.TouchScreen:
                return  # told of as a touch before
            at = event.position()
        elif isinstance(event, QTouchEvent) and event.points():
            at = event.points()[0].position()
        else:
            return
        if self._is_corner(window, at):
            self._knocked(False)

    @staticmethod
    def _is_corner(window: QWindow, at: QPointF) -> bool:
        side = min(window.width(), window.height()) * CORNER
        return 0 <= at.x() < side and 0 <= at.y() < side

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if self._quit_asked is not None and event.type() == QEvent.Type.KeyPress:
                self._quit_asked()
            return True
        if event.modifiers() & _SHORTCUT:
            return True
        name = FOUR_KEYS.get(event.key())  # not by Qt.Key: keys that Qt has no name for have a number all the same
        if name and not event.isAutoRepeat():
            if event.type() == QEvent.Type.KeyPress:
                self._hold.press(name)
                if name == "back":
                    self._knocked(True)
            elif event.type() == QEvent.Type.KeyRelease:
                self._hold.release(name)
        louder = _LOUDNESS.get(event.key())
        if louder and event.type() == QEvent.Type.KeyPress:
            self._hold.loudness(louder)
        return (name or louder) is not None
