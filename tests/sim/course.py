"""Virtual time: events in their order, tasks that wait in it, and a trace of all that happened.

One thread, one event at a time. A task is a greenlet, so that code that waits for an answer (the hub's client) waits
in virtual time while everybody else goes on.
"""

import heapq
import itertools
from collections.abc import Callable
from hashlib import sha256
from typing import Any, TextIO

from greenlet import GreenletExit, getcurrent, greenlet


class Trace:
    """What happened, as a hash over all of it; ``file`` gets it as lines too. Nothing random by nature (ciphertexts,
    keys) may be noted."""

    def __init__(self, file: TextIO | None = None) -> None:
        self._total = sha256()
        self._file = file
        self.events = 0

    def note(self, at: float, *what: object) -> None:
        line = f"{at:.6f} {' '.join(map(str, what))}\n"
        self._total.update(line.encode())
        self.events += 1
        if self._file is not None:
            self._file.write(line)

    @property
    def digest(self) -> str:
        return self._total.hexdigest()[:16]


class Task:
    """``kill`` ends it where it stands, as a process that dies does; it never comes back."""

    def __init__(self, course: "Course", work: Callable[[], object]) -> None:
        self._course = course
        self._greenlet = greenlet(work)
        course.after(0.0, self._go_on)

    def _go_on(self) -> None:
        if not self._greenlet.dead:
            self._greenlet.switch()

    def sleep(self, seconds: float) -> None:
        """Only inside the task."""
        assert getcurrent() is self._greenlet
        self._course.after(seconds, self._go_on)
        parent = self._greenlet.parent
        assert parent is not None
        parent.switch()

    def kill(self) -> None:
        if not self._greenlet.dead:
            self._greenlet.throw(GreenletExit)


class Course:
    """``now``: seconds since the beginning."""

    def __init__(self, trace: Trace) -> None:
        self.now = 0.0
        self.trace = trace
        self._events: list[tuple[float, int, Callable[..., object], tuple[Any, ...]]] = []
        self._order = itertools.count()

    def at(self, when: float, what: Callable[..., object], *given: Any) -> None:
        heapq.heappush(self._events, (max(when, self.now), next(self._order), what, given))

    def after(self, seconds: float, what: Callable[..., object], *given: Any) -> None:
        self.at(self.now + seconds, what, *given)

    def note(self, *what: object) -> None:
        self.trace.note(self.now, *what)

    def run(self, until: float) -> None:
        while self._events and self._events[0][0] <= until:
            self.now, _, what, given = heapq.heappop(self._events)
            what(*given)
        self.now = until
