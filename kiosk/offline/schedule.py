"""When each operation may be sent next, by the monotonic clock and in memory only.

A restart makes everything due at once: waits measured by a wall clock would go wrong with it. A lease is the wait of
an operation that is being sent: if no answer comes back within it, the operation is due again.
"""

from collections.abc import Callable, Iterable

#: Seconds an operation may be on its way before it counts as not answered (the uplink's own deadline is far shorter).
LEASE = 60.0


class Schedule:
    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._not_before: dict[str, float] = {}
        self._sleep_until = 0.0

    def wait(self, op_id: str, seconds: float) -> None:
        self._not_before[op_id] = self._monotonic() + seconds
        self.wake()

    def lease(self, op_id: str) -> None:
        self.wait(op_id, LEASE)

    def forget(self, op_id: str) -> None:
        self._not_before.pop(op_id, None)
        self.wake()

    def wake(self) -> None:
        """Something changed: the next look is worth its cost."""
        self._sleep_until = 0.0

    def is_asleep(self) -> bool:
        return self._monotonic() < self._sleep_until

    def ready(self, heads: Iterable[tuple[str, bool]], limit: int) -> list[str]:
        """Of ``heads`` (operation id, whether it is first in line; oldest first) those whose wait is over: first in
        line before the others, then longest-waiting first. Where there is none, sleeps until the first wait ends, so
        that a long queue behind a dead line is not read at every beat."""
        now = self._monotonic()
        waits = [(not first, self._not_before.get(op_id, 0.0), op_id) for op_id, first in heads]
        due = sorted((wait for wait in waits if wait[1] <= now), key=lambda wait: wait[:2])
        if not due:
            self._sleep_until = min((until for _, until, _ in waits), default=float("inf"))
        return [op_id for *_, op_id in due[:limit]]
