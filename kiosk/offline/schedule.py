"""When each operation may be sent next, by the monotonic clock and in memory only.

A restart makes everything due at once: waits measured by a wall clock would go wrong with it. A lease is the wait of
an operation that is being sent: if no answer comes back within it, the operation is due again.
"""

from collections.abc import Callable, Iterable

#: Seconds an operation may be on its way before it counts as not answered (the uplink's own deadline is far shorter).
LEASE = 60.0
_NEVER_TRIED = 0.0


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
        """Of ``heads`` (operation id, whether it is first in line; those first, then oldest first) those whose wait is
        over: first in line before the others, then longest-waiting first. No more is read than that takes. Where there
        is none, sleeps until the first wait ends, so that a long queue behind a dead line is not read at every beat."""
        now, soonest, fresh = self._monotonic(), float("inf"), 0
        due: list[tuple[bool, float, str]] = []
        for op_id, first in heads:
            until = self._not_before.get(op_id, _NEVER_TRIED)
            if until > now:
                soonest = min(soonest, until)
                continue
            due.append((not first, until, op_id))
            fresh += until == _NEVER_TRIED
            if fresh >= limit:
                break  # nothing that follows has waited longer
        if not due:
            self._sleep_until = soonest
        due.sort(key=lambda wait: wait[:2])
        return [op_id for *_, op_id in due[:limit]]
