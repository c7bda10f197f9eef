"""Whom a claim points to. A person whose validity is over is nobody here any more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.store.tables import Card, Person
from kiosk.wire.tickets import CardClaimed, ClaimMade

ACTIVE = "active"
LOST = "lost"


@dataclass(frozen=True, slots=True)
class Resolved:
    """``by_card``: a card in the hand, not only a number that anyone can type."""

    person: Person
    by_card: bool


def resolve(db: Session, claim: ClaimMade, now: datetime) -> Resolved | None:
    """``None`` for an unknown card or number, a card reported lost, and a person who has left."""
    if not (claim.uid if isinstance(claim, CardClaimed) else claim.number).isprintable():
        return None  # PostgreSQL refuses a NUL even in a comparison
    if isinstance(claim, CardClaimed):
        wanted = select(Person).join(Card).where(Card.uid == claim.uid.upper(), Card.state == ACTIVE)
    else:
        wanted = select(Person).where(Person.number == claim.number)
    person = db.scalar(wanted)
    if person is None or not is_valid(person, now):
        return None
    return Resolved(person, isinstance(claim, CardClaimed))


def is_valid(person: Person, now: datetime) -> bool:
    return person.valid_until is None or now < person.valid_until
