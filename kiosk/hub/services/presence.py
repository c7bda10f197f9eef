"""Kiosks say how they are and hear which others are ready: for somebody who stands before one that is not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.presence import MemoryMark, Neighbour, Neighbours, Readiness
from kiosk.hub.services import kiosk_memory
from kiosk.hub.services.asked_again import asked_of
from kiosk.hub.services.book import Book, Standing
from kiosk.hub.services.refusal import No
from kiosk.hub.store.fleet_tables import KioskPresence
from kiosk.hub.store.tables import Kiosk

#: A kiosk that was not heard of for longer is not called ready: three of its reports are missing.
FRESH = timedelta(minutes=3)
#: Most kiosks that are named.
MOST_NEIGHBOURS = 3


def heard(
    db: Session, book: Book, kiosk: Kiosk, readiness: str, now: datetime, memory: MemoryMark | None = None
) -> Neighbours | No:
    """Keeps what ``kiosk`` says of itself and answers which others are ready now."""
    if readiness not in list(Readiness):
        return No(422, "malformed", "no such readiness")
    known = kiosk_memory.told(db, kiosk, memory, now) if memory else None
    if isinstance(known, No):
        return known
    db.merge(KioskPresence(kiosk=kiosk.id, seen_at=now, readiness=readiness))
    return Neighbours(
        now.astimezone(ZoneInfo(book.zone)), _ready(db, book, kiosk, now), known, asked_of(db, kiosk, now)
    )


def _ready(db: Session, book: Book, kiosk: Kiosk, now: datetime) -> tuple[Neighbour, ...]:
    wanted = (
        select(Kiosk.place)
        .join(KioskPresence, KioskPresence.kiosk == Kiosk.id)
        .where(
            Kiosk.revoked_at.is_(None),
            Kiosk.place != kiosk.place,
            KioskPresence.readiness == Readiness.READY.value,
            KioskPresence.seen_at >= now - FRESH,
        )
    )
    places = set(db.scalars(wanted))
    here = book.standing(kiosk.place)
    found = [standing for standing in book.kiosks if standing.id in places]
    if here is not None:
        found.sort(key=lambda there: _far(book, here, there))
    return tuple(Neighbour(there.code, there.title) for there in found[:MOST_NEIGHBOURS])


def _far(book: Book, here: Standing, there: Standing) -> int:
    """Same building, same part of the campus, elsewhere: all that is known of distances. Among equals the campus's own
    order stays."""
    if here.building == there.building:
        return 0
    one, other = book.place(here.building), book.place(there.building)
    return 1 if one and other and one.area == other.area else 2
