"""What the second copy says, laid together; and a database made of it when the one there was is damaged."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.domain.operations import OutboxState
from kiosk.domain.references import parse
from kiosk.offline import chain, outbox_sql
from kiosk.offline.database import readable
from kiosk.offline.marks import Marks
from kiosk.offline.rows import COLUMNS, OPEN, Row, Rows, row_of
from kiosk.offline.second_copy import WITHDRAWN, Ended, HubTime, Numbers, Record, Written
from kiosk.sqlite import dbapi

_SUFFIXES = ("", "-wal", "-shm")
_BLOCKS = "SELECT kiosk, first, last, next FROM number_block"
#: Facts that are brought over from a damaged file. Not the id under which numbers were asked for: the hub would give
#: the block again that was given for it.
_FACTS = frozenset({"hub_time", "neighbours", "closed"})


@dataclass(slots=True)
class Recalled:
    """By operation id in the order they were written; ``ended`` those of them the kiosk is through with."""

    written: dict[str, Written] = field(default_factory=dict)
    ended: dict[str, Ended] = field(default_factory=dict)
    blocks: dict[tuple[str, int], Numbers] = field(default_factory=dict)
    hub_time: str = ""

    def note(self, record: Record) -> None:
        match record:
            case Written():
                self.written.setdefault(record.envelope.context.op, record)
                self._note_time(record.envelope.context.made)
            case Ended(op, state):
                if state in OPEN:  # a dead letter that was sent again
                    self.ended.pop(op, None)
                else:
                    self.ended[op] = record
            case Numbers(kiosk, first):
                self.blocks[kiosk, first] = record
            case HubTime(at):
                self._note_time(at)

    def _note_time(self, at: str) -> None:
        self.hub_time = max(self.hub_time, at, key=_moment)

    @property
    def waiting(self) -> list[Written]:
        """Dead ones are ended too."""
        return [written for op, written in self.written.items() if op not in self.ended]

    def numbers(self) -> list[Numbers]:
        """Each block with what was taken from it taken."""
        highest: dict[str, set[int]] = {}
        for written in self.written.values():
            reference = parse(written.reference)
            if reference is not None:
                highest.setdefault(reference.kiosk, set()).add(reference.counter)
        found = []
        for block in self.blocks.values():
            used = [one for one in highest.get(block.kiosk, ()) if block.first <= one <= block.last]
            found.append(Numbers(block.kiosk, block.first, block.last, max(block.next, *(one + 1 for one in used), 0)))
        return found


def recall(records: Iterable[Record]) -> Recalled:
    recalled = Recalled()
    for record in records:
        recalled.note(record)
    return recalled


def records_of(connection: Any, marks: Marks) -> list[Record] | None:
    """What a copy of this database holds, written anew: what is at the hub is left out. ``None`` where a row is not
    what was written."""
    records: list[Record] = [*blocks_of(connection)]
    records += [HubTime(at) for (at,) in connection.execute("SELECT value FROM fact WHERE name = 'hub_time'")]
    wanted = f"SELECT {COLUMNS}, mark FROM outbox WHERE state <> 'settled' ORDER BY seq"
    for *values, mark in connection.execute(wanted):
        row = Row(*values)
        if marks.of(row) != mark:
            return None
        records.append(Written(row.reference, row.envelope))
        if row.state not in OPEN:
            records.append(Ended(row.op_id, row.state, row.dead_reason))
    return records


def append_to(connection: Any, marks: Marks, written: Written, ended: Ended | None = None) -> None:
    """As a new row at the end of the chain, inside the caller's transaction."""
    seq, head = connection.execute(outbox_sql.LAST).fetchone() or (0, chain.GENESIS)
    row = row_of(seq + 1, head, written.envelope, written.reference)
    if ended is not None:
        row = row._replace(state=ended.state, last_answer=ended.answer, dead_reason=ended.answer)
    Rows(connection, marks).insert(row)
    _take_number(connection, written.reference)  # its block may stand in a line that is damaged


def blocks_of(connection: Any) -> list[Numbers]:
    return [Numbers(*block) for block in connection.execute(_BLOCKS)]


def burn_others(connection: Any, blocks: Iterable[Numbers]) -> None:
    """Of a block nobody knows of no number is given."""
    known = {(block.kiosk, block.first, block.last) for block in blocks}
    for block in blocks_of(connection):
        if (block.kiosk, block.first, block.last) not in known:
            connection.execute(
                "UPDATE number_block SET next = last + 1 WHERE kiosk = ? AND first = ?", (block.kiosk, block.first)
            )


def take_blocks(connection: Any, blocks: Iterable[Numbers]) -> None:
    """No number is given that may have been given."""
    for block in blocks:
        connection.execute(
            "INSERT INTO number_block VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET last = excluded.last, next = min(excluded.last + 1, max(next, excluded.next))",
            (block.kiosk, block.first, block.last, block.next),
        )


@dataclass(slots=True)
class Salvaged:
    """What can be believed of a damaged file; ``facts`` single values that are judged where they are read."""

    rows: list[Row] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


def salvage(aside: Path, marks: Marks) -> Salvaged:
    """Read from a copy of it: what was set aside stays as it was found."""
    found = Salvaged()
    scratch = aside.with_name(f"{aside.name}.salvage")
    try:
        for suffix in _SUFFIXES:
            part = aside.with_name(aside.name + suffix)
            if part.exists():
                scratch.with_name(scratch.name + suffix).write_bytes(part.read_bytes())
        with closing(dbapi.connect(str(scratch), isolation_level=None)) as connection:
            connection.text_factory = readable
            _salvage(connection, marks, found)
    except (dbapi.Error, UnicodeDecodeError):
        pass  # what was read before is kept
    finally:
        for suffix in _SUFFIXES:
            scratch.with_name(scratch.name + suffix).unlink(missing_ok=True)
    return found


def _salvage(connection: Any, marks: Marks, found: Salvaged) -> None:
    rows: dict[str, Row] = {}
    for direction in ("ASC", "DESC"):  # from both ends up to where it cannot be read
        try:
            for *values, mark in connection.execute(f"SELECT {COLUMNS}, mark FROM outbox ORDER BY seq {direction}"):
                row = Row(*values)
                if marks.of(row) == mark:
                    rows[row.op_id] = row
        except (dbapi.Error, UnicodeDecodeError, UnicodeEncodeError):
            continue
    found.rows = sorted(rows.values(), key=lambda row: row.seq)
    facts = connection.execute("SELECT name, value FROM fact")
    found.facts = [(str(name), str(value)) for name, value in facts if name in _FACTS]


def rebuild(connection: Any, marks: Marks, recalled: Recalled, salvaged: Salvaged) -> int:
    """Into a new database, inside the caller's transaction: every operation either of the two still has and the hub
    may not have. How many there are."""
    known = {row.op_id: row for row in salvaged.rows}
    wanted = [written for written in _in_order(recalled, salvaged) if _is_owed(written, recalled, known)]
    for written in wanted:
        append_to(connection, marks, written, _dead(written, recalled, known))
    take_blocks(connection, recalled.numbers())
    for row in salvaged.rows:
        _take_number(connection, row.reference)
    copied = [("hub_time", recalled.hub_time)] if recalled.hub_time else []
    for name, value in salvaged.facts + copied:
        connection.execute("INSERT INTO fact VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))
    return len(wanted)


def _in_order(recalled: Recalled, salvaged: Salvaged) -> list[Written]:
    """As they were written; what only the damaged file has stands before what followed it there."""
    found: list[Written] = []
    only_there = [row for row in salvaged.rows if row.op_id not in recalled.written and row.sealed]
    known = {row.op_id: row.seq for row in salvaged.rows}
    for op, written in recalled.written.items():
        while only_there and only_there[0].seq < known.get(op, 0):
            row = only_there.pop(0)
            found.append(Written(row.reference, row.envelope))
        found.append(written)
    return found + [Written(row.reference, row.envelope) for row in only_there]


def _is_owed(written: Written, recalled: Recalled, known: dict[str, Row]) -> bool:
    """The hub may not have it. Where one of the two says it is through with it, it is."""
    op = written.envelope.context.op
    ended, row = recalled.ended.get(op), known.get(op)
    through = (OutboxState.SETTLED.value, WITHDRAWN)
    return not (ended is not None and ended.state in through) and not (row is not None and row.state in through)


def _dead(written: Written, recalled: Recalled, known: dict[str, Row]) -> Ended | None:
    op = written.envelope.context.op
    row = known.get(op)
    if row is not None and row.state == OutboxState.DEAD:
        return Ended(op, row.state, row.dead_reason)
    return recalled.ended.get(op)


def _moment(text: str) -> float:
    """Seconds, 0 for what is no time."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _take_number(connection: Any, text: str) -> None:
    reference = parse(text)
    if reference is not None:
        connection.execute(
            "UPDATE number_block SET next = max(next, ?) WHERE kiosk = ? AND first <= ? AND last >= ?",
            (reference.counter + 1, reference.kiosk, reference.counter, reference.counter),
        )
