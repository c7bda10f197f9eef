"""``kiosk outbox list`` and ``verify``: read-only, beside a running kiosk, never contents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.offline import chain, second_copy
from kiosk.offline.database import BUSY_TIMEOUT, readable
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.marks import NO_MARK, Marks
from kiosk.offline.places import Places
from kiosk.offline.recalling import recall
from kiosk.offline.rows import COLUMNS, OPEN, Row
from kiosk.offline.tally import LIMIT, WARN_FROM
from kiosk.services.ports import QueueFill
from kiosk.sqlite import dbapi, require_sound
from kiosk.wire.envelope import is_signed_by

#: Most problems that are named one by one.
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class NoOutbox:
    """There is no database, or one this program cannot read. ``detail`` for the person who asked."""

    detail: str


@dataclass(slots=True)
class Verification:
    """``rows`` looked at; ``open`` of them with content and a checked signature; ``copied`` sound lines of the second
    copy, ``None`` where there is none; ``problems`` in English."""

    rows: int = 0
    open: int = 0
    problems: list[str] = field(default_factory=list)
    copied: int | None = None

    @property
    def ok(self) -> bool:
        return not self.problems

    def found(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


_LIST = """SELECT op_id, class, aggregate, state, made_at, attempts, nullif(next_try, '') AS next_try,
    nullif(last_answer, '') AS last_answer FROM outbox ORDER BY seq"""
_ROWS = f"SELECT {COLUMNS} FROM outbox ORDER BY seq"
#: Also of a file that is older than marks.
_MARKED = "SELECT EXISTS (SELECT 1 FROM fact WHERE name = 'marked')"
_MARKS = f"SELECT {COLUMNS}, mark FROM outbox ORDER BY seq"
_STATE = "SELECT state FROM outbox WHERE op_id = ?"


def listing(database: Path) -> list[dict[str, object]] | NoOutbox:
    """Oldest first: op_id, class, aggregate, state, made_at, attempts, next_try, last_answer (null where none)."""
    try:
        with reading(database) as connection:
            cursor = connection.execute(_LIST)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
    except (dbapi.Error, UnicodeDecodeError, FileNotFoundError) as error:
        return NoOutbox(str(error))


def fill(database: Path) -> QueueFill | NoOutbox:
    counted = "SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending')), count(*) FILTER (WHERE state = 'dead')"
    try:
        with reading(database) as connection:
            unsettled, dead = connection.execute(f"{counted} FROM outbox").fetchone()
    except (dbapi.Error, FileNotFoundError) as error:
        return NoOutbox(str(error))
    return QueueFill(unsettled, dead, LIMIT, nearly_full=unsettled + dead >= WARN_FROM)


def verify(database: Path, kiosk_public: bytes) -> Verification | NoOutbox:
    """Integrity of the file, every row's digest, link and signature, and that no row is missing.

    A row whose content was erased when it ended has no signature any more; its link still vouches for it.
    """
    result = Verification()
    try:
        with reading(database) as connection:
            for (line,) in connection.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})"):
                if line != "ok":
                    result.found(f"file: {line}")
            connection.execute("BEGIN")  # one snapshot beside a running kiosk
            _verify_rows(connection, kiosk_public, result)
    except FileNotFoundError as error:
        return NoOutbox(str(error))
    except (dbapi.Error, UnicodeDecodeError) as error:  # SQLite quotes what is damaged, and that may be no text
        result.found(f"file: {error}")
    return result


def _verify_rows(connection: Any, kiosk_public: bytes, result: Verification) -> None:
    before, last = chain.GENESIS, 0
    for values in connection.execute(_ROWS):
        row = Row(*values)
        result.rows += 1
        if row.seq == last + 1 and row.prev != before:
            result.found(f"row {row.seq}: not linked to the row before it")
        if row.link != chain.link(row.prev, row.digest):
            result.found(f"row {row.seq}: its link is wrong")
        if row.state != "settled":  # what the hub has is erased; anything else without content is damage
            _verify_content(row, kiosk_public, result)
        before, last = row.link, row.seq
    (expunged,) = connection.execute("SELECT total FROM expunged").fetchone()
    if result.rows + expunged != last:
        result.found(f"rows are missing: {last} were written, {expunged} taken out, {result.rows} are here")


def _verify_content(row: Row, kiosk_public: bytes, result: Verification) -> None:
    result.open += 1
    if not isinstance(row.sealed, bytes) or not isinstance(row.signature, bytes):  # a damaged page can make it text
        result.found(f"row {row.seq}: its content has changed")
        return
    if chain.digest(row.envelope) != row.digest:
        result.found(f"row {row.seq}: its content has changed")
    if not is_signed_by(row.envelope, kiosk_public):
        result.found(f"row {row.seq}: its signature is wrong")


def verify_all(places: Places, key: KioskKey) -> Verification | NoOutbox:
    """As ``verify``, and with the key at hand every value of every row, and the second copy."""
    result = verify(places.database, key.public)
    if isinstance(result, NoOutbox):
        return result
    marks = Marks(key.marks_key)
    try:
        with reading(places.database) as connection:
            connection.execute("BEGIN")
            (marked,) = connection.execute(_MARKED).fetchone()
            waiting = _verify_marks(connection, marks, result) if marked else []
        found = second_copy.read(places.copy, marks)
        result.copied = len(found.records) if found.there else None
        for problem in found.problems:
            result.found(f"second copy: {problem}")
        copied = recall(found.records).written
        with reading(places.database) as connection:
            for op_id in waiting:  # what the hub has by now may be gone from the copy
                if op_id not in copied and connection.execute(_STATE, (op_id,)).fetchone()[0] in OPEN:
                    result.found(f"second copy: operation {op_id} is missing")
    except (dbapi.Error, UnicodeDecodeError, UnicodeEncodeError, TypeError) as error:
        result.found(f"file: {error}")
    return result


def _verify_marks(connection: Any, marks: Marks, result: Verification) -> list[str]:
    """The ids of what waits."""
    waiting = []
    for *values, mark in connection.execute(_MARKS):
        row = Row(*values)
        if mark == NO_MARK or marks.of(row) != mark:
            result.found(f"row {row.seq}: not what was written")
        if row.state in OPEN:
            waiting.append(row.op_id)
    return waiting


@contextmanager
def reading(database: Path) -> Iterator[Any]:
    """A connection that cannot write, beside a running kiosk. Raises FileNotFoundError and dbapi.Error."""
    require_sound()
    if not database.exists():
        raise FileNotFoundError(f"no outbox at {database}")
    connection = dbapi.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.text_factory = readable
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        yield connection
    finally:
        connection.close()
