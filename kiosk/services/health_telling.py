"""Tells the hub how this kiosk's parts are, and what came of self-tests, whenever that changes and now and then."""

from collections.abc import Callable

from kiosk.domain.health import Board, Level, Subject, Why
from kiosk.services.health_requests import HealthKept, LineTold, TellHealth
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.ports import Clock, Hub, SelfTestRecords
from kiosk.services.session import Session

#: Seconds between two reports of the same, before a change is told, and after one the hub did not keep.
TELL_EVERY = 900.0
TELL_CHANGE_AFTER = 5.0
TELL_AGAIN = 60.0
#: Each wait is spread by this share, so that a hundred kiosks do not speak at the same moment.
SPREAD = 0.2
#: Seconds after which an answer is not waited for any more.
ANSWER_WITHIN = 60.0
#: Seconds between two looks for self-tests that were not told.
LOOK_EVERY = 10.0

Shape = tuple[tuple[Subject, Level, Why | None], ...]


class HealthTelling:
    """Runs on the worker. ``random``: a number in 0..1."""

    def __init__(
        self, hub: Hub, clock: Clock, random: Callable[[], float], session: Session, records: SelfTestRecords
    ) -> None:
        self._hub, self._clock, self._random = hub, clock, random
        self._session, self._records = session, records
        self._told: Shape | None = None
        self._asked: Shape = ()
        self._tests = False
        self._next = self._change_at = self._look_at = clock.monotonic() + TELL_CHANGE_AFTER

    def beat(self) -> None:
        now, board = self._clock.monotonic(), self._session.health
        if now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            self._tests = bool(self._records.untold())
        news = self._tests or shape(board) != self._told
        if board and (now >= self._next or (news and now >= self._change_at)):
            self._tell(board, now)

    def answered(self, answer: HubAnswered) -> None:
        request, kept = answer.request, isinstance(answer.outcome, HealthKept)
        if not isinstance(request, TellHealth):
            return
        self._told = self._asked if kept else None
        if kept:
            if request.self_tests:
                self._records.told(tuple(record.id for record in request.self_tests))
            self._look_at = self._clock.monotonic()
            self._tests = False
        now, spread = self._clock.monotonic(), 1 + SPREAD * self._random()
        self._next = now + (TELL_EVERY if kept else TELL_AGAIN) * spread
        self._change_at = now + (TELL_CHANGE_AFTER if kept else TELL_AGAIN * spread)

    def _tell(self, board: Board, now: float) -> None:
        lines = tuple(
            LineTold(each.subject, each.level, each.why, each.measured, max(0.0, now - each.since)) for each in board
        )
        if self._hub.ask(TellHealth(lines, self._records.untold())):
            self._asked = shape(board)
            self._next = self._change_at = now + ANSWER_WITHIN


def shape(board: Board) -> Shape:
    """What of a board is news: figures are not."""
    return tuple((line.subject, line.level, line.why) for line in board)
