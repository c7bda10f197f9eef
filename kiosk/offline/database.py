"""One connection to one SQLite file, set up so that COMMIT means on the disk."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kiosk.domain.outcomes import NotSavedReason
from kiosk.sqlite import dbapi, require_sound

#: Milliseconds a statement waits for a lock; only readers beside us can hold one, for moments.
BUSY_TIMEOUT = 2_000
#: Bytes the write-ahead log is grown to once, so that no commit has to make the file longer (half the cost).
WAL_BYTES = 8 * 1024 * 1024
_GROWTH_STEP = 512 * 1024
#: Pages (4 KiB) after which SQLite checkpoints by itself; below WAL_BYTES, so that the log never grows again.
CHECKPOINT_PAGES = 1_000

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged work when the power goes
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA cell_size_check=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT}",
    f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}",
)
_DISK_ERRORS = frozenset({dbapi.SQLITE_IOERR, dbapi.SQLITE_CORRUPT, 26, 14, 8, 5})  # NOTADB CANTOPEN READONLY BUSY
_DAMAGE = frozenset({dbapi.SQLITE_CORRUPT, 26})  # NOTADB

Connect = Callable[..., Any]


class Database:
    """``connect`` is the place where tests put a disk that fails. ``commit_seconds`` is the total spent in COMMIT."""

    def __init__(self, path: Path, connect: Connect = dbapi.connect, monotonic: Callable[[], float] = time.monotonic):
        require_sound()
        self.path = path
        self.commit_seconds = 0.0
        self._connect = connect
        self._monotonic = monotonic
        self._connection: Any = self._open()

    @property
    def connection(self) -> Any:
        """Opened again where the last attempt to do so failed."""
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self) -> Any:
        connection = self._connect(str(self.path), isolation_level=None)
        connection.text_factory = readable
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
        except dbapi.Error:
            connection.close()
            raise
        self.path.chmod(0o600)
        return connection

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> Any:
        return self.connection.execute(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """BEGIN IMMEDIATE .. COMMIT; whatever is raised inside or by the commit rolls back and is raised again."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            started = self._monotonic()
            connection.execute("COMMIT")
            self.commit_seconds += self._monotonic() - started
        except BaseException:
            with suppress(dbapi.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise

    def reopen(self) -> None:
        """After an I/O error nothing this connection believes is trusted: a failed fsync is not tried again as if
        nothing had happened. Raises dbapi.Error where the file cannot be opened."""
        self.close()
        self._connection = self._open()

    def grow_log(self) -> bool:
        """Writes the log to WAL_BYTES once and starts it again from its beginning. RESTART keeps the length, TRUNCATE
        would give it away. SQLite removes the log when the last connection closes, so this runs at every start.
        False where the disk has no room: then commits are slower, nothing else."""
        try:
            self._grow_log()
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            self.reopen()
            return False
        return True

    def _grow_log(self) -> None:
        connection = self.connection
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE IF NOT EXISTS growth (filler BLOB)")
        for _ in range(WAL_BYTES // _GROWTH_STEP):
            with self.transaction():
                connection.execute("DELETE FROM growth")
                connection.execute("INSERT INTO growth VALUES (zeroblob(?))", (_GROWTH_STEP,))
        connection.execute("DROP TABLE growth")
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")

    def close(self) -> None:
        with suppress(dbapi.Error):
            if self._connection is not None:
                self._connection.close()
        self._connection = None


def readable(text: bytes) -> str:
    """Damaged text, also in SQLite's own messages about damage, must not end the program that looks for it."""
    return text.decode("utf-8", "replace")


def is_damage(error: Exception) -> bool:
    """The file is not what it was: no bug of ours, and no disk that refuses now."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def disk_trouble(error: Exception) -> NotSavedReason | None:
    """Why the disk did not take it; ``None`` where the error is not the disk's but a bug's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == dbapi.SQLITE_FULL:
        return NotSavedReason.DISK_FULL
    return NotSavedReason.DISK_ERROR if code in _DISK_ERRORS else None
