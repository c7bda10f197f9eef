"""The hub's articles: taken from their sources, kept, and given to kiosks as one snapshot."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.articles import PICTURE_ID, ArticlePair, Knowledge, Topic
from kiosk.domain.why import why
from kiosk.hub.services.article_batch import FOLDER, ArticleBatch, Problem
from kiosk.hub.store.tables import ArticlePicture, ArticleText, Document
from kiosk.wire.knowledge import TooLarge, packed

SNAPSHOT = "knowledge"
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


@dataclass(frozen=True, slots=True)
class Snapshot:
    version: str
    body: bytes


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


def take(db: Session, batch: ArticleBatch, removing: int | None = None) -> Imported:
    """The hub holds of this source what the source holds, in one transaction; nothing happens where it is refused, and
    what did not change is not written. Raises TooLarge."""
    planned, bodies = _planned(db, batch, removing)
    if planned.refused:
        return planned
    db.execute(delete(ArticleText).where(ArticleText.id.in_(planned.removed)))
    db.add_all(ArticleText(id=id, body=bodies[id], source=batch.source, stamp="") for id in planned.added)
    db.flush()
    for id in planned.changed:
        db.get_one(ArticleText, id).body = bodies[id]
    for id, stamp in batch.stamps.items():
        if id in bodies:
            db.execute(update(ArticleText).where(ArticleText.id == id, ArticleText.stamp != stamp).values(stamp=stamp))
    if batch.topics is not None:
        _put(db, TOPICS, msgspec.json.encode(batch.topics))
    if batch.synonyms is not None:
        _put(db, SYNONYMS, msgspec.json.encode(batch.synonyms))
    db.flush()
    knowledge = read(db)
    _put_pictures(db, knowledge, batch)
    kept = db.get(Document, SNAPSHOT)
    if kept is None or kept.version != knowledge.version:
        db.merge(Document(name=SNAPSHOT, version=knowledge.version, body=packed(knowledge)))
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
    topics = {topic.id for topic in batch.topics or _get(db, TOPICS, tuple[Topic, ...])}
    found = [Problem(pair.id, 0, why("other_source")) for pair in batch.pairs if pair.id in others]
    if batch.source != FOLDER:
        strange = (pair for pair in batch.pairs if pair.zh.topic not in topics and pair.id not in others)
        found += [Problem(pair.id, 0, why("no_topic", topic=pair.zh.topic)) for pair in strange]
    return tuple(found)


def read(db: Session) -> Knowledge:
    """All of it, as it goes to kiosks."""
    rows = db.scalars(select(ArticleText).order_by(ArticleText.id))
    articles = tuple(msgspec.json.decode(row.body, type=ArticlePair) for row in rows)
    topics: tuple[Topic, ...] = _get(db, TOPICS, tuple[Topic, ...])
    synonyms: tuple[tuple[str, ...], ...] = _get(db, SYNONYMS, tuple[tuple[str, ...], ...])
    version = sha256(msgspec.json.encode((articles, topics, synonyms))).hexdigest()[:16]
    return Knowledge(version, topics, synonyms, articles)


def snapshot(db: Session) -> Snapshot:
    """An empty one where nothing was imported yet."""
    row = db.get(Document, SNAPSHOT)
    return Snapshot(row.version, row.body) if row else Snapshot("none", packed(Knowledge("none", (), (), ())))


def article(db: Session, id: str) -> ArticlePair | None:
    """``id`` may be anything a stranger asks for."""
    row = db.get(ArticleText, id) if ID.fullmatch(id) else None
    return msgspec.json.decode(row.body, type=ArticlePair) if row else None


def picture(db: Session, id: str) -> bytes | None:
    """A JPEG. ``id`` may be anything a stranger asks for."""
    row = db.get(ArticlePicture, id) if PICTURE_ID.fullmatch(id) else None
    return row.body if row else None


def _put_pictures(db: Session, knowledge: Knowledge, batch: ArticleBatch) -> None:
    """Those that an article shows, and no others."""
    there = set(db.scalars(select(ArticlePicture.id)))
    wanted = {id for pair in knowledge.articles for id in pair.pictures}
    for id in sorted(there - wanted):
        db.execute(delete(ArticlePicture).where(ArticlePicture.id == id))
    db.add_all(ArticlePicture(id=id, body=batch.pictures[id]) for id in sorted(wanted - there))


def _put(db: Session, name: str, body: bytes) -> None:
    db.merge(Document(name=name, version=sha256(body).hexdigest()[:16], body=body))


def _get(db: Session, name: str, wanted: Any) -> Any:
    row = db.get(Document, name)
    return msgspec.json.decode(row.body, type=wanted) if row else ()


__all__ = ["Imported", "Snapshot", "TooLarge", "article", "picture", "plan", "read", "snapshot", "take"]
