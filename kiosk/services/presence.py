"""Tells the hub regularly how this kiosk is, and keeps what it answers: which others are ready."""

from collections.abc import Callable

from kiosk.domain.devices import PrinterState, ReaderState
from kiosk.domain.health import Down, Subject, line_of
from kiosk.domain.presence import MemoryMark, Neighbours, Readiness
from kiosk.services.hub_requests import HubAnswered, TellPresence
from kiosk.services.ports import Clock, Hub, QueueFill
from kiosk.services.session import Session
from kiosk.services.views import Screen

#: Seconds between two reports, and before a change is told: a printer that comes and goes is no news.
TELL_EVERY = 60.0
TELL_CHANGE_AFTER = 5.0
#: Each wait is spread by this share, so that a hundred kiosks do not speak at the same moment.
SPREAD = 0.2
#: Seconds after which an answer is not waited for any more.
ANSWER_WITHIN = 60.0

_READER = (ReaderState.SERVICE_DOWN, ReaderState.NO_READER)
_PRINTER = (PrinterState.NO_PAPER, PrinterState.OFFLINE)


def readiness(session: Session, fill: QueueFill) -> Readiness:
    """A device that is not configured is not missed."""
    if session.screen is Screen.OUT_OF_SERVICE or session.closed or session.broken:
        return Readiness.OUT_OF_SERVICE
    disk = line_of(session.health, Subject.DISK)
    in_trouble = session.reader in _READER or session.printer in _PRINTER or fill.nearly_full
    in_trouble = in_trouble or (disk is not None and isinstance(disk.health, Down))
    return Readiness.DEGRADED if in_trouble else Readiness.READY


class PresenceWatch:
    """Runs on the worker. ``now`` says how this kiosk is and ``memory`` how far it remembers, ``keep`` gets each
    answer, ``random`` a number in 0..1."""

    def __init__(
        self,
        hub: Hub,
        clock: Clock,
        random: Callable[[], float],
        now: Callable[[], Readiness],
        keep: Callable[[Neighbours], None],
        memory: Callable[[], MemoryMark | None] = lambda: None,
    ) -> None:
        self._hub, self._clock, self._random, self._now, self._keep = hub, clock, random, now, keep
        self._memory = memory
        self._told: Readiness | None = None
        self._next = self._change_at = clock.monotonic()

    def beat(self) -> None:
        now, readiness = self._clock.monotonic(), self._now()
        changed = readiness is not self._told and now >= self._change_at
        if (now >= self._next or changed) and self._hub.ask(TellPresence(readiness, self._memory())):
            self._told = readiness
            self._next, self._change_at = now + ANSWER_WITHIN, now + TELL_CHANGE_AFTER

    def answered(self, answer: HubAnswered) -> None:
        if not isinstance(answer.request, TellPresence):
            return
        self._next = self._clock.monotonic() + TELL_EVERY * (1 + SPREAD * self._random())
        if isinstance(answer.outcome, Neighbours):
            self._keep(answer.outcome)
