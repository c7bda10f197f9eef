"""A scanner without a plug, for demonstration and tours: the same events in the same order as the real one."""

import threading
import time
from collections.abc import Callable

from kiosk.devices.scan_lines import ScanLines
from kiosk.domain.devices import Scanned, ScannerChanged, ScannerEvent, ScannerState


class SimulatedScanner:
    """Papers are held before it by calls, from any thread. Pulled out it reads nothing, as in real life."""

    def __init__(self, post: Callable[[ScannerEvent], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._post, self._clock = post, clock
        self._lock = threading.Lock()
        self._lines = ScanLines()
        self._started = False
        self._ready = True

    def start(self) -> None:
        with self._lock:
            self._started = True
            self._say()

    def stop(self) -> None:
        with self._lock:
            self._started = False

    def scan(self, code: bytes) -> None:
        """Hold a paper with ``code`` before it."""
        with self._lock:
            if self._started and self._ready:
                for line in self._lines.feed(code + b"\r\n", self._clock()):
                    self._post(Scanned(line))

    def set_ready(self, ready: bool) -> None:
        """Plug in, pull out."""
        with self._lock:
            if ready is not self._ready:
                self._ready = ready
                self._lines.forget()
                if self._started:
                    self._say()

    def _say(self) -> None:
        self._post(ScannerChanged(ScannerState.READY if self._ready else ScannerState.ABSENT))
