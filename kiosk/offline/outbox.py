"""Operations the hub has not accepted yet. Saved means committed: nothing says so before COMMIT has returned."""

from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec

from kiosk.domain.operations import NUMBERED, OperationClass, OpId, OutboxState
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Refused, Saved, SaveOutcome, Taken, Unreached
from kiosk.domain.parcels import Parcel
from kiosk.domain.queueable import Queueable
from kiosk.domain.references import NumberBlock, NumbersUsedUp
from kiosk.offline import chain, outbox_sql
from kiosk.offline.database import Database
from kiosk.offline.facts import Facts
from kiosk.offline.heads import Heads
from kiosk.offline.numbers import Numbers
from kiosk.offline.outbox_file import DAMAGED, OutboxFile
from kiosk.offline.rows import OPEN, Row, row_of
from kiosk.offline.schedule import Schedule
from kiosk.offline.sealer import Sealer
from kiosk.offline.second_copy import Ended, SecondCopy, Written
from kiosk.offline.second_copy import Numbers as NumbersCopied
from kiosk.offline.set_back import SetBack
from kiosk.services.ports import Clock, NumbersLeft, Queued, QueueFill
from kiosk.sqlite import dbapi
from kiosk.wire.envelope import Envelope
from kiosk.wire.on_paper import digits_of

#: How long a settled operation's reference and answer are kept; its sealed content goes when it settles.
KEEP_SETTLED = timedelta(days=7)
#: Another block of reference numbers is asked for when fewer are left: the hub's whole block, so that a kiosk that was
#: on line once can give that many without it.
NUMBERS_LOW = 200
#: Longest text of an answer or reason that is kept, characters.
LONGEST_ANSWER = 200
#: What a row's last answer says once the hub has it.
ACCEPTED = "accepted"
#: Why a row is dead although the hub never said no.
EXPIRED = "expired"
_SENDING = frozenset({OutboxState.SENDING.value})
_DEAD = frozenset({OutboxState.DEAD.value})


def _waits_again(row: Row) -> Row:
    return row._replace(state=OutboxState.WAITING.value, dead_reason="")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Ready to be committed: ``block`` is the one whose next number is in the envelope; ``None`` and '' where the
    class has no number. ``on_paper`` as in domain.outcomes.Saved."""

    envelope: Envelope
    block: NumberBlock | None
    reference: str
    on_paper: str = ""


def _settled(answer: Taken, row: Row) -> Row:
    at = answer.received_at.isoformat(timespec="milliseconds")
    ended = row._replace(state=OutboxState.SETTLED.value, last_answer=ACCEPTED, settled_at=at)
    return ended._replace(sealed=b"", signature=b"", next_try="")


def _dead(reason: str, row: Row) -> Row:
    return row._replace(state=OutboxState.DEAD.value, next_try="", last_answer=reason, dead_reason=reason)


class Outbox:
    """Owned by one thread. ``sealer`` is ``None`` on a kiosk that is not enrolled: it can save nothing yet. ``copy`` as
    ``open_memory`` gave it."""

    def __init__(self, database: Database, sealer: Sealer | None, clock: Clock, copy: SecondCopy | None = None) -> None:
        self.sealer = sealer
        self._clock = clock
        self._file = OutboxFile(database, lambda: self.sealer.marks if self.sealer else None, copy, clock.monotonic)
        self._copy = self._file.copy
        self._numbers = Numbers(database)
        self._facts = Facts(database)
        self._heads = Heads(self._file)
        self._schedule = Schedule(clock.monotonic)
        self.set_back = SetBack(self._file, self._facts)

    def enqueue(self, draft: Queueable) -> SaveOutcome:
        sealed = self.seal(draft)
        return sealed if isinstance(sealed, NotSaved) else self.commit(sealed)

    def seal(self, draft: Queueable) -> Sealed | NotSaved:
        """The costly half, before any transaction. It takes no number yet: only ``commit`` does."""
        if self.sealer is None:
            return NotSaved(NotSavedReason.NOT_ENROLLED)
        if draft.kind not in NUMBERED:
            return Sealed(self.sealer.operation(draft, OpId.new(), "", self._clock.hub_now()), None, "")
        try:
            block = self._numbers.current()
        except dbapi.Error as error:
            return self._file.not_saved(error)
        taken = block.take() if block else NumbersUsedUp()
        if block is None or isinstance(taken, NumbersUsedUp):
            return NotSaved(NotSavedReason.NO_NUMBERS)
        reference = str(taken[0])
        envelope = self.sealer.operation(draft, OpId.new(), reference, self._clock.hub_now())
        return Sealed(envelope, block, reference, digits_of(envelope))

    def commit(self, sealed: Sealed) -> SaveOutcome:
        """One transaction: the number is taken and the operation stands in the queue, or neither."""
        if self._file.tally.is_full:
            return NotSaved(NotSavedReason.QUEUE_FULL)
        op_id = sealed.envelope.context.op
        try:
            self._file.finish_withdrawals()
            self._insert(sealed)
        except dbapi.Error as error:
            return self._file.not_saved(error, op_id)
        self._file.tally.added()
        self._schedule.wake()
        return Saved(op_id, sealed.reference, sealed.on_paper)

    def _insert(self, sealed: Sealed) -> None:
        file = self._file
        row = row_of(file.last_seq + 1, file.head, sealed.envelope, sealed.reference)
        self._copy.append(Written(sealed.reference, sealed.envelope))
        with file.database.transaction() as connection:
            if sealed.block is not None:
                Numbers.take(connection, sealed.block)
            file.rows(connection).insert(row)
        file.last_seq, file.head = row.seq, row.link

    def take_due(self, limit: int) -> list[Parcel]:
        if self._schedule.is_asleep() or self.sealer is None:
            return []
        due = self._due(limit)
        taken: list[Parcel | None] = []
        if not due or not self._file.changing(
            lambda connection: taken.extend(self._take(connection, op) for op in due)
        ):
            return []
        for op_id, parcel in zip(due, taken, strict=True):
            self._schedule.lease(op_id)
            if parcel is None:
                self._bury(op_id, DAMAGED)
        return [parcel for parcel in taken if parcel is not None]

    def _due(self, limit: int) -> list[str]:
        try:
            with closing(self._heads.read()) as heads:
                wanted = ((op_id, first) for op_id, first in heads if op_id not in self._file.withdrawn)
                return self._schedule.ready(wanted, limit)
        except dbapi.Error as error:
            self._file.not_saved(error)
            return []

    def _take(self, connection: Any, op_id: str) -> Parcel | None:
        """``None`` where the row is not what was written: damage is noticed, never sent."""
        rows = self._file.rows(connection)
        row = rows.sound(op_id)
        if row is None or chain.digest(row.envelope) != row.digest:
            return None
        attempt = row.attempts + 1
        rows.change(row, row._replace(state=OutboxState.SENDING.value, attempts=attempt, next_try=""))
        return Parcel(OpId(op_id), OperationClass(row.kind), row.aggregate, attempt, msgspec.json.encode(row.envelope))

    def settle(self, op_id: OpId, answer: Taken) -> None:
        self.settle_all([(op_id, answer)])

    def settle_all(self, answers: Sequence[tuple[OpId, Taken]]) -> None:
        self._end([(op_id.value, partial(_settled, answer)) for op_id, answer in answers], OutboxState.SETTLED)
        times = [answer.received_at for _, answer in answers]
        self._file.tally.last_sent = max(
            [*times, *([self._file.tally.last_sent] if self._file.tally.last_sent else [])], default=None
        )

    def bury(self, op_id: OpId, refused: Refused) -> None:
        self._bury(op_id.value, f"{refused.code} {refused.detail}".strip()[:LONGEST_ANSWER])

    def _bury(self, op_id: str, reason: str) -> None:
        self._end([(op_id, partial(_dead, reason))], OutboxState.DEAD, reason)

    def _end(self, ends: Sequence[tuple[str, Callable[[Row], Row]]], state: OutboxState, reason: str = "") -> None:
        """In one commit."""
        done: list[bool | None] = []

        def end_all(connection: Any) -> None:
            done.extend(self._file.change(connection, op_id, OPEN, end) for op_id, end in ends)

        if not self._file.changing(end_all):
            return
        for (op_id, _), did in zip(ends, done, strict=True):
            self._schedule.forget(op_id)
            if did is False:
                continue
            if reason != DAMAGED:  # the copy still has it as it was
                self._copy.append(Ended(op_id, state.value, reason))
            self._file.tally.ended(state if did else OutboxState.DEAD)

    def retry(self, op_id: OpId, why: Unreached, wait: float) -> None:
        self.retry_all((op_id,), why, wait)

    def retry_all(self, op_ids: Sequence[OpId], why: Unreached, wait: float) -> None:
        now = self._clock.hub_now()
        over = {op_id.value for op_id in op_ids if now.certain and self._is_expired(op_id, now.at)}
        for op_id in over:
            self._bury(op_id, EXPIRED)
        again = [op_id.value for op_id in op_ids if op_id.value not in over]
        next_try = (now.at + timedelta(seconds=wait)).isoformat(timespec="milliseconds")

        def waiting(row: Row) -> Row:
            return row._replace(state=OutboxState.WAITING.value, next_try=next_try, last_answer=why.value)

        done: list[bool | None] = []

        def put_back(connection: Any) -> None:
            done.extend(self._file.change(connection, op_id, _SENDING, waiting) for op_id in again)

        if again and self._file.changing(put_back):
            for _ in range(done.count(None)):
                self._file.tally.ended(OutboxState.DEAD)
        for op_id in again:
            self._schedule.wait(op_id, wait)

    def _is_expired(self, op_id: OpId, now: datetime) -> bool:
        """Not where the disk does not say so: it is looked at again after the next try."""
        rows = self._file.read(outbox_sql.EXPIRES, op_id.value)
        return any(datetime.fromisoformat(expires) < now for (expires,) in rows)

    def forget_settled(self) -> None:
        """Takes out what settled longer than KEEP_SETTLED ago, by the hub's time only."""
        now = self._clock.hub_now()
        if not now.certain:
            return
        before = (now.at - KEEP_SETTLED).timestamp()

        def expunge(connection: Any) -> None:
            expunged = connection.execute(outbox_sql.EXPUNGE, (before,)).rowcount
            connection.execute(outbox_sql.COUNT_EXPUNGED, (expunged,))

        self._file.changing(expunge)
        self._file.trying(lambda: self._copy.tidy(self._file.tally.unsettled))

    def keep_copy(self) -> None:
        """Brings the second copy to the disk; at every beat, when nobody waits."""
        self._file.trying(self._copy.beat)

    def fill(self) -> QueueFill:
        return self._file.tally.fill()

    def unsettled(self, limit: int) -> list[Queued]:
        rows = self._file.read(outbox_sql.UNSETTLED, limit)
        return [
            Queued(OperationClass(kind), reference, datetime.fromisoformat(made), attempts, bool(dead), answer)
            for kind, reference, made, attempts, dead, answer in rows
        ]

    def last_sent(self) -> datetime | None:
        return next((datetime.fromisoformat(at) for (at,) in self._file.read(outbox_sql.LAST_SENT) if at), None)

    def send_again(self, ops: Collection[str] | None = None) -> None:
        dead = [op for (op,) in self._file.read(outbox_sql.DEAD) if ops is None or op in ops]
        done: list[bool | None] = []

        def revive(connection: Any) -> None:
            done.extend(self._file.change(connection, op_id, _DEAD, _waits_again) for op_id in dead)

        if not dead or not self._file.changing(revive):
            return
        for op_id, did in zip(dead, done, strict=True):
            if did:
                self._copy.append(Ended(op_id, OutboxState.WAITING.value))
                self._file.revived()
                self._schedule.forget(op_id)

    def hurry(self) -> None:
        for (op_id,) in self._file.read(outbox_sql.WAITING):
            self._schedule.forget(op_id)

    def numbers_left(self) -> int:
        return self._numbers.left()

    def numbers_for_life(self) -> NumbersLeft | None:
        """``None`` where the disk does not say."""
        try:
            return NumbersLeft(*self._numbers.for_life())
        except dbapi.Error as error:
            self._file.not_saved(error)
            return None

    def numbers_wanted(self) -> OpId | None:
        if self.sealer is None:
            return None
        try:
            wanted = self._numbers.left() < NUMBERS_LOW or self._facts.numbers_doubted()
            return self._facts.numbers_op() if wanted else None
        except dbapi.Error as error:
            self._file.not_saved(error)
            return None

    def doubt_numbers(self) -> None:
        self._facts.doubt_numbers()

    def add_numbers(self, block: NumberBlock) -> None:
        def add(connection: Any) -> None:
            if self._facts.numbers_doubted():
                Numbers.give_up(connection)
            Numbers.add(connection, block)
            Facts.numbers_came(connection)

        self._copy.append(NumbersCopied(block.kiosk, block.first, block.last, block.next))
        self._copy.sync()
        if self._file.changing(add):
            self._file.trying(self._copy.write_anew)  # what was given up is given up there as well

    def close(self) -> None:
        self._file.close()
