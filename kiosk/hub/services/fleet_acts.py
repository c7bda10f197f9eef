"""What staff do with a kiosk of ours: give it another place, or end it. Nothing of an ended one is accepted."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kiosk.hub.services.book import Book
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Kiosk, PersonSession

UNKNOWN = No(404, "unknown", "no such kiosk")
OVER = No(409, "over", "this kiosk is none of ours any more")
UNKNOWN_PLACE = No(422, "unknown_place", "no such place")


class Ended(StrEnum):
    """Why a kiosk is none of ours any more."""

    STOLEN = "stolen"
    LOST = "lost"
    TAMPERED = "tampered"  # it was opened, or somebody else may have had it
    BY_MISTAKE = "by_mistake"  # it was approved by mistake
    RETIRED = "retired"  # it is not needed, or another machine takes its place


#: Chosen by whoever revokes one; the other one is what retiring says.
REVOKED = (Ended.STOLEN, Ended.LOST, Ended.TAMPERED, Ended.BY_MISTAKE)


def move(db: Session, book: Book, kiosk_id: str, place: str) -> No | None:
    """It keeps its name, its key and the numbers it has; the next ones are of the new place."""
    kiosk, standing = _held(db, kiosk_id), book.standing(place)
    if kiosk is None:
        return UNKNOWN
    if kiosk.revoked_at is not None:
        return OVER
    if standing is None:
        return UNKNOWN_PLACE
    kiosk.place, kiosk.code = standing.id, standing.code
    return None


def end(db: Session, kiosk_id: str, why: Ended, now: datetime) -> No | None:
    """Its tokens and whoever is signed in at it end with it, in this transaction: every request asks for both."""
    kiosk = _held(db, kiosk_id)
    if kiosk is None:
        return UNKNOWN
    if kiosk.revoked_at is not None:
        return OVER
    kiosk.revoked_at, kiosk.ended_why = now, why.value
    open_ones = (PersonSession.kiosk == kiosk.id, PersonSession.ended_at.is_(None))
    db.execute(update(PersonSession).where(*open_ones).values(ended_at=now))
    return None


def ended(db: Session, most: int) -> Sequence[Kiosk]:
    """The latest first."""
    wanted = select(Kiosk).where(Kiosk.revoked_at.is_not(None), Kiosk.place != "")
    return db.scalars(wanted.order_by(Kiosk.revoked_at.desc(), Kiosk.id).limit(most)).all()


def _held(db: Session, kiosk_id: str) -> Kiosk | None:
    return db.get(Kiosk, kiosk_id, with_for_update=True) if kiosk_id.isprintable() else None
