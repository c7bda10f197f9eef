"""From the worker's thread to the interface's."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.services.views import View


class Relay(QObject):
    """Made on the interface thread. ``show`` may be called from any thread and returns at once; from the interface's
    own thread it shows at once."""

    _arrived = Signal(object)

    def __init__(self, receive: Callable[[View], None]) -> None:
        super().__init__()
        self._receive = receive
        # The default connection queues between threads; naming it costs Qt's whole name space before the first frame.
        self._arrived.connect(self._deliver)

    def show(self, view: View) -> None:
        self._arrived.emit(view)

    @Slot(object)
    def _deliver(self, view: View) -> None:
        self._receive(view)
