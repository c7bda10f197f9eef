"""What came of the self-tests made at this kiosk, kept in its database."""

import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.domain.roles import Role
from kiosk.domain.self_tests import Part, SelfTestRecord, Staff, Verdict
from kiosk.offline.database import Database, disk_trouble
from kiosk.offline.outbox_reading import reading
from kiosk.sqlite import dbapi

#: Records kept; the oldest goes first.
MOST_KEPT = 1000
#: Records told to the hub at a time.
MOST_TOLD = 20
#: Longest word of a device that is kept, characters.
LONGEST_SEEN = 80

_COLUMNS = "id, part, at, role, alias, outcome, confirmed_role, confirmed_alias, seen"
_LATEST = (
    f"SELECT {_COLUMNS} FROM self_test WHERE seq IN (SELECT max(seq) FROM self_test GROUP BY part) ORDER BY seq DESC"
)
_log = logging.getLogger(__name__)


class SelfTestStore:
    """``services.ports.SelfTestRecords``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, record: SelfTestRecord) -> bool:
        confirmed = record.confirmed_by
        values = (
            record.id,
            record.part.value,
            record.at.isoformat(timespec="seconds"),
            record.by.role.value,
            record.by.alias,
            record.outcome.value,
            confirmed.role.value if confirmed else "",
            confirmed.alias if confirmed else "",
            record.seen[:LONGEST_SEEN],
        )
        try:
            with self._database.transaction() as connection:
                connection.execute(f"INSERT INTO self_test ({_COLUMNS}, told) VALUES (?,?,?,?,?,?,?,?,?,0)", values)
                connection.execute(
                    "DELETE FROM self_test WHERE seq <= (SELECT max(seq) FROM self_test) - ?", (MOST_KEPT,)
                )
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            _log.warning("a self-test was not written down")
            return False
        return True

    def latest(self) -> tuple[SelfTestRecord, ...]:
        return latest(self._database)

    def untold(self) -> tuple[SelfTestRecord, ...]:
        wanted = f"SELECT {_COLUMNS} FROM self_test WHERE told = 0 ORDER BY seq LIMIT {MOST_TOLD}"
        return _records(self._database.execute(wanted))

    def told(self, ids: tuple[str, ...]) -> None:
        try:
            with self._database.transaction() as connection:
                connection.executemany("UPDATE self_test SET told = 1 WHERE id = ?", [(each,) for each in ids])
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            _log.warning("told self-tests are told once more")


def latest(connection: Any) -> tuple[SelfTestRecord, ...]:
    """The last record of each part, newest first."""
    return _records(connection.execute(_LATEST))


def latest_in(database: Path) -> tuple[SelfTestRecord, ...]:
    """Of a kiosk that may be running; nothing where there is no such database, or one from before self-tests."""
    try:
        with reading(database) as connection:
            return latest(connection)
    except (dbapi.Error, FileNotFoundError):
        return ()


def _records(rows: Iterable[tuple[str, ...]]) -> tuple[SelfTestRecord, ...]:
    """What a later version has written and this one does not know is left out."""
    found = []
    for row in rows:
        try:
            found.append(_record(*row))
        except ValueError:
            continue
    return tuple(found)


def _record(*row: str) -> SelfTestRecord:
    id, part, at, role, alias, outcome, confirmed_role, confirmed_alias, seen = row
    confirmed = Staff(Role(confirmed_role), confirmed_alias) if confirmed_role else None
    by = Staff(Role(role), alias)
    return SelfTestRecord(id, Part(part), datetime.fromisoformat(at), by, Verdict(outcome), confirmed, seen)
