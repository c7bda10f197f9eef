"""What else finds articles: SQLite's FTS5 with two-character tokens, as everybody writes it, and tantivy with jieba."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import rjieba
import tantivy

from bench.articles import Article
from kiosk.search.tokens import is_han, normal, parts

FOUND = 10
#: Memory tantivy may fill before it writes, bytes.
_HEAP = 128 * 1024 * 1024


class PlainFts5:
    """``a OR b OR c ORDER BY rank`` over pairs of characters and words."""

    def __init__(self, folder: Path, articles: Iterable[Article]) -> None:
        self._connection = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("CREATE VIRTUAL TABLE found USING fts5(title, body, tokenize='unicode61', content='')")
        self._connection.execute("BEGIN")
        rows = ((i, " ".join(_pairs(a.title)), " ".join(_pairs(a.body))) for i, a in enumerate(articles))
        self._connection.executemany("INSERT INTO found(rowid, title, body) VALUES (?, ?, ?)", rows)
        self._connection.execute("INSERT INTO found(found) VALUES ('optimize')")
        self._connection.execute("COMMIT")

    def search(self, text: str) -> int:
        wanted = " OR ".join(f'"{token}"' for token in dict.fromkeys(_pairs(text)))
        query = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
        return len(self._connection.execute(query, (wanted, FOUND)).fetchall()) if wanted else 0

    def close(self) -> None:
        self._connection.close()


class TantivyJieba:
    def __init__(self, folder: Path, articles: Iterable[Article]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="whitespace")
        builder.add_text_field("body", tokenizer_name="whitespace")
        self._schema = builder.build()
        (folder / "tantivy").mkdir()
        self._index = tantivy.Index(self._schema, str(folder / "tantivy"))
        writer = self._index.writer(_HEAP)
        for article in articles:
            writer.add_document(tantivy.Document(title=_words(article.title), body=_words(article.body)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> int:
        words = dict.fromkeys(_words(text).split())
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, word))
            for word in words
            for field in ("title", "body")
        ]
        return len(self._searcher.search(tantivy.Query.boolean_query(terms), FOUND).hits) if terms else 0


def _pairs(text: str) -> list[str]:
    found: list[str] = []
    for part in parts(normal(text)):
        found += [part[i : i + 2] for i in range(max(1, len(part) - 1))] if is_han(part) else [part]
    return found


def _words(text: str) -> str:
    return " ".join(word for part in parts(normal(text)) for word in rjieba.cut(part))
