"""An index in a folder of its own, built from files: to search, or to judge a search, without a hub."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.offline import durable_file
from kiosk.offline.knowledge_files import LeftOut, read, synonyms_beside
from kiosk.search.index import Document, Index, build
from kiosk.search.ranking import Why
from kiosk.sqlite import dbapi

__all__ = ["Built", "Index", "NoIndexError", "NotBuiltError", "Why", "build_index", "open_index"]

FILE = "index.db"
#: Changes with the tables: an index of another format is built anew.
FORMAT = 1
#: Pages SQLite may keep in memory, KiB.
CACHE_KIB = 2048


class NoIndexError(ValueError):
    """The folder holds no index, or a damaged one."""


class NotBuiltError(ValueError):
    """SQLite could not write it: a full disk, mostly."""


@dataclass(frozen=True, slots=True)
class Built:
    articles: int
    left_out: int
    size: int


def build_index(source: Path, folder: Path, tell: Callable[[LeftOut], object]) -> Built:
    """The whole index or the one there was. Raises OSError, ValueError (synonyms) or NotBuiltError."""
    circles = synonyms_beside(source)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    fresh.unlink(missing_ok=True)
    told: list[LeftOut] = []
    articles = 0

    def sound() -> Iterator[Document]:
        nonlocal articles
        for found in read(source):
            if isinstance(found, LeftOut):
                told.append(found)
                tell(found)
            else:
                articles += 1
                yield found

    with closing(dbapi.connect(str(fresh), isolation_level=None)) as connection:
        # Nothing but the whole file counts: no journal beside it, and one sync at the end.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        try:
            connection.execute("BEGIN")
            build(connection, sound(), circles)
            connection.execute("COMMIT")
        except dbapi.Error as error:
            raise NotBuiltError(f"{fresh}: {error}") from error
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.rename(folder / FILE)
    durable_file.sync_folder(folder)
    return Built(articles, len(told), (folder / FILE).stat().st_size)


def open_index(folder: Path) -> Index:
    """Raises NoIndexError."""
    path = folder / FILE
    if not path.is_file():
        raise NoIndexError(f"{path}: no such file")
    # The file under this name is never written to: it is replaced.
    connection = dbapi.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        if connection.execute("PRAGMA user_version").fetchone() != (FORMAT,):
            raise NoIndexError(f"{path}: of another format")
        return Index(connection)
    except dbapi.Error as error:
        connection.close()
        raise NoIndexError(f"{path}: {error}") from error
