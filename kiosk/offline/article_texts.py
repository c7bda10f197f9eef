"""The texts this kiosk searches now, byte for byte: what of a new list need not come again."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kiosk.offline.article_store import FORMAT
from kiosk.sqlite import dbapi


class TextsHere:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def ids(self) -> set[str]:
        with suppress(dbapi.Error):
            if self._connection is not None:
                return {id for (id,) in self._connection.execute("SELECT text FROM articles")}
        return set()

    def body(self, id: str) -> bytes:
        """b'' where there is none, or where the file turns out to be damaged."""
        with suppress(dbapi.Error):
            if self._connection is not None:
                row = self._connection.execute("SELECT body FROM articles WHERE text = ?", (id,)).fetchone()
                return bytes(row[0]) if row else b""
        return b""


@contextmanager
def texts_here(path: Path) -> Iterator[TextsHere]:
    """Of a file of article_store; none, or one that is damaged or of another version, holds nothing."""
    if not path.is_file():
        yield TextsHere(None)
        return
    connection = dbapi.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield TextsHere(connection if _is_ours(connection) else None)
    finally:
        connection.close()


def _is_ours(connection: Any) -> bool:
    with suppress(dbapi.Error):
        return bool(connection.execute("PRAGMA user_version").fetchone() == (FORMAT,))
    return False
