"""Rows of the outbox, read whole and written whole: none is changed or sent that is not what was written."""

from typing import Any, NamedTuple

from kiosk.domain.operations import OutboxState
from kiosk.offline import chain
from kiosk.offline.marks import NO_MARK, Marks
from kiosk.wire.envelope import Context, Envelope

COLUMNS = (
    "seq, op_id, class, aggregate, kiosk, suite, key_id, reference, made_at, expires_at, sealed, signature, digest,"
    " prev, link, state, attempts, next_try, last_answer, dead_reason, settled_at"
)
INSERT = f"INSERT INTO outbox ({COLUMNS}, mark) VALUES ({', '.join('?' * 22)})"
_READ = f"SELECT {COLUMNS}, mark FROM outbox"
_ONE = f"{_READ} WHERE op_id = ?"
_ALL = f"{_READ} ORDER BY seq"
_CHANGE = (
    "UPDATE outbox SET sealed = ?, signature = ?, state = ?, attempts = ?, next_try = ?, last_answer = ?,"
    " dead_reason = ?, settled_at = ?, mark = ? WHERE seq = ?"
)
_MARK = "UPDATE outbox SET mark = ? WHERE seq = ?"
#: An operation in one of these is not at the hub yet and may still get there.
OPEN = frozenset({OutboxState.WAITING.value, OutboxState.SENDING.value})


class Row(NamedTuple):
    """All of a row but its mark, in the order of COLUMNS. Times are RFC 3339 or ''."""

    seq: int
    op_id: str
    kind: str
    aggregate: str
    kiosk: str
    suite: int
    key_id: str
    reference: str
    made_at: str
    expires_at: str
    sealed: bytes
    signature: bytes
    digest: bytes
    prev: bytes
    link: bytes
    state: str = OutboxState.WAITING.value
    attempts: int = 0
    next_try: str = ""
    last_answer: str = ""
    dead_reason: str = ""
    settled_at: str = ""

    @property
    def envelope(self) -> Envelope:
        context = (self.suite, self.key_id, self.kiosk, self.op_id, self.kind, self.aggregate)
        return Envelope(Context(*context, self.made_at, self.expires_at), self.sealed, self.signature)


def row_of(seq: int, head: bytes, envelope: Envelope, reference: str) -> Row:
    """A new one at the end of the chain: ``head`` is the link of the row before it."""
    context, digest = envelope.context, chain.digest(envelope)
    operation = (context.op, context.kind, context.aggregate, context.kiosk, context.suite, context.key)
    content = (reference, context.made, context.expires, envelope.sealed, envelope.signature)
    return Row(seq, *operation, *content, digest, head, chain.link(head, digest))


class Rows:
    """Inside the caller's transaction, where there is one."""

    def __init__(self, connection: Any, marks: Marks) -> None:
        self._connection, self._marks = connection, marks

    def insert(self, row: Row) -> None:
        self._connection.execute(INSERT, (*row, self._marks.of(row)))

    def sound(self, op_id: str) -> Row | None:
        """``None`` where there is none, or it is not what was written."""
        found = self._connection.execute(_ONE, (op_id,)).fetchone()
        if found is None:
            return None
        row = Row(*found[:-1])
        return row if self._marks.of(row) == found[-1] else None

    def change(self, row: Row, changed: Row) -> None:
        """``row`` was read sound; what an envelope is made of stays, or is erased."""
        values = changed[10:12] + changed[15:]
        self._connection.execute(_CHANGE, (*values, self._marks.of(changed), row.seq))

    def all_sound(self) -> bool:
        """Every row is what was written, and none is missing."""
        count = last = 0
        for *values, mark in self._connection.execute(_ALL):
            row = Row(*values)
            if self._marks.of(row) != mark:
                return False
            count, last = count + 1, row.seq
        (expunged,) = self._connection.execute("SELECT total FROM expunged").fetchone()
        return bool(count + expunged == last)

    def mark_old(self) -> None:
        """Gives rows that are older than marks theirs, where they still are what was written by all that tells."""
        for *values, mark in self._connection.execute(_ALL).fetchall():
            row = Row(*values)
            if mark == NO_MARK and _is_plausible(row):
                self._connection.execute(_MARK, (self._marks.of(row), row.seq))


def _is_plausible(row: Row) -> bool:
    erased = row.state == OutboxState.SETTLED and not row.sealed
    content = erased or chain.digest(row.envelope) == row.digest
    return content and row.link == chain.link(row.prev, row.digest) and row.state in list(OutboxState)
