"""A campus card and its money as the card system tells it. Amounts are whole fen; nothing here is ever a float."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.card_capabilities import LimitKind
from kiosk.domain.desk import Text

#: Longest list of movements that travels in one answer; the newest come first.
MOST_TRANSACTIONS = 1000


class CardState(StrEnum):
    ACTIVE = "active"
    LOST = "lost"
    REPLACED = "replaced"  # a new one was ordered; the old one never opens anything again


@dataclass(frozen=True, slots=True)
class ReplacementOrdered:
    """``fee`` was taken from the balance; ``ready_at`` ``None`` where the system does not say."""

    fee: int
    ordered_at: datetime
    ready_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CardLimits:
    """In force, fen; ``None`` where there is none. As a wish: ``None`` leaves that one as it is."""

    daily: int | None = None
    single: int | None = None

    def of(self, kind: LimitKind) -> int | None:
        return self.single if kind is LimitKind.SINGLE else self.daily


NO_LIMITS = CardLimits()


@dataclass(frozen=True, slots=True)
class CardOverview:
    """``since``: when it was reported lost or replaced.

    ``replacement``: the new card that was ordered last, while it is not the one in use. ``pin_set``: tills ask for a
    PIN, and it has to be typed before another one is set. ``as_of``: of when this is, where the card system does not
    tell of now.
    """

    state: CardState
    since: datetime | None = None
    limits: CardLimits = NO_LIMITS
    replacement: ReplacementOrdered | None = None
    pin_set: bool = False
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """``as_of`` as of CardOverview."""

    amount: int
    as_of: datetime | None = None

    def __repr__(self) -> str:
        return "Balance(***)"


class MovementKind(StrEnum):
    MEAL = "meal"
    SHOP = "shop"
    PRINTING = "printing"
    LIBRARY_FEE = "library_fee"
    LAUNDRY = "laundry"
    TOP_UP = "top_up"
    CARD_FEE = "card_fee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Movement:
    """``amount`` > 0 came in, < 0 went out. ``merchant`` is personal: where somebody eats is shown by touch only."""

    id: str
    at: datetime
    kind: str
    amount: int
    merchant: Text

    def __repr__(self) -> str:
        return f"Movement({self.kind}, {self.at:%Y-%m})"


@dataclass(frozen=True, slots=True)
class MovementList:
    """Newest first, at most MOST_TRANSACTIONS, back to ``since``. ``as_of`` as of CardOverview."""

    since: datetime
    movements: tuple[Movement, ...]
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """Reported lost. ``effective_by``: from then on it pays nowhere, ``None`` where the system does not say."""

    since: datetime
    effective_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thawed:
    """The loss report was cancelled."""

    at: datetime


@dataclass(frozen=True, slots=True)
class LimitsSet:
    """All that are in force now, and since when."""

    limits: CardLimits
    at: datetime


@dataclass(frozen=True, slots=True)
class CardPinSet:
    """Tills ask for the new PIN from now on. ``first``: there was none before."""

    at: datetime
    first: bool


@dataclass(frozen=True, slots=True)
class TopUpPosted:
    """The money is on the card, once. ``balance`` after it."""

    balance: int

    def __repr__(self) -> str:
        return "TopUpPosted(***)"


class CardRefusal(StrEnum):
    """Why the card system said no; nothing has changed."""

    NOT_OFFERED = "not_offered"  # not declared
    NO_CARD = "no_card"  # this person has none
    NOT_LOST = "not_lost"  # a replacement, or cancelling, needs a card reported lost
    ALREADY_REPLACED = "already_replaced"
    TOO_LITTLE_MONEY = "too_little_money"
    OUT_OF_RANGE = "out_of_range"
    WRONG_PIN = "wrong_pin"  # the present PIN, which a new one needs
    PIN_HELD = "pin_held"  # too many wrong ones, by the card system's own count
    PIN_REFUSED = "pin_refused"  # it does not take this new one
    OTHER_OPERATION = "other_operation"  # this operation id was used for something else


@dataclass(frozen=True, slots=True)
class CardRefused:
    why: CardRefusal


@dataclass(frozen=True, slots=True)
class CardSystemSilent:
    """The card system gave no answer: whether anything changed is not known until it is asked with the same id."""
