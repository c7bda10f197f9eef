"""The outbox's file: every change one commit, every row authenticated, a disk that refuses a value and not the end.

Beside it what is kept in memory of it: how many wait, the end of the chain, and what must be taken back.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from kiosk.domain.outcomes import NotSaved
from kiosk.offline import chain, outbox_sql
from kiosk.offline.copy_keeper import CopyKeeper
from kiosk.offline.database import Database, disk_trouble
from kiosk.offline.marks import Marks
from kiosk.offline.rows import Row, Rows
from kiosk.offline.second_copy import SecondCopy
from kiosk.offline.tally import Tally
from kiosk.sqlite import dbapi

#: Why a row is dead that is not what was written. The next start makes the database anew with what was.
DAMAGED = "damaged"
_log = logging.getLogger(__name__)


class OutboxFile:
    """Owned by one thread. ``marks`` gives ``None`` on a kiosk that is not enrolled: it has no operations.
    ``last_seq`` and ``head``: number and link of the newest row. ``version`` changes where older rows may be open
    again."""

    def __init__(
        self,
        database: Database,
        marks: Callable[[], Marks | None],
        copy: SecondCopy | None,
        monotonic: Callable[[], float],
    ) -> None:
        self.database, self._marks = database, marks
        self.copy = CopyKeeper(copy, database, marks, monotonic)
        self.withdrawn: set[str] = set()
        self.tally = Tally()
        self.last_seq, self.head, self.version = 0, chain.GENESIS, 0
        self._read_state()

    def rows(self, connection: Any) -> Rows:
        marks = self._marks()
        if marks is None:
            raise RuntimeError("a kiosk that is not enrolled has no operations")
        return Rows(connection, marks)

    def read(self, statement: str, *values: object) -> list[Any]:
        """None where the disk does not say: what asks asks again."""
        try:
            return list(self.database.execute(statement, values))
        except dbapi.Error as error:
            self.not_saved(error)
            return []

    def changing(self, change: Callable[[Any], object]) -> bool:
        """False where the disk refuses: the change is not made and not mourned. The lease ends, the operation is sent
        again, and the hub gives the answer it has stored."""
        try:
            with self.database.transaction() as connection:
                change(connection)
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            self._recover(error)
            return False
        return True

    def change(self, connection: Any, op_id: str, states: frozenset[str], change: Callable[[Row], Row]) -> bool | None:
        """False where it is in none of ``states``: a late answer changes nothing. ``None`` where it is damaged: it is a
        dead letter now, and keeps the wrong mark that the next start looks for."""
        rows = self.rows(connection)
        row = rows.sound(op_id)
        if row is None:
            return None if connection.execute(outbox_sql.BURY, (DAMAGED, DAMAGED, op_id)).rowcount else False
        if row.state not in states:
            return False
        rows.change(row, change(row))
        return True

    def revived(self) -> None:
        """A dead letter waits again."""
        self.tally.revived()
        self.version += 1

    def trying(self, act: Callable[[], None]) -> None:
        """What may be left out where the disk refuses."""
        try:
            act()
        except dbapi.Error as error:
            self.not_saved(error)

    def not_saved(self, error: Exception, op_id: str = "") -> NotSaved:
        trouble = disk_trouble(error)
        if trouble is None:
            raise error
        if op_id:
            self.withdrawn.add(op_id)  # a commit that failed may still be found in the file later
            self.copy.withdraw(op_id)
        self._recover(error)
        return NotSaved(trouble, str(error))

    def _recover(self, error: Exception) -> None:
        _log.error("the disk refuses: %s", error)
        try:
            self.database.reopen()
            self._read_state()
            self.finish_withdrawals()
        except dbapi.Error as again:
            _log.error("it still refuses after reopening: %s", again)

    def finish_withdrawals(self) -> None:
        """What a person was told is not saved must not be sent: they may have told us again."""
        if not self.withdrawn:
            return
        with self.database.transaction() as connection:
            for op_id in self.withdrawn:
                connection.execute(outbox_sql.WITHDRAW, (op_id,))
        self.withdrawn.clear()
        self._read_state()

    def close(self) -> None:
        self.copy.close()
        self.database.close()

    def _read_state(self) -> None:
        """Counts and the end of the chain as they stand in the file."""
        self.version += 1
        self.tally = Tally.of(self.database.execute(outbox_sql.STATES))
        (sent,) = self.database.execute(outbox_sql.LAST_SENT).fetchone()
        self.tally.last_sent = datetime.fromisoformat(sent) if sent else None
        self.last_seq, self.head = self.database.execute(outbox_sql.LAST).fetchone() or (0, chain.GENESIS)
