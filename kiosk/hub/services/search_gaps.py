"""What people looked for and did not find, and which articles did not help: counted, and shown only where several
visits had it in common."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO

import msgspec
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from kiosk.domain.articles import ArticlePair
from kiosk.domain.queueable import Mark
from kiosk.domain.search_words import SEARCH
from kiosk.hub.store.article_tables import SearchAlias
from kiosk.hub.store.tables import ARTICLE_READ, ArticleText, HistoryLine, Rating

#: How far back is looked.
LOOK_BACK = timedelta(days=90)
#: A line is shown once so many visits, on so many days, typed the same: one person's words are nobody's business.
FROM_VISITS, ON_DAYS = 3, 2
#: Lines on the page, the most frequent ones.
MOST_SHOWN = 200
#: What the history of a ticket says of an article that was read before (services/intake.py).
_READ = "read_article:"


@dataclass(frozen=True, slots=True)
class Gap:
    """``visits`` that typed ``words``; in ``nothing`` of them nothing was found, in the others nothing of it was
    opened. ``topic``: of the article that comes nearest, '' where none does. ``means``: the alias it has by now."""

    words: str
    visits: int
    nothing: int
    topic: str
    means: str


@dataclass(frozen=True, slots=True)
class Helped:
    """``tickets``: reports made after reading it."""

    id: str
    title_zh: str
    title_en: str
    topic: str
    solved: int
    stuck: int
    tickets: int


def gaps(db: Session, today: date, topic_of: Callable[[str, str], str]) -> list[Gap]:
    """Most frequent first. ``topic_of`` words and their language."""
    nothing = func.sum(case((Rating.mark == Mark.NOT_FOUND, 1), else_=0))
    rows = db.execute(
        select(Rating.words, func.max(Rating.language), func.count(), nothing)
        .where(
            Rating.about == SEARCH,
            Rating.mark.in_([Mark.NOT_FOUND, Mark.FOUND_AND_LEFT]),
            Rating.day >= (today - LOOK_BACK).isoformat(),
        )
        .group_by(Rating.words)
        .having(func.count() >= FROM_VISITS, func.count(Rating.day.distinct()) >= ON_DAYS)
        .order_by(func.count().desc(), Rating.words)
        .limit(MOST_SHOWN)
    ).all()
    aliases = {row.word: row.means for row in db.scalars(select(SearchAlias))}
    return [
        Gap(words, visits, int(without), topic_of(words, language), aliases.get(words, ""))
        for words, language, visits, without in rows
    ]


def helped(db: Session, today: date) -> list[Helped]:
    """Of every article that somebody marked or reported after, those first that left most people stuck."""
    since = today - LOOK_BACK
    begins = datetime.combine(since, time(), UTC)
    marks: dict[str, dict[str, int]] = {}
    for about, mark, count in db.execute(
        select(Rating.about, Rating.mark, func.count())
        .where(Rating.about.startswith("article:", autoescape=True), Rating.day >= since.isoformat())
        .group_by(Rating.about, Rating.mark)
    ):
        marks.setdefault(about.removeprefix("article:"), {})[mark] = count
    for what, count in db.execute(
        select(HistoryLine.what, func.count()).where(ARTICLE_READ, HistoryLine.at >= begins).group_by(HistoryLine.what)
    ):
        marks.setdefault(what.removeprefix(_READ), {})["tickets"] = count
    found = []
    for row in db.scalars(select(ArticleText).where(ArticleText.id.in_(marks))):
        pair, seen = msgspec.json.decode(row.body, type=ArticlePair), marks[row.id]
        counts = (seen.get(Mark.SOLVED, 0), seen.get(Mark.STILL_STUCK, 0), seen.get("tickets", 0))
        found.append(Helped(row.id, pair.zh.title, pair.en.title, pair.zh.topic, *counts))
    return sorted(found, key=lambda one: (-one.stuck - one.tickets, one.id))


def as_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """With a byte order mark, which spreadsheets take UTF-8 by; what they would take for a formula is text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(list(header))
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
