"""What the hub asks of the campus's systems. A second implementation of each exists: the built-in campus."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardOverview,
    CardRefused,
    CardSystemSilent,
    Frozen,
    LimitSet,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import CardCapabilities

CardTrouble = CardRefused | CardSystemSilent


class CardAccounts(Protocol):
    """The card system. ``person`` is the hub's id of a person, ``op`` a UUID.

    Writes take effect once per ``op``: asked again with the same id they answer the same and change nothing, whatever
    became of the first answer. ``db`` is the caller's transaction: the built-in campus keeps its effect in it, an
    adapter to another system keeps there what it has to remember. What ``capabilities`` does not declare is refused
    with NOT_OFFERED.
    """

    def capabilities(self, db: Session) -> CardCapabilities: ...

    def overview(self, db: Session, person: str) -> CardOverview | CardTrouble: ...

    def balance(self, db: Session, person: str) -> Balance | CardTrouble: ...

    def transactions(self, db: Session, person: str, now: datetime) -> MovementList | CardTrouble: ...

    def freeze(self, db: Session, op: str, person: str, now: datetime) -> Frozen | CardTrouble:
        """Reporting a card lost that is reported lost answers with the first time."""
        ...

    def unfreeze(self, db: Session, op: str, person: str, now: datetime) -> Thawed | CardTrouble: ...

    def replace(self, db: Session, op: str, person: str, now: datetime) -> ReplacementOrdered | CardTrouble:
        """Needs a card reported lost; takes the fee from the balance and orders one new card."""
        ...

    def set_limit(self, db: Session, op: str, person: str, daily: int, now: datetime) -> LimitSet | CardTrouble: ...

    def top_up(self, db: Session, op: str, person: str, amount: int, now: datetime) -> TopUpPosted | CardTrouble:
        """Money that a provider has taken for ``op`` goes on the card. A lost card's account takes it too."""
        ...
