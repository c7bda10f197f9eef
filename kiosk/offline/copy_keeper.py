"""Keeps the second copy beside the database: appended to before commits, synced and written anew when nobody waits."""

from collections.abc import Callable

from kiosk.offline import recalling
from kiosk.offline.database import Database
from kiosk.offline.marks import Marks
from kiosk.offline.second_copy import Record, SecondCopy

#: Seconds after which one that could not be written is tried again.
AGAIN = 60.0
#: With at most so many operations waiting it is written anew at every tidying, so that what the hub has goes from it;
#: with more, when it has become this many bytes longer.
FEW_WAITING = 200
GROWN_BYTES = 8 * 1024 * 1024


class CopyKeeper:
    """``copy`` is ``None`` for who looks at one database alone."""

    def __init__(
        self,
        copy: SecondCopy | None,
        database: Database,
        marks: Callable[[], Marks | None],
        monotonic: Callable[[], float],
    ) -> None:
        self._copy, self._database, self._marks, self._monotonic = copy, database, marks, monotonic
        self._again_at = 0.0
        self._size_anew = copy.size if copy else 0

    def append(self, record: Record) -> None:
        if self._copy is not None:
            self._copy.append(record)

    def withdraw(self, op: str) -> None:
        if self._copy is not None:
            self._copy.withdraw(op)

    def sync(self) -> None:
        if self._copy is not None:
            self._copy.sync()

    def beat(self) -> None:
        self.sync()
        if self._copy is not None and self._copy.stale and self._monotonic() >= self._again_at:
            self._again_at = self._monotonic() + AGAIN
            self.write_anew()

    def tidy(self, waiting: int) -> None:
        if self._copy is not None and (waiting <= FEW_WAITING or self._copy.size > self._size_anew + GROWN_BYTES):
            self.write_anew()

    def write_anew(self) -> None:
        """Not where a row is damaged: then the copy may be what still has it. Raises dbapi.Error."""
        marks = self._marks()
        if self._copy is None or marks is None:
            return
        records = recalling.records_of(self._database.connection, marks)
        if records is not None:
            self._copy.write_anew(records)
            self._size_anew = self._copy.size

    def close(self) -> None:
        if self._copy is not None:
            self._copy.close()
