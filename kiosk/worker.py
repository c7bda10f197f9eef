"""The one thread that runs services and owns the database: commands in, a beat when idle.

Commands are frozen values; ``Wiring.handlers`` says which service takes which type. The worker decides, it never
waits: printer, reader and hub have their own threads and post their answers here. A handler that raises has a bug:
the kiosk says so in its log, goes to a safe state through ``on_bug`` and carries on with the next command.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

#: Most commands that may wait. A visitor makes a few a second; a full queue means the worker hangs.
QUEUE_LIMIT = 1024
#: Seconds between two beats, also under load.
BEAT = 0.25
#: Seconds a command may cost besides its commits (architecture: the worker decides, it does not wait).
COMMAND_BUDGET = 0.020

_log = logging.getLogger(__name__)


class Wiring(Struct, frozen=True):
    """What the worker runs, made on its own thread. ``commit_seconds`` is the total time spent in commits so far."""

    handlers: Mapping[type, Callable[[Any], None]]
    beat: Callable[[], None]
    close: Callable[[], None]
    commit_seconds: Callable[[], float] = float


class Counters(Struct):
    """For doctor and tests; written by the worker only. ``worst`` seconds of one command besides its commits."""

    handled: int = 0
    refused: int = 0
    bugs: int = 0
    over_budget: int = 0
    worst: float = 0.0


class _Stop:
    pass


class Worker:
    """``wire`` runs on the worker's thread, before the first command: it opens the database there.

    ``on_bug`` is called on the worker's thread, also where ``wire`` itself fails; then the worker ends.
    """

    def __init__(
        self, wire: Callable[[], Wiring], on_bug: Callable[[], None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.wire, self.on_bug, self.monotonic = wire, on_bug, monotonic
        self.counters = Counters()
        self._commands: queue.Queue[object] = queue.Queue(QUEUE_LIMIT)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def post(self, command: object) -> bool:
        """From any thread. False where the queue is full: the command is dropped and counted."""
        try:
            self._commands.put_nowait(command)
        except queue.Full:
            self.counters.refused += 1
            return False
        return True

    def stop(self, seconds: float) -> bool:
        """Handles what was posted before, closes, ends. False where that took longer than ``seconds``."""
        if self._thread is None:
            return True
        try:
            self._commands.put(_Stop(), timeout=seconds)
        except queue.Full:
            return False
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            wiring = self.wire()
        except Exception as error:
            self._bug("start", error)
            return
        try:
            self._serve(wiring)
        finally:
            wiring.close()

    def _serve(self, wiring: Wiring) -> None:
        next_beat = self.monotonic()
        while True:
            now = self.monotonic()
            if now >= next_beat:
                next_beat = now + BEAT
                self._measured(wiring, "beat", wiring.beat)
            try:
                command = self._commands.get(timeout=max(0.0, next_beat - self.monotonic()))
            except queue.Empty:
                continue
            if isinstance(command, _Stop):
                return
            self._handle(wiring, command)

    def _handle(self, wiring: Wiring, command: object) -> None:
        name = type(command).__name__
        handler = wiring.handlers.get(type(command))
        if handler is None:
            self._bug(name, TypeError("no service takes this command"))
            return
        self._measured(wiring, name, lambda: handler(command))
        self.counters.handled += 1

    def _measured(self, wiring: Wiring, name: str, work: Callable[[], None]) -> None:
        started, committing = self.monotonic(), wiring.commit_seconds()
        try:
            work()
        except Exception as error:
            self._bug(name, error)
        cost = (self.monotonic() - started) - (wiring.commit_seconds() - committing)
        self.counters.worst = max(self.counters.worst, cost)
        if cost > COMMAND_BUDGET:
            self.counters.over_budget += 1
            _log.warning("%s took %.0f ms besides its commits", name, cost * 1000)

    def _bug(self, name: str, error: Exception) -> None:
        """Logs type and place only: the message of an exception may carry what a visitor typed."""
        import traceback

        self.counters.bugs += 1
        frames = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
        _log.error("%s failed: %s at %s", name, type(error).__name__, where)
        self.on_bug()
