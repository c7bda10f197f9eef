"""Keeps the five figures' sums up, a quarter of a minute behind: what is new in the history of reports, among those who
helped themselves and among the ratings is counted, what a report had added before is taken back first.

Whoever counts holds the one row of its course. Counted is everything newer than the look before the last one: on
PostgreSQL a line may be committed after a later one was seen. Counted twice, a thing is counted once.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.figures import COLUMNS, NOTHING, Slice, Sums, monday_of
from kiosk.hub.services import self_service
from kiosk.hub.services.book import Book, NoCampus, read_book
from kiosk.hub.services.ratings_counted import RATED_COLUMNS, changed_ratings
from kiosk.hub.services.ticket_facts import NOWHERE, Stand, fact_of
from kiosk.hub.store.database import Store
from kiosk.hub.store.figure_tables import FigureCourse, FigureDay, PersonWeek, SelfServed, TicketFact
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import HistoryLine, Kiosk, Ticket

#: Lines of history in one transaction, and transactions at one look: nobody who reports waits long.
LINES_AT_ONCE, MOST_ROUNDS = 500, 20
_COURSE = 1
_WEEK = timedelta(days=7)
#: Slice, day, value.
Key = tuple[Slice, str, str]
Changes = dict[Key, Sums]


def sweep(store: Store, now: datetime) -> int:
    """Counts what is new; how many reports were looked at."""
    looked = 0
    for _ in range(MOST_ROUNDS):
        with store.read() as db:
            if not _is_new(db, now):
                break
        with store.write() as db:
            looked += _count(db, now)
    return looked


def is_behind(db: Session) -> bool:
    """Whether more waits than one look counts: figures are not whole yet."""
    course = db.get_one(FigureCourse, _COURSE)
    return _newest(db, HistoryLine) - course.seen > LINES_AT_ONCE


def counted_at(db: Session) -> datetime | None:
    return db.get_one(FigureCourse, _COURSE).at


def _is_new(db: Session, now: datetime) -> bool:
    course = db.get_one(FigureCourse, _COURSE)
    if course.before < _newest(db, HistoryLine) or course.served_before < _newest(db, SelfServed):
        return True
    try:
        book = read_book(db)
    except NoCampus:
        return False
    today = now.astimezone(ZoneInfo(book.zone)).date()
    return bool(changed_ratings(db, book, course.rated, today)) or course.rated != today.isoformat()


def _newest(db: Session, table: type[HistoryLine] | type[SelfServed]) -> int:
    return db.scalar(select(func.max(table.id))) or 0


def _count(db: Session, now: datetime) -> int:
    course = db.scalar(select(FigureCourse).where(FigureCourse.id == _COURSE).with_for_update(skip_locked=True))
    if course is None:  # somebody else is at it
        return 0
    book = read_book(db)
    lines = db.execute(
        select(HistoryLine.id, HistoryLine.reference)
        .where(HistoryLine.id > course.before)
        .order_by(HistoryLine.id)
        .limit(LINES_AT_ONCE)
    ).all()
    stands = _stands(db, book)
    changes: Changes = defaultdict(Sums)
    weeks = _take_tickets(db, book, stands, sorted({reference for _, reference in lines}), changes)
    weeks |= _served_weeks(db, book, course)
    _take_weeks(db, book, stands, weeks, changes, now)
    _apply(db, changes, COLUMNS)
    today = now.astimezone(ZoneInfo(book.zone)).date()
    _apply(db, changed_ratings(db, book, course.rated, today), RATED_COLUMNS)
    whole = len(lines) < LINES_AT_ONCE
    course.before = course.seen if whole else lines[-1][0]
    course.seen = max(course.seen, lines[-1][0] if lines else 0)
    course.served_before, course.served = course.served, max(course.served, _newest(db, SelfServed))
    course.rated, course.at = today.isoformat(), now
    self_service.forget(db, now)
    return len(lines)


def _stands(db: Session, book: Book) -> dict[str, Stand]:
    found = {}
    for id, place, code in db.execute(select(Kiosk.id, Kiosk.place, Kiosk.code)):
        standing = book.standing(place)
        found[id] = Stand(code, standing.building if standing else "")
    return found


def _take_tickets(
    db: Session, book: Book, stands: dict[str, Stand], references: list[str], changes: Changes
) -> set[tuple[str, date]]:
    """Whose weeks are other ones now."""
    tickets = db.scalars(select(Ticket).where(Ticket.reference.in_(references)))
    lines: dict[str, list[HistoryLine]] = defaultdict(list)
    for line in db.scalars(select(HistoryLine).where(HistoryLine.reference.in_(references))):
        lines[line.reference].append(line)
    before = {row.reference: row for row in db.scalars(select(TicketFact).where(TicketFact.reference.in_(references)))}
    calendar, weeks = book.hours(), set()
    for ticket in tickets:
        fact, old = fact_of(ticket, lines[ticket.reference], stands, calendar), before.get(ticket.reference)
        for one, adds in ((old, -1), (fact, 1)):
            if one is not None:
                _add(changes, _of_fact(one), adds)
                if one.person:
                    weeks.add((one.person, monday_of(date.fromisoformat(one.day))))
        if old is None:
            db.add(fact)
        else:
            db.merge(fact)
    return weeks


def _of_fact(fact: TicketFact) -> Iterable[tuple[Key, Sums]]:
    solved = fact.solve_seconds is not None
    sums = Sums(
        tickets=1,
        answered=int(fact.answer_seconds is not None),
        answer_seconds=fact.answer_seconds or 0,
        solved=int(solved),
        solve_seconds=fact.solve_seconds or 0,
        at_once=int(solved and fact.at_once),
    )
    for part, value in (
        (Slice.ALL, ""),
        (Slice.SERVICE, fact.service),
        (Slice.BUILDING, fact.building),
        (Slice.KIOSK, fact.kiosk),
        (Slice.HOUR, fact.hour),
    ):
        yield (part, fact.day, value), sums
    if not fact.person:
        monday = monday_of(date.fromisoformat(fact.day))
        yield from _at_kiosk(monday, Stand(fact.kiosk, fact.kiosk_building), Sums(reported=1))


def _at_kiosk(day: date, stand: Stand, sums: Sums) -> Iterable[tuple[Key, Sums]]:
    for part, value in ((Slice.ALL, ""), (Slice.BUILDING, stand.building), (Slice.KIOSK, stand.code)):
        yield (part, day.isoformat(), value), sums


def _add(changes: Changes, sums: Iterable[tuple[Key, Sums]], adds: int) -> None:
    for key, one in sums:
        changes[key] = changes[key] + one if adds > 0 else changes[key] - one


def _served_weeks(db: Session, book: Book, course: FigureCourse) -> set[tuple[str, date]]:
    zone = ZoneInfo(book.zone)
    new = select(SelfServed.person, SelfServed.at).where(SelfServed.id > course.served_before)
    return {(person, monday_of(at.astimezone(zone).date())) for person, at in db.execute(new)}


def _take_weeks(
    db: Session,
    book: Book,
    stands: dict[str, Stand],
    weeks: set[tuple[str, date]],
    changes: Changes,
    now: datetime,
) -> None:
    """A person's week is one case, however often they came."""
    zone = ZoneInfo(book.zone)
    for person, monday in sorted(weeks):
        begins, ends = (datetime.combine(day, time(), zone) for day in (monday, monday + _WEEK))
        old = db.get(PersonWeek, (monday.isoformat(), person))
        if old is not None and begins < now - self_service.KEPT:  # who helped themselves is forgotten by now
            continue
        reports = db.execute(
            select(Ticket.created_at, Ticket.kiosk).where(
                Ticket.person == person, Ticket.created_at >= begins, Ticket.created_at < ends
            )
        ).all()
        served = db.execute(
            select(SelfServed.at, SelfServed.kiosk).where(
                SelfServed.person == person, SelfServed.at >= begins, SelfServed.at < ends
            )
        ).all()
        if old is not None:
            _add(changes, _of_week(old), -1)
        came = sorted((at, kiosk) for at, kiosk in (*reports, *served))
        if not came:
            if old is not None:
                db.delete(old)
            continue
        stand = stands.get(came[0][1], NOWHERE)
        week = PersonWeek(
            week=monday.isoformat(),
            person=person,
            kiosk=stand.code,
            kiosk_building=stand.building,
            alone=not reports,
            reported=bool(reports),
        )
        _add(changes, _of_week(week), 1)
        db.merge(week)


def _of_week(week: PersonWeek) -> Iterable[tuple[Key, Sums]]:
    sums = Sums(alone=int(week.alone), reported=int(week.reported))
    return _at_kiosk(date.fromisoformat(week.week), Stand(week.kiosk, week.kiosk_building), sums)


def _apply(db: Session, changes: Changes, columns: tuple[str, ...]) -> None:
    """In one order everywhere. What changes nothing is not written."""
    for (part, day, value), sums in sorted(changes.items()):
        if sums == NOTHING:
            continue
        row = {"part": part.value, "day": day, "value": value, **{name: getattr(sums, name) for name in COLUMNS}}
        insert = insert_into(db, FigureDay).values(row)
        more = {name: getattr(FigureDay, name) + getattr(insert.excluded, name) for name in columns}
        db.execute(insert.on_conflict_do_update(index_elements=["part", "day", "value"], set_=more))
