"""The four keys, pressed and held: held they begin speech, and while it speaks they set how it is heard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: How long a key is held until speech begins (journeys 15), milliseconds.
BEGINS_MS = 2000
#: While the kiosk speaks: how long until a held key counts as held, and until it does once more, milliseconds.
HELD_MS = 900
#: Those that go on while they are held.
_AGAIN = frozenset({"up", "down"})


class KeyHold(QObject):
    """``pressed`` gets each key: at once, or when it is let go before it was held, or another one is pressed. So it is
    while the kiosk speaks (``hears``), and for OK where it could begin (``begins``): who holds it to hear the kiosk
    presses nothing unseen. ``held`` gets a key that is held: the first time it begins speech.
    """

    def __init__(
        self,
        pressed: Callable[[str], None],
        held: Callable[[str], None],
        hears: Callable[[], bool],
        begins: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._pressed, self._held, self._hears, self._begins = pressed, held, hears, begins
        self._key = ""
        self._done = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._hold)

    def press(self, key: str) -> None:
        self._act()
        speaks = self._hears()
        self._key, self._done = key, False
        self._timer.start(HELD_MS if speaks else BEGINS_MS)
        if not speaks and not (key == "ok" and self._begins()):
            self._act()

    def release(self, key: str) -> None:
        if key == self._key:
            self._timer.stop()
            self._act()
            self._key = ""

    def loudness(self, key: str) -> None:
        """A key of its own for what ``key`` does when it is held."""
        if self._hears():
            self._held(key)

    def _act(self) -> None:
        if not self._done:
            self._done = True
            self._pressed(self._key)

    def _hold(self) -> None:
        speaks = self._hears()
        self._done = True
        self._held(self._key)
        if speaks and self._key in _AGAIN:
            self._timer.start(HELD_MS)
