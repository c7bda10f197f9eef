"""Operations: something a visitor asked that must take effect once.

The class of an operation is a type, because what may wait in a queue is a property of the class and not of the
moment: money is never queued, a reset is queued only where the campus opted in, what a person tells us is queued.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4


class OperationClass(StrEnum):
    """Classes that may be queued. ``money`` is missing on purpose: no outbox can be asked to hold it."""

    TICKET = "ticket"


#: How long a queued operation of a class may wait before a person has to look at it (dead letter, never dropped).
LIFETIME: dict[OperationClass, timedelta] = {OperationClass.TICKET: timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class OpId:
    """UUID (RFC 9562) in lower-case hex with dashes, made on the kiosk before the first send."""

    value: str

    def __post_init__(self) -> None:
        if str(UUID(self.value)) != self.value:
            raise ValueError(f"not an operation id: {self.value!r}")

    @classmethod
    def new(cls) -> "OpId":
        return cls(str(uuid4()))

    def __str__(self) -> str:
        return self.value


class OutboxState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SETTLED = "settled"
    DEAD = "dead"
