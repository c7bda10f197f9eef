"""The hub's articles: taken from a folder, kept, and given to kiosks as one snapshot."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.articles import PICTURE_ID, ArticlePair, Knowledge, Topic
from kiosk.hub.services.article_folder import ArticleFolder, Problem
from kiosk.hub.store.tables import ArticlePicture, ArticleText, Document
from kiosk.wire.knowledge import TooLarge, packed

SNAPSHOT = "knowledge"
TOPICS = "topics"
SYNONYMS = "synonyms"


#: A folder that would remove more than this share of the articles is taken for a broken one.
MOST_AT_ONCE = 0.05


@dataclass(frozen=True, slots=True)
class Imported:
    """Ids by what became of them, or would. ``kept``: an older text stays because the folder's is not sound.
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


def plan(db: Session, folder: ArticleFolder, removing: int | None = None) -> Imported:
    """What taking ``folder`` would do. An article it names but has no sound text of keeps the text it had.

    ``removing`` confirms that exactly so many go, where they are more than MOST_AT_ONCE.
    """
    before = {row.id: row.body for row in db.scalars(select(ArticleText))}
    bodies = _bodies(folder)
    named = {problem.file.partition(".")[0] for problem in folder.problems}
    gone = sorted(before.keys() - bodies.keys())
    removed = tuple(id for id in gone if id not in named)
    refused = ""
    if not bodies:
        refused = "nothing_sound"
    elif len(removed) > MOST_AT_ONCE * len(before) and removing != len(removed):
        refused = "removes_many"
    return Imported(
        added=tuple(sorted(bodies.keys() - before.keys())),
        changed=tuple(sorted(id for id, body in bodies.items() if id in before and before[id] != body)),
        removed=removed,
        kept=tuple(id for id in gone if id in named),
        unchanged=sum(before.get(id) == body for id, body in bodies.items()),
        before=len(before),
        problems=folder.problems,
        refused=refused,
    )


def take(db: Session, folder: ArticleFolder, removing: int | None = None) -> Imported:
    """The hub holds what the folder holds, in one transaction; nothing happens where it is refused, and what did not
    change is not written. Raises TooLarge."""
    planned = plan(db, folder, removing)
    if planned.refused:
        return planned
    bodies = _bodies(folder)
    db.execute(delete(ArticleText).where(ArticleText.id.in_(planned.removed)))
    db.add_all(ArticleText(id=id, body=bodies[id]) for id in planned.added)
    for id in planned.changed:
        db.get_one(ArticleText, id).body = bodies[id]
    if folder.topics is not None:
        _put(db, TOPICS, msgspec.json.encode(folder.topics))
    if folder.synonyms is not None:
        _put(db, SYNONYMS, msgspec.json.encode(folder.synonyms))
    db.flush()
    knowledge = read(db)
    _put_pictures(db, knowledge, folder)
    kept = db.get(Document, SNAPSHOT)
    if kept is None or kept.version != knowledge.version:
        db.merge(Document(name=SNAPSHOT, version=knowledge.version, body=packed(knowledge)))
    return planned


def _bodies(folder: ArticleFolder) -> dict[str, bytes]:
    return {pair.id: msgspec.json.encode(pair) for pair in folder.pairs}


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


def _put_pictures(db: Session, knowledge: Knowledge, folder: ArticleFolder) -> None:
    """Those that an article shows, and no others."""
    there = set(db.scalars(select(ArticlePicture.id)))
    wanted = {id for pair in knowledge.articles for id in pair.pictures}
    for id in sorted(there - wanted):
        db.execute(delete(ArticlePicture).where(ArticlePicture.id == id))
    db.add_all(ArticlePicture(id=id, body=folder.pictures[id]) for id in sorted(wanted - there))


def _put(db: Session, name: str, body: bytes) -> None:
    db.merge(Document(name=name, version=sha256(body).hexdigest()[:16], body=body))


def _get(db: Session, name: str, wanted: Any) -> Any:
    row = db.get(Document, name)
    return msgspec.json.decode(row.body, type=wanted) if row else ()


__all__ = ["Imported", "Snapshot", "TooLarge", "article", "picture", "plan", "read", "snapshot", "take"]
