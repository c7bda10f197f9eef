"""Wrong old passwords typed at kiosks: counted before the directory judges them, slowed down like a PIN.

The directory counts too and may lock the account; this stops long before, so that a kiosk never locks anybody out.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hub.services.guesses import FORGOTTEN_AFTER, delay_after
from kiosk.hub.store.tables import OldPasswordCounter, Person


def count(db: Session, person: Person, now: datetime) -> datetime | None:
    """Counts one try as a failure; until when nothing is judged where it is too soon for one."""
    db.get(Person, person.id, with_for_update=True, populate_existing=True)  # two at once must not both be the fifth
    row = db.get(OldPasswordCounter, person.id)
    if row is not None and row.last_at < now - FORGOTTEN_AFTER:
        db.delete(row)
        db.flush()
        row = None
    if row is None:
        row = OldPasswordCounter(person=person.id, failures=0, held_until=None, last_at=now)
        db.add(row)
    if row.held_until is not None and now < row.held_until:
        return row.held_until
    row.failures += 1
    row.last_at = now
    delay = delay_after(row.failures)
    row.held_until = now + delay if delay else None
    return None


def take_back(db: Session, person: Person) -> None:
    """The try was not about the old password after all."""
    row = db.get(OldPasswordCounter, person.id)
    if row is not None:
        row.failures, row.held_until = max(0, row.failures - 1), None


def forget(db: Session, person: Person) -> None:
    db.execute(delete(OldPasswordCounter).where(OldPasswordCounter.person == person.id))
