"""What the hub asks of a card system outside it. An adapter is one class that keeps ``CardSystem``; what it must pass
is tests/hub/card_contract.py. The hub's own part (whom a card belongs to, what was answered for an operation, that a
lost card opens nothing) is services/outside_cards.py, the same for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    Frozen,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import CardCapabilities
from kiosk.hub.checked import Finding
from kiosk.hub.ports import CardPin, CardTrouble


@dataclass(frozen=True, slots=True)
class Freeze:
    """Answered with Frozen, also where it was reported lost before: then with that time."""


@dataclass(frozen=True, slots=True)
class Unfreeze:
    """Answered with Thawed."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Answered with ReplacementOrdered; ``fee`` whole fen, as declared."""

    fee: int


@dataclass(frozen=True, slots=True)
class SetLimits:
    """Answered with LimitsSet; what ``wanted`` leaves out stays."""

    wanted: CardLimits


@dataclass(frozen=True, slots=True)
class SetPin:
    """Answered with CardPinSet."""

    present: CardPin | None
    new: CardPin


@dataclass(frozen=True, slots=True)
class TopUp:
    """Answered with TopUpPosted; ``amount`` whole fen, taken by a payment provider already."""

    amount: int


Change = Freeze | Unfreeze | Replace | SetLimits | SetPin | TopUp
Changed = Frozen | Thawed | ReplacementOrdered | LimitsSet | CardPinSet | TopUpPosted


class CardSystem(Protocol):
    """``number`` is the person's at the campus. Asked from several threads, never within a transaction; never raises.

    An answer comes within seconds that the settings say, or it is CardSystemSilent. A change takes effect once per
    ``op``: where its answer was lost the card system is asked about ``op`` before anything is said, and
    CardSystemSilent means that nobody knows. Nothing is queued here. What is not declared is never asked for.
    """

    def capabilities(self) -> CardCapabilities: ...

    def overview(self, number: str) -> CardOverview | CardTrouble: ...

    def balance(self, number: str) -> Balance | CardTrouble: ...

    def movements(self, number: str, since: datetime, now: datetime) -> MovementList | CardTrouble:
        """Newest first, none before ``since`` or after ``now``."""
        ...

    def change(self, op: str, number: str, change: Change, now: datetime) -> Changed | CardTrouble:
        """Times in the answer are ``now`` where the card system does not say."""
        ...

    def check(self, now: datetime) -> Iterator[Finding]:
        """Changes nothing."""
        ...
