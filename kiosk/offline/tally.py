"""How full the outbox is, counted once and then kept up, because every enqueue asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.operations import OutboxState
from kiosk.services.ports import QueueFill

#: Most operations not settled, dead letters included. Warned from 80 %, refused from 95 % (promises 4a.7).
LIMIT = 5_000
WARN_FROM = LIMIT * 80 // 100
REFUSE_FROM = LIMIT * 95 // 100


@dataclass(slots=True)
class Tally:
    """``unsettled`` waiting or being sent."""

    unsettled: int = 0
    dead: int = 0

    @classmethod
    def of(cls, states: Iterable[tuple[str, int]]) -> "Tally":
        counts = {OutboxState(state): count for state, count in states}
        unsettled = counts.get(OutboxState.WAITING, 0) + counts.get(OutboxState.SENDING, 0)
        return cls(unsettled, counts.get(OutboxState.DEAD, 0))

    @property
    def is_full(self) -> bool:
        return self.unsettled + self.dead >= REFUSE_FROM

    def added(self) -> None:
        self.unsettled += 1

    def ended(self, state: OutboxState) -> None:
        """One that was unsettled is now in ``state``."""
        self.unsettled -= 1
        self.dead += state is OutboxState.DEAD

    def fill(self) -> QueueFill:
        return QueueFill(self.unsettled, self.dead, LIMIT, nearly_full=self.unsettled + self.dead >= WARN_FROM)
