"""A disk that was set back to an earlier day, second copy and all, is noticed by what the hub remembers of it.

Nothing on the disk can tell: it is a sound disk of that day. Each report of how the kiosk is says how far its memory
has come, and is answered with what the hub had heard before.
"""

import logging
from typing import Any

from kiosk.domain.presence import MemoryMark
from kiosk.offline import outbox_sql
from kiosk.offline.facts import Facts
from kiosk.offline.numbers import Numbers
from kiosk.offline.outbox_file import OutboxFile
from kiosk.sqlite import dbapi

_log = logging.getLogger(__name__)


class SetBack:
    def __init__(self, file: OutboxFile, facts: Facts) -> None:
        self._file, self._facts = file, facts

    def mark(self) -> MemoryMark | None:
        """How far this memory has come, for the hub to remember; ``None`` where it has no name yet, the disk does not
        say, or its newest rows are to be taken back: others will have their places."""
        if self._file.withdrawn:
            return None
        try:
            epoch = self._facts.epoch()
        except dbapi.Error as error:
            self._file.not_saved(error)
            return None
        return MemoryMark(epoch, self._file.last_seq, self._file.head.hex()) if epoch else None

    def heard(self, known: MemoryMark | None) -> None:
        """Where the hub knows of later than is here, numbers that would be given may have been given: none of them is
        given any more, and this memory goes on under another name."""
        try:
            if not self._is_behind(known):
                if not self._facts.is_epoch_told():
                    self._facts.remember_epoch_told()
                return
        except dbapi.Error as error:
            self._file.not_saved(error)
            return
        _log.error("this kiosk's memory was set back to an earlier day; it asks for new numbers")

        def begin_anew(connection: Any) -> None:
            Numbers.give_up(connection)
            Facts.begin_anew(connection)

        if self._file.changing(begin_anew):
            self._file.trying(self._file.copy.write_anew)

    def _is_behind(self, known: MemoryMark | None) -> bool:
        epoch = self._facts.epoch()
        if known is None or not epoch:
            return False
        if known.epoch != epoch:
            return self._facts.is_epoch_told()  # one made anew is not told yet
        rows = list(self._file.database.execute(outbox_sql.LINK, (known.seq,)))
        return known.seq > self._file.last_seq or any(link.hex() != known.link for (link,) in rows)
