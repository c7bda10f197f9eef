"""The hub's articles: taken from a folder, kept, and given to kiosks as one snapshot."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.articles import ArticlePair, Knowledge, Topic
from kiosk.hub.services.article_folder import ArticleFolder, Problem
from kiosk.hub.store.tables import ArticleText, Document
from kiosk.wire.knowledge import TooLarge, packed

SNAPSHOT = "knowledge"
TOPICS = "topics"
SYNONYMS = "synonyms"


@dataclass(frozen=True, slots=True)
class Imported:
    """Ids by what became of them. ``kept``: an older text stays because the folder's is not sound."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    version: str
    body: bytes


def take(db: Session, folder: ArticleFolder) -> Imported:
    """The hub holds what the folder holds, in one transaction; nothing where the folder holds no sound article.

    An article the folder names but has no sound text of keeps the text it had. Raises TooLarge.
    """
    bodies = {pair.id: msgspec.json.encode(pair) for pair in folder.pairs}
    if not bodies:
        return Imported((), (), (), (), 0, (*folder.problems, Problem("", 0, "no sound article here")))
    before = {row.id: row.body for row in db.scalars(select(ArticleText))}
    named = {problem.file.partition(".")[0] for problem in folder.problems}
    gone = sorted(before.keys() - bodies.keys())
    removed = tuple(id for id in gone if id not in named)
    db.execute(delete(ArticleText).where(ArticleText.id.in_(removed)))
    for id, body in bodies.items():
        db.merge(ArticleText(id=id, body=body))
    if folder.topics is not None:
        _put(db, TOPICS, msgspec.json.encode(folder.topics))
    if folder.synonyms is not None:
        _put(db, SYNONYMS, msgspec.json.encode(folder.synonyms))
    db.flush()
    knowledge = read(db)
    db.merge(Document(name=SNAPSHOT, version=knowledge.version, body=packed(knowledge)))
    return Imported(
        added=tuple(sorted(bodies.keys() - before.keys())),
        changed=tuple(sorted(id for id, body in bodies.items() if id in before and before[id] != body)),
        removed=removed,
        kept=tuple(id for id in gone if id in named),
        unchanged=sum(before.get(id) == body for id, body in bodies.items()),
        problems=folder.problems,
    )


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


def _put(db: Session, name: str, body: bytes) -> None:
    db.merge(Document(name=name, version=sha256(body).hexdigest()[:16], body=body))


def _get(db: Session, name: str, wanted: Any) -> Any:
    row = db.get(Document, name)
    return msgspec.json.decode(row.body, type=wanted) if row else ()


__all__ = ["Imported", "Snapshot", "TooLarge", "article", "read", "snapshot", "take"]
