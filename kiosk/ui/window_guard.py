"""Watches what reaches the window: says when it was touched, and swallows what a kiosk has no use for."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

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
# Most events are none of these, and Python is asked about each of them.
_WATCHED = {*_TOUCHES, *_REFUSED, *_MOUSE, QEvent.Type.Close, QEvent.Type.ShortcutOverride}
_SHORTCUT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class WindowGuard(QObject):
    """Install on the window. Only ``quit_asked`` (Esc, where that is allowed) leads out; a close event never does."""

    def __init__(self, touched: Callable[[], None], quit_asked: Callable[[], None] | None) -> None:
        super().__init__()
        self._touched = touched
        self._quit_asked = quit_asked
        self._since = QElapsedTimer()
        self.closing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        kind = event.type()
        if kind not in _WATCHED:
            return False
        if kind in _TOUCHES:
            self._notice()
        if kind in _REFUSED:
            return True
        if kind == QEvent.Type.Close:
            if not self.closing:
                event.ignore()
            return not self.closing
        if isinstance(event, QMouseEvent) and kind in _MOUSE:
            return event.button() != Qt.MouseButton.LeftButton
        if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._key(event)
        return False

    def _notice(self) -> None:
        if not self._since.isValid() or self._since.hasExpired(TOUCHED_EVERY):
            self._since.start()
            self._touched()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            if self._quit_asked is not None and event.type() == QEvent.Type.KeyPress:
                self._quit_asked()
            return True
        return bool(event.modifiers() & _SHORTCUT)
