"""The articles of this kiosk and their index, in a SQLite file of their own: all of it works without the hub.

The file is built whole under another name and then takes the place of the old one, so that a kiosk killed at any moment
has the old articles or the new ones. What can be fetched again is not worth a repair: a damaged file is thrown away.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.articles import ArticlePair, Topic
from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.offline import durable_file
from kiosk.search.articles import document_of, weight_of
from kiosk.search.index import Document, Index, build
from kiosk.search.marking import marked
from kiosk.services.article_requests import (
    ArticleOutcome,
    ArticleRequest,
    FindArticles,
    FoundArticle,
    FoundArticles,
    ListArticles,
    NoArticle,
    ReadArticle,
    SuggestArticles,
)
from kiosk.sqlite import dbapi
from kiosk.wire.knowledge import ArticleList

#: Changes with the tables and with what stands in the index: another one's file is built anew.
FORMAT = 4
#: Rows of a search, of a topic, of what helps most, and beside a report.
MOST_FOUND = 20
MOST_LISTED = 60
MOST_HELPFUL = 8
MOST_SUGGESTED = 2
#: Pages SQLite may keep in memory, KiB.
CACHE_KIB = 1024

_ARTICLES = """CREATE TABLE articles (id TEXT PRIMARY KEY, topic TEXT NOT NULL, service TEXT NOT NULL,
    symptom TEXT NOT NULL, action TEXT NOT NULL, weight INTEGER NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL,
    summary_zh TEXT NOT NULL, summary_en TEXT NOT NULL, text TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"""
_ROW = "id, title_zh, title_en, summary_zh, summary_en, action, service"


class NoStore(ValueError):
    """The file is damaged, of another version, or no store at all."""


def write(path: Path, etag: str, wanted: ArticleList, texts: Iterable[tuple[str, bytes]]) -> None:
    """Builds the file and puts it in the place of the old one. ``texts``: those of the list, by text_id. ValueError
    where one is no article, dbapi.Error or OSError where the disk refuses; then the old file is untouched."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    os.close(descriptor)
    connection = dbapi.connect(str(fresh), isolation_level=None)
    try:
        # Nothing but the whole file counts: no journal beside it, and one sync at the end.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        _fill(connection, etag, wanted, texts)
        connection.execute("COMMIT")
    finally:
        connection.close()
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.rename(path)
    durable_file.sync_folder(path.parent)


def _fill(connection: Any, etag: str, wanted: ArticleList, texts: Iterable[tuple[str, bytes]]) -> None:
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.execute("CREATE TABLE facts (etag TEXT NOT NULL, topics BLOB NOT NULL, pictures BLOB NOT NULL)")
    connection.execute(_ARTICLES)
    connection.execute("CREATE INDEX by_topic ON articles (topic, weight DESC)")
    connection.execute("CREATE INDEX by_text ON articles (text)")
    pictures: set[str] = set()
    build(connection, _documents(connection, wanted, texts, pictures), wanted.synonyms)
    used = {topic for (topic,) in connection.execute("SELECT DISTINCT topic FROM articles")}
    topics = [topic for topic in wanted.topics if topic.id in used]
    facts = (etag, msgspec.json.encode(topics), msgspec.json.encode(sorted(pictures)))
    connection.execute("INSERT INTO facts VALUES (?, ?, ?)", facts)


def _documents(
    connection: Any, wanted: ArticleList, texts: Iterable[tuple[str, bytes]], pictures: set[str]
) -> Iterator[Document]:
    """What can be found of each text, one after the other: all of them at once would be much of a small kiosk."""
    late = set(wanted.late)
    for id, body in texts:
        pair = msgspec.json.decode(body, type=ArticlePair)
        weight = weight_of(pair, is_late=id in late)
        connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _row(pair, weight, id, body)
        )
        pictures.update(pair.pictures)
        for language in Language:
            yield document_of(pair, language, weight)


def _row(pair: ArticlePair, weight: int, text: str, body: bytes) -> tuple[object, ...]:
    zh, en = pair.zh, pair.en
    texts = (zh.title, en.title, zh.summary, en.summary)
    return (zh.id, zh.topic, zh.service, zh.symptom, zh.action, weight, *texts, text, body)


class ArticleStore:
    """One file, read only; used by one thread. Raises NoStore."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NoStore("no such file")
        # The file under this name is never written to: it is replaced.
        self._connection = dbapi.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            self._connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            if self._connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                raise NoStore("of another version")
            found = self._connection.execute("SELECT etag, topics, pictures FROM facts").fetchone()
            self.etag, topics, pictures = found
            self.pictures: tuple[str, ...] = msgspec.json.decode(pictures, type=tuple[str, ...])
            self.topics: tuple[Topic, ...] = msgspec.json.decode(topics, type=tuple[Topic, ...])
            self._index = Index(self._connection)
        except (dbapi.Error, UnicodeDecodeError, TypeError, msgspec.DecodeError) as error:
            self.close()
            raise NoStore(type(error).__name__) from error
        except NoStore:
            self.close()
            raise

    def close(self) -> None:
        with suppress(dbapi.Error):
            self._connection.close()

    def answer(self, request: ArticleRequest) -> ArticleOutcome:
        """Raises dbapi.Error or ValueError where the file turns out to be damaged."""
        match request:
            case FindArticles(text=text, language=language):
                found = self._found([hit.id for hit in self._index.search(text, language, MOST_FOUND)])
                return self._marked(found, text, language)
            case ListArticles(topic=""):
                return self._rows("ORDER BY weight DESC, id LIMIT ?", MOST_HELPFUL)
            case ListArticles(topic=topic):
                return self._rows("WHERE topic = ? ORDER BY weight DESC, id LIMIT ?", topic, MOST_LISTED)
            case SuggestArticles(service=service, symptom=symptom):
                wanted = "WHERE service = ? ORDER BY symptom = ? DESC, weight DESC, id LIMIT ?"
                return self._rows(wanted, service, symptom, MOST_SUGGESTED)
            case ReadArticle(id=id):
                row = self._connection.execute("SELECT body FROM articles WHERE id = ?", (id,)).fetchone()
                return msgspec.json.decode(row[0], type=ArticlePair) if row else NoArticle()

    def _found(self, ids: list[str]) -> FoundArticles:
        marks = ", ".join("?" * len(ids))
        rows = self._connection.execute(f"SELECT {_ROW} FROM articles WHERE id IN ({marks})", ids).fetchall()
        by_id = {row[0]: _as_found(row) for row in rows}
        return FoundArticles(tuple(by_id[id] for id in ids if id in by_id))

    def _marked(self, found: FoundArticles, text: str, language: Language) -> FoundArticles:
        query = self._index.understood(text)
        chinese = language is Language.ZH and query.letters
        spoken = self._index.spoken_titles([row.id for row in found.rows]) if chinese else {}
        return FoundArticles(
            tuple(
                replace(row, pieces=marked(row.title.of(language), query, spoken.get(row.id, ""))) for row in found.rows
            )
        )

    def _rows(self, wanted: str, *values: object) -> FoundArticles:
        rows = self._connection.execute(f"SELECT {_ROW} FROM articles {wanted}", values).fetchall()
        return FoundArticles(tuple(map(_as_found, rows)))


def _as_found(row: tuple[str, ...]) -> FoundArticle:
    id, title_zh, title_en, summary_zh, summary_en, action, service = row
    return FoundArticle(id, Text(title_zh, title_en), Text(summary_zh, summary_en), action, service=service)
