"""Opening what the kiosk remembers: the database, and beside it the second copy that can make it anew.

The copy is written before the database commits, so it may have an operation the database has not: that one is taken
over, nobody having been told that it was not saved. A database that is damaged, gone, or not what was written is kept
aside and made anew from both. A copy that is damaged or behind is written anew from the database.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.offline import recalling, second_copy
from kiosk.offline.boot import DiskRefuses, Opened, TooNew, open_database, set_aside
from kiosk.offline.database import Connect, Database, disk_trouble, is_damage
from kiosk.offline.facts import Facts
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.marks import Marks
from kiosk.offline.places import Places
from kiosk.offline.recalling import Recalled, Salvaged
from kiosk.offline.rows import Rows
from kiosk.offline.second_copy import WITHDRAWN, CopyRead, Numbers, SecondCopy
from kiosk.sqlite import dbapi

#: SQLITE_READONLY: of a file that anybody may write it is its header that says so.
_READONLY = 8
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Memory:
    """``set_aside``: the damaged file that was found, ``None`` where all was well; then ``rebuilt`` operations that
    were brought over. ``caught_up``: operations only the copy had."""

    database: Database
    copy: SecondCopy
    set_aside: Path | None = None
    rebuilt: int = 0
    caught_up: int = 0

    def close(self) -> None:
        self.copy.close()
        self.database.close()


def open_memory(
    places: Places, key: KioskKey, connect: Connect = dbapi.connect, *, anew: bool = False
) -> Memory | TooNew | DiskRefuses:
    """The caller holds the folder's lock. ``anew``: make the database anew even where it seems sound.

    Raises OSError where a damaged file cannot be moved.
    """
    marks = Marks(key.marks_key)
    try:
        return _open(places, marks, connect, anew)
    except dbapi.Error as error:
        trouble = disk_trouble(error)
        if trouble is None:
            raise
        return DiskRefuses(trouble)


def _open(places: Places, marks: Marks, connect: Connect, anew: bool) -> Memory | TooNew | DiskRefuses:
    there = places.database.exists()
    opened = open_database(places.database, connect)
    if not isinstance(opened, Opened):
        return opened
    database, aside = opened.database, opened.set_aside
    if there and aside is None and (anew or not _is_true(database, marks)):
        database.close()
        aside = set_aside(places.database)
        opened = open_database(places.database, connect)
        if not isinstance(opened, Opened):
            return opened
        database = opened.database
    found = second_copy.read(places.copy, marks)
    recalled = recalling.recall(found.records)
    rebuilt = caught_up = 0
    if aside is not None or not there:
        salvaged = recalling.salvage(aside, marks) if aside is not None else Salvaged()
        with database.transaction() as connection:
            rebuilt = recalling.rebuild(connection, marks, recalled, salvaged)
            Facts.marked(connection)
    elif found.there:
        caught_up = _catch_up(database, marks, found, recalled)
    copy = SecondCopy(places.copy, marks)
    if found.is_whole and _says_the_same(database, recalled):
        copy.go_on(found)
    records = recalling.records_of(database.connection, marks) if copy.stale else None
    if records is not None:
        copy.write_anew(records)
    _say(aside, rebuilt, caught_up, found)
    return Memory(database, copy, aside, rebuilt, caught_up)


def _is_true(database: Database, marks: Marks) -> bool:
    """Rows from before marks get theirs once; from then on a row without one is damage."""
    try:
        rows = Rows(database.connection, marks)
        if not _is_sound(database):
            return False
        if not Facts(database).are_marked():
            with database.transaction() as connection:
                rows.mark_old()
                Facts.marked(connection)
        return rows.all_sound()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return False
    except dbapi.Error as error:
        read_only = getattr(error, "sqlite_errorcode", 0) & 0xFF == _READONLY and os.access(database.path, os.W_OK)
        if is_damage(error) or read_only:
            return False
        raise


def _is_sound(database: Database) -> bool:
    """Indexes too, which quick_check leaves out; and it can be written: a flipped byte in its header makes SQLite open
    a file for reading only. Nothing is written."""
    connection = database.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("UPDATE expunged SET total = total")
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    finally:
        connection.execute("ROLLBACK")


def _catch_up(database: Database, marks: Marks, found: CopyRead, recalled: Recalled) -> int:
    """Takes over what only the copy has, and takes out what a person was told is not saved."""
    rows = {str(op) for (op,) in database.execute("SELECT op_id FROM outbox")}
    last = max((position for position, op in enumerate(recalled.written) if op in rows), default=-1)
    missing = [one for op, one in list(recalled.written.items())[last + 1 :] if op not in recalled.ended]
    withdrawn = [op for op, ended in recalled.ended.items() if ended.state == WITHDRAWN and op in rows]
    blocks = recalled.numbers()
    if not missing and not withdrawn and _as_text(blocks) == _as_text(recalling.blocks_of(database.connection)):
        return 0
    with database.transaction() as connection:
        for op in withdrawn:
            connection.execute("DELETE FROM outbox WHERE op_id = ?", (op,))
        for written in missing:
            recalling.append_to(connection, marks, written)
        if found.is_whole and recalled.blocks:
            recalling.burn_others(connection, blocks)
        recalling.take_blocks(connection, blocks)
    return len(missing)


def _says_the_same(database: Database, recalled: Recalled) -> bool:
    waits = {str(op) for (op,) in database.execute("SELECT op_id FROM outbox WHERE state IN ('waiting', 'sending')")}
    dead = {str(op) for (op,) in database.execute("SELECT op_id FROM outbox WHERE state = 'dead'")}
    copied = {written.envelope.context.op for written in recalled.waiting}
    copied_dead = {op for op, ended in recalled.ended.items() if ended.state == "dead"}
    same_numbers = _as_text(recalled.numbers()) == _as_text(recalling.blocks_of(database.connection))
    return copied == waits and copied_dead == dead and same_numbers


def _as_text(blocks: list[Numbers]) -> list[str]:
    return sorted(map(repr, blocks))


def _say(aside: Path | None, rebuilt: int, caught_up: int, found: CopyRead) -> None:
    if aside is not None:
        _log.error("the database was damaged; it is kept as %s, %d operations were brought over", aside.name, rebuilt)
    elif rebuilt:
        _log.error("the database was gone; %d operations were brought over from the second copy", rebuilt)
    if caught_up:
        _log.warning("%d operations were taken over from the second copy", caught_up)
    for problem in found.problems:
        _log.warning("the second copy was damaged: %s", problem)
