"""A total time for one exchange. Time-outs of a socket are per read: a peer that drips a byte a second never meets
them, so when the time is over the connection is cut from outside."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType


class Deadline:
    """``with Deadline(8.0) as deadline:`` — sockets given to ``watch`` are shut down when the seconds are over."""

    def __init__(self, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self.is_over = False

    def left(self) -> float:
        return max(0.0, self._end - self._monotonic())

    def watch(self, connection: socket.socket) -> None:
        """Keeps a second descriptor: TLS takes the first one away from its socket object."""
        with self._lock:
            self._watched.append(connection.dup())
        if self.is_over:
            self._cut()

    def _cut(self) -> None:
        self.is_over = True
        with self._lock:
            for connection in self._watched:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._watched:
                connection.close()
            self._watched.clear()
