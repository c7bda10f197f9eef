"""Faults to be found: each is one mistake in the real code, made while it lasts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import msgspec

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import FeedbackTaken, Saved
from kiosk.domain.queueable import FoundCardDraft
from kiosk.domain.top_ups import PaymentState
from kiosk.hub.api import operations as operations_api
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.services import deferred_proof, operations, sealed
from kiosk.hub.services.doing import Verdict
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.tables import Kiosk, KioskToken, Operation
from kiosk.hub.tokens_made import digest
from kiosk.offline import outbox_sql, payloads
from kiosk.offline.numbers import Numbers
from kiosk.offline.outbox import Outbox, Sealed
from kiosk.offline.outbox_file import OutboxFile
from kiosk.offline.sealer import Sealer
from kiosk.services.hub_clock import HubClock
from kiosk.sqlite import dbapi
from kiosk.uplink import hub_client, transport
from kiosk.wire.envelope import open_sealed

Planted = Callable[[], AbstractContextManager[object]]
FAULTS: dict[str, Planted] = {}


def planted(make: Callable[[], Iterator[None]]) -> Planted:
    made = contextmanager(make)
    FAULTS[make.__name__] = made
    return made


def changed(where: Any, name: str, what: Any) -> AbstractContextManager[object]:
    return patch.object(where, name, what)


# -- the kiosk's memory ----------------------------------------------------------------------------------------
@planted
def said_before_it_is_committed() -> Iterator[None]:
    """The row is written with the next look at what is due."""
    insert, take = Outbox._insert, Outbox.take_due

    def later(self: Outbox, ready: Any) -> None:
        vars(self).setdefault("late", []).append(ready)

    def with_late(self: Outbox, limit: int) -> Any:
        for ready in vars(self).pop("late", []):
            with suppress(dbapi.Error):
                insert(self, ready)
        return take(self, limit)

    with changed(Outbox, "_insert", later), changed(Outbox, "take_due", with_late):
        yield


@planted
def a_disk_that_refuses_is_not_heard() -> Iterator[None]:
    def deaf(self: OutboxFile, error: Exception, op_id: str = "") -> Any:
        self._recover(error)
        return Saved(op_id, "")

    with changed(OutboxFile, "not_saved", deaf):
        yield


@planted
def what_was_told_as_not_saved_is_sent() -> Iterator[None]:
    def forgets(self: OutboxFile) -> None:
        self.withdrawn.clear()

    with changed(OutboxFile, "finish_withdrawals", forgets):
        yield


@planted
def order_is_ignored() -> Iterator[None]:
    """The newest first, whatever it stands behind."""
    heads = "SELECT seq, op_id FROM outbox WHERE state IN ('waiting', 'sending') AND ? >= 0 ORDER BY seq DESC"
    with changed(outbox_sql, "HEADS", heads):
        yield


@planted
def what_was_on_its_way_at_the_end_is_forgotten() -> Iterator[None]:
    """After a restart only what says that it waits is sent."""
    heads = outbox_sql.HEADS.replace("o WHERE state IN ('waiting', 'sending')", "o WHERE state = 'waiting'")
    assert heads != outbox_sql.HEADS
    with changed(outbox_sql, "HEADS", heads):
        yield


@planted
def sent_again_under_a_new_id() -> Iterator[None]:
    seal, take = Outbox.seal, Outbox._take
    drafts: dict[str, Any] = {}

    def remembering(self: Outbox, draft: Any) -> Any:
        ready = seal(self, draft)
        if isinstance(ready, Sealed):
            drafts[ready.envelope.context.op] = draft, ready.reference
        return ready

    def anew(self: Outbox, connection: Any, op_id: str) -> Any:
        parcel = take(self, connection, op_id)
        if parcel is None or parcel.attempt == 1 or op_id not in drafts:
            return parcel
        draft, reference = drafts[op_id]
        sealer: Any = self.sealer
        ledger = sealer.kiosk_side.sim.ledger
        ledger.present[sealer.kiosk_side.name] = ledger.by_op[op_id]
        envelope = sealer.operation(draft, OpId.new(), reference, self._clock.hub_now())
        return type(parcel)(parcel.op_id, parcel.kind, parcel.aggregate, parcel.attempt, _json(envelope))

    with changed(Outbox, "seal", remembering), changed(Outbox, "_take", anew):
        yield


@planted
def no_answer_counts_as_taken() -> Iterator[None]:
    def settles(self: Outbox, op_ids: Sequence[OpId], *_: Any) -> None:
        self.settle_all([(op_id, FeedbackTaken(datetime.now(UTC))) for op_id in op_ids])

    with changed(Outbox, "retry_all", settles):
        yield


@planted
def a_number_is_not_used_up() -> Iterator[None]:
    with changed(Numbers, "take", staticmethod(lambda *_: None)):
        yield


@planted
def a_number_is_used_up_in_a_transaction_of_its_own() -> Iterator[None]:
    insert = Outbox._insert

    def in_two(self: Outbox, ready: Any) -> None:
        with changed(Numbers, "take", staticmethod(lambda *_: None)):
            insert(self, ready)
        if ready.block is not None:
            with self._file.database.transaction() as connection:
                Numbers.take(connection, ready.block)

    with changed(Outbox, "_insert", in_two):
        yield


@planted
def the_wall_clock_says_what_is_over() -> Iterator[None]:
    def by_the_wall(self: HubClock) -> HubTime:
        return HubTime(self._wall(), certain=True)

    with changed(HubClock, "hub_now", by_the_wall):
        yield


@planted
def a_found_card_stands_readable_in_the_queue() -> Iterator[None]:
    """As what it keeps its order by."""
    context = Sealer._context
    operation = Sealer.operation
    cards: list[str] = []

    def noting(self: Sealer, draft: Any, *given: Any) -> Any:
        cards[:] = [draft.card.uid.reveal()] if isinstance(draft, FoundCardDraft) else []
        return operation(self, draft, *given)

    def named(self: Sealer, key: Any, op: Any, kind: str, aggregate: str, *given: Any) -> Any:
        return context(self, key, op, kind, cards[0] if cards else aggregate, *given)

    with changed(Sealer, "operation", noting), changed(Sealer, "_context", named):
        yield


@planted
def a_report_is_made_in_the_name_of_whoever_was_there_before() -> Iterator[None]:
    report = payloads.report
    last: list[Any] = []

    def of_the_last(draft: TicketDraft, *given: Any) -> Any:
        shown = replace(draft, claim=last[-1]) if last and draft.claim else draft
        if draft.claim:
            last.append(draft.claim)
        return report(shown, *given)

    with changed(payloads, "report", of_the_last):
        yield


@planted
def a_proof_is_forgotten_while_a_report_waits() -> Iterator[None]:
    report = payloads.report

    def claimed(draft: TicketDraft, *given: Any) -> Any:
        return report(replace(draft, session=""), *given)

    with changed(payloads, "report", claimed):
        yield


# -- the line --------------------------------------------------------------------------------------------------
@planted
def a_proxys_no_is_the_hubs() -> Iterator[None]:
    """And what was sent is buried."""
    hub_time = transport._hub_time
    begin = datetime(2026, 11, 16, tzinfo=UTC)
    with (
        changed(transport, "_hub_time", lambda text: hub_time(text) or begin),
        changed(hub_client, "_FINAL", hub_client._FINAL | {403}),
    ):
        yield


# -- the hub ---------------------------------------------------------------------------------------------------
@planted
def the_same_id_again_is_done_again() -> Iterator[None]:
    first = operations._first

    def always(db: Any, op: str, *given: Any) -> Any:
        row = first(db, op, *given) or db.get_one(Operation, op)
        row.status = 0
        return row

    with changed(operations, "_first", always):
        yield


@planted
def the_answer_is_kept_in_a_transaction_of_its_own() -> Iterator[None]:
    take, carry_out = operations.take, operations.carry_out
    kept: dict[str, Any] = {}

    def without(db: Any, book: Any, house: Any, kiosk: Any, envelope: Any, *given: Any) -> Any:
        answer = take(db, book, house, kiosk, envelope, *given)
        row = db.get(Operation, envelope.context.op)
        if isinstance(answer, operations.Answer) and row is not None:
            kept[row.op] = row.status, row.body
            row.status, row.body = 0, b""
        return answer

    def then(hub: Any, house: Any, authorization: str, envelope: Any) -> Any:
        answer = carry_out(hub, house, authorization, envelope)
        with hub.store.write() as db:
            row = db.get(Operation, envelope.context.op)
            if row is not None:
                row.status, row.body = kept.pop(row.op, (row.status, row.body))
        return answer

    with changed(operations, "take", without), changed(operations_api, "carry_out", then):
        yield


@planted
def a_revoked_kiosk_is_heard() -> Iterator[None]:
    def trusting(db: Any, authorization: str, now: Any) -> Any:
        found = trusted_kiosk(db, authorization, now)
        token = db.get(KioskToken, digest(authorization.partition(" ")[2]))
        return db.get(Kiosk, token.kiosk) if token is not None else found

    with changed(operations, "trusted_kiosk", trusting):
        yield


@planted
def a_pin_that_waited_is_not_judged() -> Iterator[None]:
    with changed(deferred_proof, "judge", lambda _hasher, unproven: Verdict(unproven.person)):
        yield


@planted
def what_an_older_key_sealed_is_not_opened() -> Iterator[None]:
    def newest(envelope: Any, keys: Any) -> Any:
        name = max(keys)
        return open_sealed(envelope, {name: keys[name]})

    with changed(sealed, "open_sealed", newest):
        yield


@planted
def money_comes_that_nobody_paid() -> Iterator[None]:
    with changed(SimulatedPayments, "_state", lambda *_: PaymentState.PAID):
        yield


@planted
def money_is_posted_whenever_it_is_asked_for() -> Iterator[None]:
    top_up = BuiltinCards.top_up

    def anew(self: BuiltinCards, db: Any, op: str, *given: Any) -> Any:
        top_up(self, db, op, *given)
        return top_up(self, db, OpId.new().value, *given)

    with changed(BuiltinCards, "top_up", anew):
        yield


def _json(envelope: Any) -> bytes:
    return msgspec.json.encode(envelope)
