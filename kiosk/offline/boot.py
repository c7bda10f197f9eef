"""Opening the database at start: sound, at the newest schema, and a broken one kept aside instead of served."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kiosk.domain.outcomes import NotSavedReason
from kiosk.offline import durable_file
from kiosk.offline.database import Connect, Database, disk_trouble, is_damage
from kiosk.offline.released import RELEASED, SCHEMA
from kiosk.sqlite import dbapi

#: Most broken files kept; the oldest of more than these is what a person has to clear away first.
MOST_KEPT = 100

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """``set_aside`` is the broken file that was found, ``None`` where all was well: staff have to be told."""

    database: Database
    set_aside: Path | None = None


@dataclass(frozen=True, slots=True)
class TooNew:
    """A newer version has written this file; ``migrations`` are those this version does not know."""

    migrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiskRefuses:
    """The disk is full or failing: no database can be opened or made."""

    why: NotSavedReason


def open_database(path: Path, connect: Connect = dbapi.connect) -> Opened | TooNew | DiskRefuses:
    """The caller holds the folder's lock. Raises OSError where a broken file cannot be moved."""
    try:
        return _open(path, connect)
    except dbapi.Error as error:
        trouble = disk_trouble(error)
        if trouble is None:
            raise
        return DiskRefuses(trouble)


def _open(path: Path, connect: Connect) -> Opened | TooNew:
    found = path.exists()
    aside = set_aside(path) if found and not _is_sound(path, connect) else None
    database = Database(path, connect)
    applied = _applied(database)
    if applied is not None and applied > set(RELEASED):
        database.close()
        return TooNew(tuple(sorted(applied - set(RELEASED))))
    if applied is None or not _brought_up(database, applied):
        database.close()
        aside = set_aside(path)
        database = Database(path, connect)
        _migrate(database)
    if not found or aside is not None:
        durable_file.sync_folder(path.parent)
    return Opened(database, aside)


def _brought_up(database: Database, applied: set[str]) -> bool:
    """False where the file's own account of the steps it has been through cannot be true: it is damaged."""
    if applied != set(RELEASED[: len(applied)]):
        return False
    try:
        if applied != set(RELEASED):
            _migrate(database)
        return _schema(database) == SCHEMA
    except dbapi.DatabaseError as error:
        if not applied or not _is_of_the_file(error):
            raise
        _log.error("the schema is not what the file says: %s", error)
        return False


def _schema(database: Database) -> str:
    """SHA-256 (hex) of the tables' own words: a letter that changes there makes another table."""
    wanted = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%sqlite%' AND name <> 'growth' ORDER BY name"
    return sha256(repr(database.execute(wanted).fetchall()).encode()).hexdigest()


def _is_of_the_file(error: Exception) -> bool:
    """What SQLite says where the words of a table or the account of steps are damaged is not the disk's fault."""
    said = isinstance(error, dbapi.OperationalError | dbapi.IntegrityError)
    return is_damage(error) or (said and disk_trouble(error) is None)


def _migrate(database: Database) -> None:
    # sqlite-utils costs 7 MB and is needed at the first start and after an update only
    from kiosk.offline.migrations import migrate

    migrate(database.connection)


def _applied(database: Database) -> set[str] | None:
    """Names of the steps this file has been through; nothing for a new one, ``None`` for one that cannot say it."""
    try:
        there = database.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone()
        if there is None:
            empty = database.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
            return set() if empty else None
        rows = database.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'kiosk'")
        return {str(name) for (name,) in rows.fetchall()}
    except dbapi.DatabaseError as error:
        if not _is_of_the_file(error):
            raise
        return None


def _is_sound(path: Path, connect: Connect) -> bool:
    try:
        database = Database(path, connect)
        try:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        finally:
            database.close()
    except UnicodeDecodeError:
        return False  # SQLite quotes what is damaged in its message, and that may be no text
    except dbapi.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (dbapi.SQLITE_CORRUPT, 26):  # 26: NOTADB
            return False
        raise


def set_aside_files(path: Path) -> list[Path]:
    """Broken databases that are kept beside it, the oldest first."""
    asides = (path.with_name(f"{path.name}.broken-{number}") for number in range(1, MOST_KEPT + 1))
    return [aside for aside in asides if aside.exists()]


def set_aside(path: Path) -> Path:
    """Keeps a broken database under another name. Its log goes with it: what that holds may be the sound part."""
    for number in range(1, MOST_KEPT + 1):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not aside.exists():
            break
    else:
        raise OSError(f"{MOST_KEPT} broken databases are kept beside {path}; move them away")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    durable_file.sync_folder(path.parent)
    return aside
