"""The lists of open tickets, the most pressing first: each is one walk of an index, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import due, working
from kiosk.domain.language import Language
from kiosk.hub.services.book import Book
from kiosk.hub.services.desk_view import may_be_seen, names, sees
from kiosk.hub.services.listing import place_of
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.paging import place, read_place
from kiosk.hub.services.staff_sessions import Present
from kiosk.hub.store.desk_tables import StaffBuilding, TicketTie
from kiosk.hub.store.tables import Ticket

#: Tickets on one page.
MOST_LISTED = 50
#: What ends within this much working time is about to be missed.
SOON = working(hours=2)
#: A count stops here: more is more than anybody works through.
MOST_COUNTED = 100
MERGED, EVENT, RELATED = "merged", "event", "related"


class Listing(StrEnum):
    MINE = "mine"
    BUILDING = "building"
    UNASSIGNED = "unassigned"
    DUE = "due"  # the promised time is over, or soon will be
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """``due_at`` ``None`` where no clock runs; ``assignee`` a colleague's name or ''; ``parts``: how many reports
    belong to it."""

    reference: str
    title: str
    place: str
    type: str
    priority: str
    suspected_p0: bool
    state: str
    language: str
    created_at: datetime
    due_at: datetime | None
    is_late: bool
    assignee: str
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """``after``: what the next page is asked with, '' at the end."""

    lines: tuple[Line, ...]
    after: str


def queue(
    db: Session, book: Book, who: Present, listing: Listing, building: str, language: Language, now: datetime,
    after: str = "",
) -> Queue:  # fmt: skip
    """``building`` counts for Listing.BUILDING. An ``after`` that is none begins at the beginning."""
    rows = list(db.scalars(page_of(book, who, listing, building, now, read_place(after))))
    here = rows[:MOST_LISTED]
    last = here[-1] if len(rows) > MOST_LISTED else None
    following = place(last.sorts_at, last.reference) if last and last.sorts_at else ""
    return Queue(lines(db, book, [one for one in here if sees(db, book, who, one, now)], language, now), following)


def page_of(
    book: Book, who: Present, listing: Listing, building: str, now: datetime, after: tuple[datetime, str] | None
) -> Select[Ticket]:
    """One more than a page holds, to tell whether there is another."""
    wanted = _walk(book, who, listing, building, now)
    if after is not None:
        at, reference = after
        wanted = wanted.where(Ticket.sorts_at >= at, or_(Ticket.sorts_at > at, Ticket.reference > reference))
    return wanted.order_by(Ticket.sorts_at, Ticket.reference).limit(MOST_LISTED + 1)


def counted(db: Session, book: Book, who: Present, listing: Listing, building: str, now: datetime) -> int:
    """At most MOST_COUNTED."""
    some = _walk(book, who, listing, building, now).with_only_columns(Ticket.reference).limit(MOST_COUNTED)
    return db.scalar(select(func.count()).select_from(some.subquery())) or 0


def lines(db: Session, book: Book, tickets: list[Ticket], language: Language, now: datetime) -> tuple[Line, ...]:
    called = names(db, (one.assignee for one in tickets), language)
    belonging = select(TicketTie.main, func.count()).where(
        TicketTie.main.in_([one.reference for one in tickets]), TicketTie.kind != RELATED
    )
    parts = {main: count for main, count in db.execute(belonging.group_by(TicketTie.main)).all()}  # noqa: C416
    return tuple(
        Line(
            reference=one.reference,
            title=title_of(book, one).of(language),
            place=place_of(book, one).of(language),
            type=one.type,
            priority=one.priority,
            suspected_p0=one.suspected_p0,
            state=one.state,
            language=one.language,
            created_at=one.created_at,
            due_at=one.due_at,
            is_late=one.due_at is not None and one.due_at <= now,
            assignee=called.get(one.assignee or "", ""),
            parts=parts.get(one.reference, 0),
        )
        for one in tickets
    )


def building_of(db: Session, book: Book, person: str) -> str:
    """Which building somebody looks after, '' where they said none that still stands."""
    row = db.get(StaffBuilding, person)
    return row.building if row and book.place(row.building) else ""


def look_after(db: Session, book: Book, person: str, building: str) -> bool:
    """False for a building there is none."""
    if book.place(building) is None:
        return False
    db.merge(StaffBuilding(person=person, building=building))
    return True


def _walk(book: Book, who: Present, listing: Listing, building: str, now: datetime) -> Select[Ticket]:
    merged = select(TicketTie.main).where(TicketTie.reference == Ticket.reference, TicketTie.kind == MERGED)
    wanted = select(Ticket).where(Ticket.sorts_at.is_not(None), may_be_seen(who), ~merged.exists())
    narrower: dict[Listing, ColumnElement[bool]] = {
        Listing.MINE: Ticket.assignee == who.person,
        Listing.BUILDING: Ticket.building == building,
        Listing.UNASSIGNED: Ticket.assignee.is_(None),
        Listing.DUE: Ticket.sorts_at <= due(now, SOON, book.hours()),
    }
    return wanted.where(narrower[listing]) if listing in narrower else wanted
