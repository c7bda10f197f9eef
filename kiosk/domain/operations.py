"""Operations: something a visitor asked that must take effect once.

The class of an operation is a type, because what may wait in a queue is a property of the class and not of the
moment: what a person tells us is queued; money never is, nor is a reset: without network a kiosk can carry a PIN that
nobody has checked and a card's number, and those alone reset nothing (policy.py).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4


class OperationClass(StrEnum):
    """Classes that may be queued. ``money`` and ``reset`` are missing on purpose: no outbox can hold them."""

    CARD_LOSS = "card_loss"  # first in line
    TICKET = "ticket"
    FOUND_CARD = "found_card"
    FEEDBACK = "feedback"
    ME_TOO = "me_too"
    TICKET_ACT = "ticket_act"  # about a report that still waits: delivered after it


class OnlineClass(StrEnum):
    """Classes that take effect while the person stands there, or not at all."""

    MONEY = "money"
    RESET = "reset"


#: Sent before everything else that waits: until it arrives somebody can pay with the card.
FIRST_IN_LINE = OperationClass.CARD_LOSS
#: How long a queued operation of a class may wait before a person has to look at it (dead letter, never dropped).
LIFETIME: dict[OperationClass, timedelta] = {
    OperationClass.CARD_LOSS: timedelta(days=30),
    OperationClass.TICKET: timedelta(days=30),
    OperationClass.FOUND_CARD: timedelta(days=30),
    OperationClass.FEEDBACK: timedelta(days=30),
    OperationClass.ME_TOO: timedelta(days=2),  # later nobody needs to know
    OperationClass.TICKET_ACT: timedelta(days=30),
}
#: Classes whose operation has a number of its own, which the person keeps: screen, slip, hub and desk say the same.
NUMBERED = frozenset({OperationClass.CARD_LOSS, OperationClass.TICKET})


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
