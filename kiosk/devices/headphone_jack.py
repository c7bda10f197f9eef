"""Whether headphones are in their socket, as Linux tells it: a switch of an input device (input-event-codes.h).

One thread that outlives the device: while that is not there, headphones are not plugged in.
"""

import fcntl
import logging
import os
import select
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.speech import HeadphonesChanged

EV_SW, SW_HEADPHONE_INSERT = 0x05, 0x02
#: struct input_event: time (two longs), type, code, value.
EVENT = struct.Struct("@llHHi")
#: EVIOCGSW(8): the present state of all switches, a bit each.
_SWITCHES = 0x80000000 | (8 << 16) | (ord("E") << 8) | 0x1B
#: Longest sleep of the thread, and between two looks for a device that is not there, seconds.
WAIT_SECONDS = 0.5
RETRY_SECONDS = 5.0
STOP_SECONDS = 2.0  # how long stop() waits for the thread

log = logging.getLogger(__name__)


def switched_on(device: int) -> bool:
    """What the switch says now. Raises OSError."""
    bits = fcntl.ioctl(device, _SWITCHES, bytes(8))
    return bool(bits[SW_HEADPHONE_INSERT // 8] >> SW_HEADPHONE_INSERT % 8 & 1)


class HeadphoneJack:
    """``path`` of the device, best one of /dev/input/by-path. ``post`` is called on the jack's thread."""

    def __init__(
        self,
        path: Path,
        post: Callable[[HeadphonesChanged], None],
        *,
        now: Callable[[int], bool] = switched_on,
        retry: float = RETRY_SECONDS,
    ) -> None:
        self._path, self._post, self._now, self._retry = path, post, now, retry
        self._stopping = threading.Event()
        self._plugged = False
        self._why_not = ""  # why there is no socket, as the log has it
        self._thread = threading.Thread(target=self._run, name="headphones", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                device = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
                try:
                    self._listen(device)
                finally:
                    os.close(device)
            except OSError as error:
                self._missing(type(error).__name__)
            self._tell(False)
            self._stopping.wait(self._retry)

    def _listen(self, device: int) -> None:
        """Until the device is gone or we stop. Raises OSError."""
        self._tell(self._now(device))
        self._why_not = ""
        while not self._stopping.is_set():
            if not select.select([device], [], [], WAIT_SECONDS)[0]:
                continue
            told = os.read(device, EVENT.size * 64)
            if not told:
                return
            for _, _, kind, code, value in EVENT.iter_unpack(told[: len(told) // EVENT.size * EVENT.size]):
                if (kind, code) == (EV_SW, SW_HEADPHONE_INSERT):
                    self._tell(value != 0)

    def _missing(self, why: str) -> None:
        """Once, however long it lasts."""
        if why != self._why_not:
            self._why_not = why
            log.info("no headphone socket: %s", why)

    def _tell(self, plugged: bool) -> None:
        if plugged is not self._plugged:
            self._plugged = plugged
            self._post(HeadphonesChanged(plugged))
