"""The hub's articles: taken from their sources, kept with what they said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import delete, false, select, update
from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.articles import PICTURE_ID, ArticlePair, Knowledge, Topic
from kiosk.domain.why import why
from kiosk.hub.services import article_versions
from kiosk.hub.services.article_batch import FOLDER, ArticleBatch, Problem
from kiosk.hub.services.article_versions import BY_SOURCE
from kiosk.hub.services.search_aliases import circles
from kiosk.hub.store.tables import ArticlePicture, ArticleText, Document
from kiosk.wire.knowledge import text_id

TOPICS = "topics"
SYNONYMS = "synonyms"

#: A source that would remove more than this share of its articles is taken for a broken one.
MOST_AT_ONCE = 0.05


@dataclass(frozen=True, slots=True)
class Imported:
    """Ids by what became of them, or would. ``kept``: an older text stays because the source's is not sound.
    ``refused``: '', or a key of the words ``hub_kb``: then nothing was changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unchanged: int
    before: int
    problems: tuple[Problem, ...]
    refused: str = ""


def stamps(db: Session, source: str) -> dict[str, str]:
    """What is known of the articles of a source, by id."""
    rows = db.execute(select(ArticleText.id, ArticleText.stamp).where(ArticleText.source == source))
    return {row.id: row.stamp for row in rows}


def plan(db: Session, batch: ArticleBatch, removing: int | None = None) -> Imported:
    """What taking ``batch`` would do. An article it names but has no sound text of keeps the text it had; those of
    another source are not its business.

    ``removing`` confirms that exactly so many go, where they are more than MOST_AT_ONCE.
    """
    return _planned(db, batch, removing)[0]


def take(db: Session, batch: ArticleBatch, now: datetime, removing: int | None = None) -> Imported:
    """The hub holds of this source what the source holds, in one transaction; nothing happens where it is refused, and
    what did not change is not written."""
    planned, bodies = _planned(db, batch, removing)
    if planned.refused:
        return planned
    db.execute(delete(ArticleText).where(ArticleText.id.in_(planned.removed)))
    article_versions.forget(db, planned.removed)
    pairs, by = {pair.id: pair for pair in batch.pairs}, BY_SOURCE + batch.source
    for id in (*planned.added, *planned.changed):
        put(db, pairs[id], bodies[id], now, by, batch.source)
    for id, stamp in batch.stamps.items():
        if id in bodies:
            db.execute(update(ArticleText).where(ArticleText.id == id, ArticleText.stamp != stamp).values(stamp=stamp))
    if batch.topics is not None:
        _put(db, TOPICS, msgspec.json.encode(batch.topics))
    if batch.synonyms is not None:
        _put(db, SYNONYMS, msgspec.json.encode(batch.synonyms))
    db.flush()
    keep_pictures(db, batch.pictures)
    return planned


def _planned(db: Session, batch: ArticleBatch, removing: int | None) -> tuple[Imported, dict[str, bytes]]:
    rows = list(db.scalars(select(ArticleText)))
    before = {row.id: row.body for row in rows if row.source == batch.source}
    problems = (*batch.problems, *_out_of_place(db, batch, {row.id for row in rows} - before.keys()))
    named = {problem.file.partition(".")[0] for problem in problems}
    out = {problem.file for problem in problems[len(batch.problems) :]}
    bodies = {pair.id: msgspec.json.encode(pair) for pair in batch.pairs if pair.id not in out}
    still = batch.unchanged & before.keys()
    gone = sorted(before.keys() - bodies.keys() - still)
    removed = tuple(id for id in gone if id not in named)
    refused = ""
    if not bodies and not still:
        refused = "nothing_sound"
    elif len(removed) > MOST_AT_ONCE * len(before) and removing != len(removed):
        refused = "removes_many"
    made = Imported(
        added=tuple(sorted(bodies.keys() - before.keys())),
        changed=tuple(sorted(id for id, body in bodies.items() if id in before and before[id] != body)),
        removed=removed,
        kept=tuple(id for id in gone if id in named),
        unchanged=sum(before.get(id) == body for id, body in bodies.items()) + len(still),
        before=len(before),
        problems=problems,
        refused=refused,
    )
    return made, bodies


def _out_of_place(db: Session, batch: ArticleBatch, others: set[str]) -> tuple[Problem, ...]:
    """Articles whose id another source has, or about a topic this hub does not show."""
    known = {topic.id for topic in batch.topics or topics(db)}
    found = [Problem(pair.id, 0, why("other_source")) for pair in batch.pairs if pair.id in others]
    if batch.source != FOLDER:
        strange = (pair for pair in batch.pairs if pair.zh.topic not in known and pair.id not in others)
        found += [Problem(pair.id, 0, why("no_topic", topic=pair.zh.topic)) for pair in strange]
    return tuple(found)


def read(db: Session) -> Knowledge:
    """All of it but drafts, whatever the day."""
    rows = db.scalars(select(ArticleText).where(ArticleText.draft == false()).order_by(ArticleText.id))
    articles = tuple(msgspec.json.decode(row.body, type=ArticlePair) for row in rows)
    there, circled = topics(db), synonyms(db)
    version = sha256(msgspec.json.encode((articles, there, circled))).hexdigest()[:16]
    return Knowledge(version, there, circled, articles)


def topics(db: Session) -> tuple[Topic, ...]:
    found: tuple[Topic, ...] = _get(db, TOPICS, tuple[Topic, ...])
    return found


def synonyms(db: Session) -> tuple[tuple[str, ...], ...]:
    """Those of the campus's own file, and the aliases given in the console."""
    found: tuple[tuple[str, ...], ...] = _get(db, SYNONYMS, tuple[tuple[str, ...], ...])
    return (*found, *circles(db))


def put(
    db: Session, pair: ArticlePair, body: bytes, now: datetime, by: str, source: str, *, draft: bool = False
) -> None:
    """``body`` is ``pair`` as JSON; what it said before stays among its versions."""
    both = (pair.zh, pair.en)
    row = db.get(ArticleText, pair.id)
    if row is None:
        row = ArticleText(id=pair.id, stamp="")
        db.add(row)
    row.body, row.text, row.source, row.draft = body, text_id(body), source, draft
    row.review_by = min(one.reviewed_again_by for one in both).isoformat()
    row.shown_from = pair.zh.shown_from.isoformat() if pair.zh.shown_from else ""
    row.shown_until = pair.zh.shown_until.isoformat() if pair.zh.shown_until else ""
    row.pictures = " ".join(pair.pictures)
    article_versions.add(db, pair.id, body, row.pictures, now, by)


def article(db: Session, id: str, today: date) -> ArticlePair | None:
    """``id`` may be anything a stranger asks for; drafts and what is not shown on this day are not there."""
    row = db.get(ArticleText, id) if ID.fullmatch(id) else None
    if row is None or row.draft or not _is_shown(row.shown_from, row.shown_until, today.isoformat()):
        return None
    return msgspec.json.decode(row.body, type=ArticlePair)


def picture(db: Session, id: str) -> bytes | None:
    """A JPEG that an article shows now. ``id`` may be anything a stranger asks for."""
    if not PICTURE_ID.fullmatch(id):
        return None
    shown = select(ArticleText.id).where(ArticleText.pictures.contains(id), ArticleText.draft == false())
    row = db.get(ArticlePicture, id) if db.scalar(shown.limit(1)) else None
    return row.body if row else None


def keep_pictures(db: Session, made: Mapping[str, bytes]) -> None:
    """Those that an article shows, or showed in a version it can go back to, and no others."""
    there = set(db.scalars(select(ArticlePicture.id)))
    shown = article_versions.pictures(db)
    for id in sorted(there - shown):
        db.execute(delete(ArticlePicture).where(ArticlePicture.id == id))
    db.add_all(ArticlePicture(id=id, body=made[id]) for id in sorted(shown & made.keys() - there))


def _is_shown(shown_from: str, shown_until: str, day: str) -> bool:
    return shown_from <= day and (not shown_until or day <= shown_until)


def _put(db: Session, name: str, body: bytes) -> None:
    db.merge(Document(name=name, version=sha256(body).hexdigest()[:16], body=body))


def _get(db: Session, name: str, wanted: Any) -> Any:
    row = db.get(Document, name)
    return msgspec.json.decode(row.body, type=wanted) if row else ()
