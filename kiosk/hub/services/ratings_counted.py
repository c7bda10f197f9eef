"""Ratings as the figures count them. A rating has no order, only its day: a day's are counted anew as long as more may
come. One about a service has its month's first day for a day."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kiosk.domain.figures import NOTHING, Slice, Sums
from kiosk.domain.queueable import Mark
from kiosk.hub.services.book import Book
from kiosk.hub.store.figure_tables import FigureDay
from kiosk.hub.store.tables import Rating

#: ``about`` of ratings that satisfaction counts: the service as a whole, and one service of the catalogue.
SERVICE = "service"
ONE_SERVICE = "service:"
ARTICLE = "article:"
RATED_COLUMNS = ("rated", "content", "marked")
_CONTENT = frozenset({Mark.GOOD, Mark.VERY_GOOD})
_FACES = _CONTENT | {Mark.FAIR, Mark.POOR, Mark.VERY_POOR}
Key = tuple[Slice, str, str]


def changed_ratings(db: Session, book: Book, since: str, today: date) -> dict[Key, Sums]:
    """What is to be added for the days from ``since`` ('' for all) to ``today``, and for the month's first day."""
    firsts = {today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)}
    days = [day.isoformat() for day in firsts]
    wanted = or_(Rating.day >= since, Rating.day.in_(days))
    kept = or_(FigureDay.day >= since, FigureDay.day.in_(days))
    now = _counted(db, book, wanted)
    sums = [getattr(FigureDay, name) for name in RATED_COLUMNS]
    any_rated = or_(*(one > 0 for one in sums))
    for part, day, value, *was in db.execute(
        select(FigureDay.part, FigureDay.day, FigureDay.value, *sums).where(kept, any_rated)
    ):
        now[(Slice(part), day, value)] -= Sums(**dict(zip(RATED_COLUMNS, was, strict=True)))
    return {key: change for key, change in now.items() if change != NOTHING}


def _counted(db: Session, book: Book, wanted: object) -> dict[Key, Sums]:
    buildings = {standing.code: standing.building for standing in book.kiosks}
    found: dict[Key, Sums] = defaultdict(Sums)
    rows = db.execute(
        select(Rating.day, Rating.kiosk, Rating.about, Rating.mark, func.count())
        .where(
            wanted,  # type: ignore[arg-type]
            or_(
                Rating.about == SERVICE,
                Rating.about.startswith(ONE_SERVICE, autoescape=True),
                Rating.about.startswith(ARTICLE, autoescape=True),
            ),
        )
        .group_by(Rating.day, Rating.kiosk, Rating.about, Rating.mark)
    )
    for day, kiosk, about, mark, count in rows:
        sums = _sums(about, mark, count)
        if sums == NOTHING:
            continue
        values = [(Slice.ALL, "")]
        if kiosk:
            values += [(Slice.KIOSK, kiosk), (Slice.BUILDING, buildings.get(kiosk, ""))]
        if about.startswith(ONE_SERVICE):
            values.append((Slice.SERVICE, about.removeprefix(ONE_SERVICE)))
        for part, value in values:
            found[(part, day, value)] += sums
    return found


def _sums(about: str, mark: str, count: int) -> Sums:
    if about.startswith(ARTICLE):
        return Sums(marked=count) if mark == Mark.SOLVED else NOTHING
    return Sums(rated=count, content=count * (mark in _CONTENT)) if mark in _FACES else NOTHING
