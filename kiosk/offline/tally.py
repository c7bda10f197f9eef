"""How full the outbox is, counted once and then kept up, because every enqueue asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
    last_sent: datetime | None = None

    @classmethod
    def of(cls, states: Iterable[tuple[str, int]]) -> "Tally":
        counts = dict(states)  # a damaged row may stand in a state there is none of; the next start looks for it
        unsettled = counts.get(OutboxState.WAITING.value, 0) + counts.get(OutboxState.SENDING.value, 0)
        return cls(unsettled, counts.get(OutboxState.DEAD.value, 0))

    @property
    def is_full(self) -> bool:
        return self.unsettled + self.dead >= REFUSE_FROM

    def added(self) -> None:
        self.unsettled += 1

    def ended(self, state: OutboxState) -> None:
        """One that was unsettled is now in ``state``."""
        self.unsettled -= 1
        self.dead += state is OutboxState.DEAD

    def revived(self) -> None:
        """A dead letter waits again."""
        self.unsettled += 1
        self.dead -= 1

    def fill(self) -> QueueFill:
        return QueueFill(self.unsettled, self.dead, LIMIT, self.unsettled + self.dead >= WARN_FROM, self.last_sent)
