"""A connection whose n-th statement of a kind fails the way SQLite says a disk does."""

from typing import Any

from kiosk.sqlite import dbapi
from tests.offline.standing_in import StandingIn


class FailingDisk:
    """``connect`` for Database. ``fail(statement, code, after)``: the next execute that starts with ``statement``
    raises; with ``after`` it is carried out first, as a commit whose answer was an error but which is on the disk."""

    def __init__(self) -> None:
        self._statement = ""
        self._code = 0
        self._after = False
        self.closed = 0

    def fail(self, statement: str, code: int, after: bool = False) -> None:
        self._statement, self._code, self._after = statement, code, after

    def connect(self, *arguments: Any, **options: Any) -> "_Connection":
        return _Connection(dbapi.connect(*arguments, **options), self)

    def check(self, statement: str, before: bool) -> None:
        if not self._statement or not statement.startswith(self._statement) or before is self._after:
            return
        self._statement = ""
        error = dbapi.OperationalError("planted")
        error.sqlite_errorcode = self._code
        raise error


class _Connection(StandingIn[FailingDisk]):
    def execute(self, statement: str, *values: Any) -> Any:
        self._disk.check(statement, before=True)
        result = self._connection.execute(statement, *values)
        self._disk.check(statement, before=False)
        return result

    def close(self) -> None:
        self._disk.closed += 1
        self._connection.close()
