"""A top-up: an order at the hub, paid at a provider on one's own phone, on the card once. Amounts are whole fen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderState(StrEnum):
    OPEN = "open"  # waits to be paid
    PAID = "paid"  # the provider has the money, the card does not have it yet
    POSTED = "posted"  # on the card, once
    CANCELLED = "cancelled"  # nothing was taken, and nothing can be any more
    EXPIRED = "expired"  # the same, because nobody paid in time
    UNKNOWN = "unknown"  # the provider gives no answer: not kept, only told

    @property
    def is_final(self) -> bool:
        return self in (OrderState.POSTED, OrderState.CANCELLED, OrderState.EXPIRED)


@dataclass(frozen=True, slots=True)
class TopUpOrder:
    """``number`` is what the slip says; ``pay_url`` '' once it cannot be paid any more."""

    op: str
    number: str
    state: OrderState
    amount: int
    pay_url: str
    expires_at: datetime


class PaymentState(StrEnum):
    """What the provider says of a payment. ``CLOSED``: never paid, and cannot be paid any more."""

    WAITING = "waiting"
    PAID = "paid"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PayPage:
    url: str


@dataclass(frozen=True, slots=True)
class ProviderSilent:
    """No answer: nothing is known until the provider is asked again with the same id."""
