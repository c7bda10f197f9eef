"""Keeps the campus snapshot fresh; its regular question is also how an idle kiosk notices that the line is back."""

from collections.abc import Callable

from kiosk.domain.campus import Campus
from kiosk.domain.outcomes import Unreachable
from kiosk.services.hub_requests import CampusSnapshot, FetchCampus, HubAnswered
from kiosk.services.ports import CampusCache, Clock, Hub

#: Seconds between two looks while the line is up, and between two tries while it is down.
LOOK_EVERY = 30.0
TRY_EVERY = 5.0
#: Each wait is spread by this share, so that a hundred kiosks do not ask at the same moment.
SPREAD = 0.2
#: Seconds after which an answer is not waited for any more.
ANSWER_WITHIN = 60.0


class CampusWatch:
    """Runs on the worker. ``changed`` gets every new snapshot, ``random`` a number in 0..1."""

    def __init__(
        self,
        cache: CampusCache,
        hub: Hub,
        clock: Clock,
        random: Callable[[], float],
        changed: Callable[[Campus], None],
    ) -> None:
        self._cache, self._hub, self._clock = cache, hub, clock
        self._random, self._changed = random, changed
        self._next = clock.monotonic()

    def beat(self) -> None:
        now = self._clock.monotonic()
        if now >= self._next and self._hub.ask(FetchCampus(self._cache.etag())):
            self._next = now + ANSWER_WITHIN

    def look_now(self) -> None:
        """The line may be back: asks at the next beat."""
        self._next = self._clock.monotonic()

    def answered(self, answer: HubAnswered) -> None:
        if not isinstance(answer.request, FetchCampus):
            return
        every = TRY_EVERY if isinstance(answer.outcome, Unreachable) else LOOK_EVERY
        self._next = self._clock.monotonic() + every * (1 + SPREAD * self._random())
        if isinstance(answer.outcome, CampusSnapshot):
            self._changed(self._cache.keep(answer.outcome))
