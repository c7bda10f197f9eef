"""Tickets that belong together: one matter that came twice, many reports of one event, and what is worth seeing beside.

Whatever is said to the main one is said to what was merged into it; to a whole event only where somebody means it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.tickets import TicketState, TicketType, may_become
from kiosk.hub.services.around import Around
from kiosk.hub.services.history import DESK, note_step
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.services.ticket_queue import EVENT, MERGED, RELATED
from kiosk.hub.store.desk_tables import TicketTie
from kiosk.hub.store.tables import Ticket

#: Reports of one event that are answered together, and the most that are tied to a ticket at all.
MOST_TIED = 500
#: So many open reports of one service at one place within this time look like one event.
LOOKS_LIKE_ONE, WITHIN = 3, timedelta(hours=24)
#: Likely events shown at once.
MOST_LIKELY = 20


class Tied(StrEnum):
    """How it went; words are ``queue.said_<value>``."""

    MERGED = "merged"
    EVENT = "event"
    RELATED = "related"
    ITSELF = "itself"
    COMPLAINT = "no_complaint"
    OVER = "not_open"
    TOO_MANY = "too_many"
    BELONGS = "belongs"


def tie(db: Session, around: Around, ticket: Ticket, main: Ticket, kind: str, person: str, now: datetime) -> Tied:
    """Both are held by the caller. What belonged to ``ticket`` belongs to ``main`` then."""
    if ticket.reference == main.reference:
        return Tied.ITSELF
    if TicketType.COMPLAINT in (ticket.type, main.type):
        return Tied.COMPLAINT
    if kind != RELATED and not (TicketState(ticket.state).is_open and TicketState(main.state).is_open):
        return Tied.OVER
    if kind != RELATED and head_of(db, main.reference):
        return Tied.BELONGS
    if len(tied_to(db, main.reference)) + len(tied_to(db, ticket.reference)) >= MOST_TIED:
        return Tied.TOO_MANY
    pair = or_(
        (TicketTie.reference == ticket.reference) & (TicketTie.main == main.reference),
        (TicketTie.reference == main.reference) & (TicketTie.main == ticket.reference),
    )
    db.execute(delete(TicketTie).where(pair))
    if kind != RELATED:
        own = (TicketTie.reference == ticket.reference) & (TicketTie.kind != RELATED)
        db.execute(delete(TicketTie).where(own))
        for each in db.scalars(select(TicketTie).where(TicketTie.main == ticket.reference, TicketTie.kind != RELATED)):
            db.merge(_row(each.reference, main.reference, each.kind, each.by, now))
            db.delete(each)
    db.flush()
    db.merge(_row(ticket.reference, main.reference, kind, person, now))
    note_step(db, ticket, now, f"tied:{kind}", by=DESK, text=main.reference, staff=person)
    note_step(db, main, now, f"joined:{kind}", by=DESK, text=ticket.reference, staff=person)
    if kind == MERGED:
        ticket.assignee = main.assignee
        if ticket.state != main.state and may_become(TicketState(ticket.state), TicketState(main.state)):
            by_desk(db, around.book, ticket, TicketState(main.state), "", now, person)
    db.flush()
    return Tied(kind)


def untie(db: Session, ticket: Ticket, other: Ticket, person: str, now: datetime) -> bool:
    """False where they did not belong together."""
    pair = or_(
        (TicketTie.reference == ticket.reference) & (TicketTie.main == other.reference),
        (TicketTie.reference == other.reference) & (TicketTie.main == ticket.reference),
    )
    rows = list(db.scalars(select(TicketTie).where(pair)))
    for row in rows:
        db.delete(row)
    if rows:
        note_step(db, ticket, now, "untied", by=DESK, text=other.reference, staff=person)
        note_step(db, other, now, "untied", by=DESK, text=ticket.reference, staff=person)
    return bool(rows)


def head_of(db: Session, reference: str) -> str:
    """What it was merged into, or the event it belongs to; '' where it stands for itself."""
    wanted = select(TicketTie.main).where(TicketTie.reference == reference, TicketTie.kind != RELATED)
    return db.scalars(wanted.limit(1)).first() or ""


def tied_to(db: Session, reference: str) -> list[TicketTie]:
    """Everything that belongs to it or it belongs to, the oldest tie first."""
    either = or_(TicketTie.reference == reference, TicketTie.main == reference)
    return list(db.scalars(select(TicketTie).where(either).order_by(TicketTie.at, TicketTie.reference)))


def followers(db: Session, reference: str, kinds: Sequence[str]) -> list[Ticket]:
    """What belongs to it, locked; in the order of their numbers, so that no two wait for each other."""
    belongs = select(TicketTie.reference).where(TicketTie.main == reference, TicketTie.kind.in_(kinds))
    wanted = select(Ticket).where(Ticket.reference.in_(belongs)).order_by(Ticket.reference)
    return list(db.scalars(wanted.with_for_update()))


def events(db: Session, most: int) -> list[tuple[Ticket, int]]:
    """Open tickets that many others belong to, the newest event first, with how many."""
    counted = (
        select(TicketTie.main, func.count().label("many"), func.max(TicketTie.at).label("latest"))
        .where(TicketTie.kind == EVENT)
        .group_by(TicketTie.main)
        .subquery()
    )
    wanted = (
        select(Ticket, counted.c.many)
        .join(counted, counted.c.main == Ticket.reference)
        .where(Ticket.sorts_at.is_not(None))
        .order_by(counted.c.latest.desc(), Ticket.reference)
        .limit(most)
    )
    return [(ticket, many) for ticket, many in db.execute(wanted).all()]


def likely_events(db: Session, now: datetime) -> list[tuple[str, str, int]]:
    """Service, building and how many open reports of the last day belong to nothing yet, the most first."""
    wanted = (
        select(Ticket.service, Ticket.building, func.count().label("many"))
        .where(*_loose(now))
        .group_by(Ticket.service, Ticket.building)
        .having(func.count() >= LOOKS_LIKE_ONE)
        .order_by(func.count().desc(), Ticket.service, Ticket.building)
        .limit(MOST_LIKELY)
    )
    return [(service, building, many) for service, building, many in db.execute(wanted).all()]


def gather(db: Session, around: Around, service: str, building: str, person: str, now: datetime) -> Ticket | None:
    """The loose reports of one service at one place become one event; its oldest report stands for it."""
    wanted = select(Ticket).where(Ticket.service == service, Ticket.building == building, *_loose(now))
    rows = list(db.scalars(wanted.order_by(Ticket.reference).limit(MOST_TIED).with_for_update()))
    rows.sort(key=lambda one: (one.created_at, one.reference))
    if len(rows) < LOOKS_LIKE_ONE:
        return None
    head, *others = rows
    for other in others:
        tie(db, around, other, head, EVENT, person, now)
    return head


def _loose(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Broken things: a request is somebody's own."""
    belongs = select(TicketTie.main).where(
        or_(TicketTie.reference == Ticket.reference, TicketTie.main == Ticket.reference), TicketTie.kind != RELATED
    )
    return (
        Ticket.sorts_at.is_not(None),
        Ticket.created_at > now - WITHIN,
        Ticket.type == TicketType.INCIDENT,
        ~belongs.exists(),
    )


def _row(reference: str, main: str, kind: str, by: str, now: datetime) -> TicketTie:
    return TicketTie(reference=reference, main=main, kind=kind, at=now, by=by)
