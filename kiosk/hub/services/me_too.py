"""A ``me_too`` operation: somebody is counted at their place and, where their claim is known, told when it is over."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.hub.services.doing import MAX_ID, Doing, claim_too_long, read
from kiosk.hub.services.people import resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Affected, Announced, Person
from kiosk.wire.me_too import MeToo, MeTooAnswer


def count_in(doing: Doing) -> MeTooAnswer | No:
    """One person counts once for an outage, at the place they said last; nobody knows who is nobody, so each counts."""
    told = read(doing, MeToo, ("announcement", MAX_ID), ("building", MAX_ID))
    if isinstance(told, No):
        return told
    if refused := claim_too_long(told.claim):
        return refused
    db = doing.db
    announced = db.get(Announced, told.announcement)
    if announced is None or announced.ends_at <= doing.now:
        return MeTooAnswer(doing.now, affected=0)
    found = resolve(db, told.claim, doing.now) if told.claim else None
    person = found.person.id if found else None
    before = _earlier(db, announced.id, person)
    if before is not None:
        before.building = told.building
        db.flush()
    else:
        db.add(
            Affected(
                op=doing.context.op,
                announcement=announced.id,
                kiosk=doing.kiosk.id,
                building=told.building,
                person=person,
                language=told.language,
                received_at=doing.now,
            )
        )
        db.flush()
    return MeTooAnswer(doing.now, affected(db, told.building).get(announced.id, 0))


def affected(db: Session, building: str) -> dict[str, int]:
    """Announcement id -> how many have said "me too" at ``building``."""
    rows = select(Affected.announcement, func.count()).where(Affected.building == building)
    found = db.execute(rows.group_by(Affected.announcement)).all()
    return {announcement: count for announcement, count in found}  # noqa: C416


def affected_anywhere(db: Session, announcements: Iterable[str]) -> dict[str, dict[str, int]]:
    """Announcement id -> building -> how many have said "me too" there."""
    rows = select(Affected.announcement, Affected.building, func.count())
    rows = rows.where(Affected.announcement.in_(list(announcements)))
    found: dict[str, dict[str, int]] = {}
    for announcement, building, count in db.execute(rows.group_by(Affected.announcement, Affected.building)).all():
        found.setdefault(announcement, {})[building] = count
    return found


def affected_people(db: Session, announcement: str) -> list[Person]:
    """Everybody who said who they are."""
    return list(db.scalars(select(Person).join(Affected).where(Affected.announcement == announcement)))


def _earlier(db: Session, announcement: str, person: str | None) -> Affected | None:
    if person is None:
        return None
    return db.scalar(select(Affected).where(Affected.announcement == announcement, Affected.person == person))
