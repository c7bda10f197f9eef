"""SIGTERM and SIGINT end Qt's event loop: Python's own handlers would wait until Qt next calls Python."""

import contextlib
import os
import signal
from types import FrameType, TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def _heard(_number: int, _frame: FrameType | None) -> None:
    """The byte in the pipe says it all."""


class EndSignals(QObject):
    """A context on the interface thread. A signal that comes before the loop runs ends it as soon as it does."""

    def __init__(self) -> None:
        super().__init__()
        self._near, self._far = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._notifier = QSocketNotifier(self._near, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._arrived)

    def __enter__(self) -> None:
        self._before = {number: signal.signal(number, _heard) for number in _SIGNALS}
        self._wakeup = signal.set_wakeup_fd(self._far, warn_on_full_buffer=False)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        os.close(self._near)
        os.close(self._far)

    def _arrived(self) -> None:
        with contextlib.suppress(BlockingIOError):
            if any(number in _SIGNALS for number in os.read(self._near, 64)):
                QCoreApplication.exit(0)
