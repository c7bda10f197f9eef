"""The hub's time on a machine whose own clock may be years off: last answer plus monotonic time since."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kiosk.domain.hub_time import HubTime


def _wall() -> datetime:
    return datetime.now(UTC)


class HubClock:
    """``remembered`` is the last hub time of an earlier start: a wall clock behind it is known to be wrong.

    Thread-safe: the hub's thread hears, the worker asks.
    """

    def __init__(
        self,
        remembered: datetime | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = _wall,
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._remembered = remembered
        self._started = monotonic()
        self._heard: tuple[datetime, float] | None = None
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return self._monotonic()

    def heard(self, hub_time: datetime) -> None:
        """An answer carried ``hub_time`` (aware) just now."""
        with self._lock:
            self._heard = (hub_time, self._monotonic())

    def offset(self) -> float | None:
        """This machine's wall clock minus the hub's, seconds; ``None`` while the hub was not heard. As exact as the way
        back from the hub is short."""
        with self._lock:
            heard = self._heard
        if heard is None:
            return None
        at, when = heard
        return (self._wall() - at).total_seconds() - (self._monotonic() - when)

    def remember(self, hub_time: datetime) -> None:
        """What an earlier start of this kiosk knew; told once, after the database is open."""
        self._remembered = hub_time

    def hub_now(self) -> HubTime:
        with self._lock:
            heard = self._heard
        now = self._monotonic()
        if heard is not None:
            at, when = heard
            return HubTime(at + timedelta(seconds=now - when), certain=True)
        wall = self._wall()
        if self._remembered is None:
            return HubTime(wall, certain=False)
        return HubTime(max(wall, self._remembered + timedelta(seconds=now - self._started)), certain=False)
