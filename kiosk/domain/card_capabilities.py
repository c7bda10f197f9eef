"""What the campus's card system declares that it can do: data, so that a screen offers exactly what exists.

``None`` or ``False``: it cannot, and nothing of it is offered. Amounts are whole fen.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.desk import Desk, Text

YUAN = 100


@dataclass(frozen=True, slots=True)
class Transactions:
    """``months`` of movements, back from today."""

    months: int


@dataclass(frozen=True, slots=True)
class Freezing:
    """``effective_within``: seconds until a card reported lost pays nowhere; ``None`` where the system does not say.

    In the card system's own words: what ``stops``, what ``stays`` as it is, and ``warning``, what is not undone.
    """

    effective_within: int | None = None
    stops: tuple[Text, ...] = ()
    stays: tuple[Text, ...] = ()
    warning: Text | None = None


@dataclass(frozen=True, slots=True)
class Replacing:
    """``fee`` is taken from the balance. ``at``: where the new card is handed out; ``None`` means the card office.

    ``ready_within``: seconds until it can be fetched, ``None`` where the system does not say. ``who`` may have one, in
    the card system's own words.
    """

    fee: int
    at: Desk | None = None
    ready_within: int | None = None
    who: Text | None = None


class LimitKind(StrEnum):
    SINGLE = "single"  # one payment
    DAILY = "daily"  # all payments of a day


@dataclass(frozen=True, slots=True)
class LimitRange:
    """What a person may choose: ``amounts`` are offered as tiles, allowed is ``lowest`` to ``highest`` by ``step``."""

    lowest: int
    highest: int
    step: int
    amounts: tuple[int, ...] = ()

    def allows(self, amount: int) -> bool:
        return self.lowest <= amount <= self.highest and (amount - self.lowest) % self.step == 0


@dataclass(frozen=True, slots=True)
class Limiting:
    """The most one payment, and the most all payments of a day, may come to; ``None``: the system keeps none of these.

    In the card system's own words: ``over``, what becomes of a payment above a limit.
    """

    daily: LimitRange | None = None
    single: LimitRange | None = None
    over: Text | None = None

    def of(self, kind: LimitKind) -> LimitRange | None:
        return self.single if kind is LimitKind.SINGLE else self.daily

    @property
    def kinds(self) -> tuple[LimitKind, ...]:
        return tuple(kind for kind in LimitKind if self.of(kind) is not None)


@dataclass(frozen=True, slots=True)
class Pinning:
    """It keeps a PIN of six digits that tills ask for, and changes it. ``asked``: when they do, in its own words."""

    asked: Text | None = None


@dataclass(frozen=True, slots=True)
class ToppingUp:
    """``amounts`` are offered as tiles; any whole yuan from ``lowest`` to ``highest`` can be typed."""

    amounts: tuple[int, ...]
    lowest: int
    highest: int

    def allows(self, amount: int) -> bool:
        return self.lowest <= amount <= self.highest and amount % YUAN == 0


@dataclass(frozen=True, slots=True)
class HandInPlace:
    """Where a found card can be handed in."""

    id: str
    at: Desk


@dataclass(frozen=True, slots=True)
class Finding:
    places: tuple[HandInPlace, ...]


@dataclass(frozen=True, slots=True)
class CardCapabilities:
    balance: bool = False
    transactions: Transactions | None = None
    freeze: Freezing | None = None
    unfreeze: bool = False
    replace: Replacing | None = None
    pin: Pinning | None = None
    limits: Limiting | None = None
    top_up: ToppingUp | None = None
    found: Finding | None = None

    @property
    def of_one_card(self) -> bool:
        """Whether there is anything to see or do about one's own card."""
        return any(
            (self.balance, self.transactions, self.freeze, self.unfreeze, self.replace, self.pin, self.limits)
        ) or bool(self.top_up)


#: A campus whose card system lets nobody in.
NOTHING = CardCapabilities()


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """A payment provider in its own words. ``ways``: what one pays with; ``payee``: who gets the money.

    ``refund``: what becomes of money that was taken and did not arrive. ``window``: seconds a pay code is good for.
    """

    ways: Text
    payee: Text
    refund: Text
    window: int
