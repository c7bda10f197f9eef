"""That somebody did something alone, for the figure of that name: who and when, and no more of it than its kind."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hub.store.figure_tables import SelfServed

#: Nobody's weeks are looked at again after that.
KEPT = timedelta(days=100)


class Served(StrEnum):
    ACCOUNT = "account"  # unlocked, reset, changed or activated
    CARD_LOST = "card_lost"
    CARD_RESTORED = "card_restored"
    CARD_ORDERED = "card_ordered"
    CARD_LIMITS = "card_limits"
    CARD_PIN = "card_pin"


def note_served(db: Session, person: str, kiosk: str, what: Served, now: datetime) -> None:
    """In the transaction in which it was done."""
    db.add(SelfServed(person=person, kiosk=kiosk, what=what.value, at=now))


def forget(db: Session, now: datetime) -> None:
    db.execute(delete(SelfServed).where(SelfServed.at < now - KEPT))
