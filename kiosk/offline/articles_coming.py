"""The hub's list of articles, and those of its texts that have come and are not searched yet, in a file of their own.

What has come once is kept until the list is complete: a kiosk that is killed, or loses its line, goes on where it was.
Nothing in it is the only copy of anything, so a damaged file is thrown away.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.offline.article_texts import texts_here
from kiosk.sqlite import dbapi
from kiosk.wire.knowledge import MOST_TEXTS, ArticleList, text_id

#: Changes with the table: another one's file is thrown away.
FORMAT = 1
_BESIDE = ("-journal", "-wal", "-shm")


class Damaged(Exception):
    """A text in a file of this kiosk is not the one it is named."""


class ArticlesComing:
    """Used by one thread at a time. Where the disk refuses, every method raises dbapi.Error or OSError; ``discard``
    makes room for a new start."""

    def __init__(self, path: Path, articles: Path) -> None:
        """``articles``: the file that is searched now, which holds most texts already."""
        self._path, self._articles = path, articles

    def missing(self, wanted: ArticleList) -> tuple[str, ...]:
        """Texts to ask for next, at most MOST_TEXTS of them; none where the list is complete."""
        with texts_here(self._articles) as here:
            there = here.ids()
        if any(id not in there for id in wanted.texts):  # most looks find that nothing is missing
            there |= self._kept()
        lacking = (id for id in dict.fromkeys(wanted.texts) if id not in there)
        return tuple(id for id, _ in zip(lacking, range(MOST_TEXTS), strict=False))

    def keep(self, texts: Mapping[str, bytes], wanted: ArticleList) -> int:
        """Committed when it returns; how many of them the list names."""
        named = set(wanted.texts)
        sound = [(id, body) for id, body in texts.items() if id in named and text_id(body) == id]
        connection = self._open()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?)", sound)
            connection.execute("COMMIT")
        finally:
            connection.close()
        return len(sound)

    def forget_others(self, wanted: ArticleList) -> None:
        """What an older list named is of no use."""
        if not self._path.is_file():
            return
        gone = self._kept() - set(wanted.texts)
        connection = self._open()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("DELETE FROM texts WHERE id = ?", [(id,) for id in gone])
            connection.execute("COMMIT")
        finally:
            connection.close()

    def bodies(self, wanted: ArticleList) -> Iterator[tuple[str, bytes]]:
        """Every text of the list, each looked at once more. Raises Damaged."""
        connection = self._open()
        try:
            with texts_here(self._articles) as here:
                for id in wanted.texts:
                    row = connection.execute("SELECT body FROM texts WHERE id = ?", (id,)).fetchone()
                    body = bytes(row[0]) if row else here.body(id)
                    if text_id(body) != id:
                        raise Damaged(id)
                    yield id, body
        finally:
            connection.close()

    def discard(self) -> None:
        for name in ("", *_BESIDE):
            with suppress(OSError):
                self._path.with_name(self._path.name + name).unlink(missing_ok=True)

    def _kept(self) -> set[str]:
        if not self._path.is_file():
            return set()
        connection = self._open()
        try:
            return {id for (id,) in connection.execute("SELECT id FROM texts")}
        finally:
            connection.close()

    def _open(self) -> Any:
        try:
            return self._opened()
        except dbapi.DatabaseError:
            self.discard()
            return self._opened()

    def _opened(self) -> Any:
        connection = dbapi.connect(str(self._path), isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("DROP TABLE IF EXISTS texts")
                connection.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID")
                connection.execute(f"PRAGMA user_version={FORMAT}")
                connection.execute("COMMIT")
        except dbapi.Error:
            connection.close()
            raise
        self._path.chmod(0o600)
        return connection
