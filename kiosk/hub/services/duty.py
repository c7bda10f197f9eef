"""Who answers for a service: the catalogue names posts, and whoever holds a post now is meant."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.services.book import Book, Role
from kiosk.hub.services.people import is_valid
from kiosk.hub.store.tables import Person


@dataclass(frozen=True, slots=True)
class Held:
    role: Role
    person: Person


def held(db: Session, book: Book, role: str, now: datetime, but: frozenset[str] = frozenset()) -> Held | None:
    """Whoever is on duty for the post, holds it, or else the nearest one above it; nobody of ``but`` (ids of people),
    nobody who left."""
    for each in book.upward(role):
        for number in book.on_duty(each.id, now):
            person = db.scalar(select(Person).where(Person.number == number))
            if person is not None and person.id not in but and is_valid(person, now):
                return Held(each, person)
    return None
