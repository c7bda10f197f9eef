"""A QR and barcode scanner in serial mode: one thread that outlives its cable, and says what it reads as values.

Serial, never as a keyboard: a barcode can type any key there is (Code 128 carries control characters); here it is
bytes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kiosk.devices.scan_lines import ScanLines
from kiosk.domain.devices import Scanned, ScannerChanged, ScannerEvent, ScannerState

#: Longest sleep of the thread while nothing is scanned, seconds.
WAIT_SECONDS = 0.25
#: Between two looks for a scanner that is not there, seconds.
RETRY_SECONDS = 1.0
#: Most bytes taken at once: more are lines nobody holds before a scanner.
MOST_AT_ONCE = 1024
STOP_SECONDS = 2.0  # how long stop() waits for the thread

log = logging.getLogger(__name__)


class Port(Protocol):
    """An open serial port. OSError where it is gone."""

    def read(self) -> bytes:
        """What has come, waiting at most ``WAIT_SECONDS``; empty where nothing has."""
        ...

    def close(self) -> None: ...


class SerialPort:
    """``path`` of the device, best one of /dev/serial/by-id; ``speed`` in baud, which USB ones do not care about.

    What was scanned while nobody listened is thrown away: it belongs to somebody who has gone. Raises OSError.
    """

    def __init__(self, path: Path, speed: int) -> None:
        import termios

        import serial

        try:
            self._port = serial.Serial(str(path), speed, timeout=WAIT_SECONDS, exclusive=True)
        except (ValueError, termios.error) as error:  # a speed this port does not know; pulled while it was opened
            raise OSError(str(error)) from error

    def read(self) -> bytes:
        first = bytes(self._port.read(1))
        return first + bytes(self._port.read(min(self._port.in_waiting, MOST_AT_ONCE))) if first else b""

    def close(self) -> None:
        self._port.close()


class Scanner:
    """``open_port`` is called on the scanner's thread; ``post`` too, and must return at once."""

    def __init__(
        self,
        post: Callable[[ScannerEvent], None],
        open_port: Callable[[], Port],
        *,
        clock: Callable[[], float] = time.monotonic,
        retry: float = RETRY_SECONDS,
    ) -> None:
        self._post, self._open, self._clock, self._retry = post, open_port, clock, retry
        self._stopping = threading.Event()
        self._said: ScannerState | None = None
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        """Returns at once. The first event says whether the scanner is there."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; waits at most ``STOP_SECONDS``."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                port = self._open()
            except OSError as error:
                self._say(ScannerState.ABSENT, type(error).__name__)
                self._stopping.wait(self._retry)
                continue
            try:
                self._say(ScannerState.READY)
                self._listen(port)
            except OSError as error:
                self._say(ScannerState.ABSENT, type(error).__name__)
                self._stopping.wait(self._retry)  # one that opens and breaks at once must not fill the worker's queue
            finally:
                _closed(port)

    def _listen(self, port: Port) -> None:
        """Until the port is gone or we stop."""
        lines = ScanLines()
        while not self._stopping.is_set():
            received = port.read()
            now = self._clock()
            for line in lines.feed(received, now) if received else lines.quiet(now):
                self._post(Scanned(line))

    def _say(self, state: ScannerState, why: str = "") -> None:
        if state is not self._said:
            self._said = state
            log.info("scanner %s %s", state.value, why)
            self._post(ScannerChanged(state))


def _closed(port: Port) -> None:
    try:
        port.close()
    except OSError:
        log.info("the scanner's port was gone before it was closed")
