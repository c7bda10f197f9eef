"""The hub's own search over its articles, by the same index as on kiosks: for other portals, and for the console."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.articles import ArticlePair
from kiosk.domain.language import Language
from kiosk.hub.services.article_list import shown_on
from kiosk.hub.store.memory import in_memory
from kiosk.hub.store.tables import ArticleText
from kiosk.search.articles import document_of, weight_of
from kiosk.search.index import Document, Index, build
from kiosk.wire.knowledge import ArticleList

#: Ids, best first, of what a text in a language finds, at most so many.
Find = Callable[[str, Language, int], list[str]]


@dataclass(frozen=True, slots=True)
class _Built:
    version: str
    connection: Any
    index: Index


class ArticleFinder:
    """Made anew when the articles are others; whoever asks first then waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._built: _Built | None = None

    def on(self, db: Session, today: date) -> Find:
        """Over what is shown on this day, as long as ``db`` is open."""
        shown = shown_on(db, today)

        def find(text: str, language: Language, limit: int) -> list[str]:
            with self._lock:
                return [hit.id for hit in self._index(db, shown).search(text, language, limit)]

        return find

    def _index(self, db: Session, shown: ArticleList) -> Index:
        if self._built is None or self._built.version != shown.version:
            if self._built is not None:
                self._built.connection.close()
            self._built = None
            self._built = _build(db, shown)
        return self._built.index


def _build(db: Session, shown: ArticleList) -> _Built:
    connection = in_memory()
    connection.execute("BEGIN")
    build(connection, _documents(db, set(shown.late), set(shown.texts)), shown.synonyms)
    connection.execute("COMMIT")
    return _Built(shown.version, connection, Index(connection))


def _documents(db: Session, late: set[str], shown: set[str]) -> Iterator[Document]:
    for row in db.execute(select(ArticleText.text, ArticleText.body).order_by(ArticleText.id)):
        if row.text in shown:
            pair = msgspec.json.decode(row.body, type=ArticlePair)
            for language in Language:
                yield document_of(pair, language, weight_of(pair, is_late=row.text in late))
