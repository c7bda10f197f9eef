"""What could be sent, oldest first and read only as far as wanted: a long queue is not read whole at every answer.

An operation is a head where nothing older of its aggregate is unsettled. The oldest unsettled one of all is a head: the
next look begins there. That for what is first in line begins where the last one found the first.
"""

from collections.abc import Generator
from contextlib import closing

from kiosk.offline import outbox_sql
from kiosk.offline.outbox_file import OutboxFile


class Heads:
    def __init__(self, file: OutboxFile) -> None:
        self._file = file
        self._version = file.version
        self._first_from = self._from = 0

    def read(self) -> Generator[tuple[str, bool]]:
        """Operation ids, and whether it is first in line: those come before all others. Raises dbapi.Error. To be
        closed before anything is written."""
        file = self._file
        if self._version != file.version:
            self._version, self._first_from, self._from = file.version, 0, 0
        first = list(file.database.execute(outbox_sql.FIRST_HEADS, (self._first_from,)))
        self._first_from = first[0][0] if first else file.last_seq + 1
        yield from ((op_id, True) for _, op_id in first)
        known = {op_id for _, op_id in first}
        with closing(file.database.execute(outbox_sql.HEADS, (self._from,))) as rows:
            for place, (seq, op_id) in enumerate(rows):
                if place == 0:
                    self._from = seq
                if op_id not in known:
                    yield op_id, False
