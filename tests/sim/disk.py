"""A kiosk's disk that fails by plan, and the one place where its process dies: between any two statements."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.sqlite import dbapi
from tests.offline.standing_in import StandingIn

#: What a file is kept in while its log is not in it yet.
_LOG = "-wal"
#: Statements that change something: those a full disk refuses.
_WRITING = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE", "COMMIT")


class KioskDied(BaseException):
    """The process is gone: no handler of the program may see this as an error to deal with."""


@dataclass
class Disk:
    """``dies_in``: steps until the process dies, ``None`` for never: one step is before, one after each statement.
    ``fails_in``: statements until one errs. ``lies``: the next commit is on the disk, and the disk says that it is not.
    ``full_until``: no room until then, seconds of the course."""

    now: Callable[[], float]
    dies_in: int | None = None
    fails_in: int | None = None
    full_until: float = 0.0
    lies: bool = False
    commits: int = 0
    dead: bool = False
    open: list[Any] = field(default_factory=list)

    def connect(self, *given: Any, **options: Any) -> "_Connection":
        if self.dead:
            raise KioskDied
        self.open.append(dbapi.connect(*given, **options))
        return _Connection(self.open[-1], self)

    def seen(self) -> Any:
        """A connection that does not fail, for whoever only looks; ``None`` where the kiosk has none."""
        return self.open[-1] if self.open else None

    def close_all(self) -> None:
        while self.open:
            self.open.pop().close()

    def closed(self, connection: Any) -> None:
        self.open.remove(connection)
        connection.close()

    def before(self, statement: str) -> None:
        self._step()
        if self.now() < self.full_until and statement.startswith(_WRITING):
            raise _trouble(dbapi.SQLITE_FULL)
        if self.fails_in is not None:
            self.fails_in -= 1
            if self.fails_in == 0:
                self.fails_in = None
                raise _trouble(dbapi.SQLITE_IOERR)

    def after(self, statement: str) -> None:
        if statement == "COMMIT":
            self.commits += 1
        self._step()
        if self.lies and statement == "COMMIT":
            self.lies = False
            raise _trouble(dbapi.SQLITE_IOERR)

    def _step(self) -> None:
        if self.dead:
            raise KioskDied
        if self.dies_in is not None:
            self.dies_in -= 1
            if self.dies_in <= 0:
                self.dead, self.dies_in = True, None
                raise KioskDied

    def revive(self) -> None:
        self.dead, self.dies_in, self.fails_in, self.lies = False, None, None, False


class _Connection(StandingIn[Disk]):
    def execute(self, statement: str, *values: Any) -> Any:
        if statement.startswith("ROLLBACK"):
            return self._connection.execute(statement, *values)
        self._disk.before(statement)
        result = self._connection.execute(statement, *values)
        self._disk.after(statement)
        return result

    def close(self) -> None:
        if self._connection in self._disk.open:
            self._disk.closed(self._connection)


def as_it_lay(database: Path, close: Callable[[], None]) -> None:
    """What a dead process leaves: its last connection never tidied the log away. ``close`` gives up the locks."""
    kept = [(part, part.with_name(part.name + ".kept")) for part in (database, _log(database)) if part.exists()]
    for part, copy in kept:
        shutil.copyfile(part, copy)
    close()
    database.with_name(database.name + "-shm").unlink(missing_ok=True)
    for part, copy in kept:
        copy.replace(part)


def _log(database: Path) -> Path:
    return database.with_name(database.name + _LOG)


def _trouble(code: int) -> dbapi.OperationalError:
    error = dbapi.OperationalError("planned")
    error.sqlite_errorcode = code
    return error
