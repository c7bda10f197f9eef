"""``kiosk outbox list`` and ``verify``: read-only, beside a running kiosk, never contents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.offline import chain
from kiosk.offline.database import BUSY_TIMEOUT, readable
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
    """``rows`` looked at; ``open`` of them with content and a checked signature; ``problems`` in English."""

    rows: int = 0
    open: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def found(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


_LIST = """SELECT op_id, class, aggregate, state, made_at, attempts, nullif(next_try, '') AS next_try,
    nullif(last_answer, '') AS last_answer FROM outbox ORDER BY seq"""
_ROWS = f"SELECT seq, state, digest, prev, link, {chain.ENVELOPE_COLUMNS} FROM outbox ORDER BY seq"


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
    for seq, state, digest, prev, link, *columns in connection.execute(_ROWS):
        result.rows += 1
        if seq == last + 1 and prev != before:
            result.found(f"row {seq}: not linked to the row before it")
        if link != chain.link(prev, digest):
            result.found(f"row {seq}: its link is wrong")
        if state != "settled":  # what the hub has is erased; anything else without content is damage
            _verify_content(seq, digest, tuple(columns), kiosk_public, result)
        before, last = link, seq
    (expunged,) = connection.execute("SELECT total FROM expunged").fetchone()
    if result.rows + expunged != last:
        result.found(f"rows are missing: {last} were written, {expunged} taken out, {result.rows} are here")


def _verify_content(
    seq: int, digest: bytes, columns: tuple[object, ...], kiosk_public: bytes, result: Verification
) -> None:
    result.open += 1
    if not all(isinstance(sealed, bytes) for sealed in columns[-2:]):  # a damaged page can turn them into text
        result.found(f"row {seq}: its content has changed")
        return
    envelope = chain.envelope(columns)
    if chain.digest(envelope) != digest:
        result.found(f"row {seq}: its content has changed")
    if not is_signed_by(envelope, kiosk_public):
        result.found(f"row {seq}: its signature is wrong")


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
