"""What becomes of a card: reported lost, found by somebody, in use again, replaced."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.card_accounts import CardState, ReplacementOrdered


@dataclass(frozen=True, slots=True)
class CardLooked:
    """Whether a card in somebody's hand was reported lost; unknown cards and cards in use read alike."""

    lost: bool


@dataclass(frozen=True, slots=True)
class FoundAt:
    """``place``: the campus's id of where the finder said the card is handed in, or where it has ``arrived``."""

    place: str
    at: datetime
    arrived: bool = False


@dataclass(frozen=True, slots=True)
class LossState:
    """A person's card. ``found`` only while it is lost, ``replacement`` once a new one was ordered."""

    state: CardState
    since: datetime | None = None
    found: FoundAt | None = None
    replacement: ReplacementOrdered | None = None


@dataclass(frozen=True, slots=True)
class LossCancelled:
    at: datetime
