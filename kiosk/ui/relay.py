"""From the worker's thread to the interface's."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk.services.views import View


class Relay(QObject):
    """Made on the interface thread. ``show`` may be called from any thread and returns at once."""

    _arrived = Signal(object)

    def __init__(self, receive: Callable[[View], None]) -> None:
        super().__init__()
        self._receive = receive
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def show(self, view: View) -> None:
        self._arrived.emit(view)

    @Slot(object)
    def _deliver(self, view: View) -> None:
        self._receive(view)
