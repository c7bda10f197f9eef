"""Delivery: every operation ends once, a dead line is left in peace, and one bad operation stops nobody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import (
    DeliveryOutcome,
    Refused,
    Saved,
    SaveOutcome,
    Taken,
    TicketAccepted,
    Unreachable,
    Unreached,
)
from kiosk.domain.parcels import Parcel
from kiosk.domain.queueable import Queueable
from kiosk.domain.references import NumberBlock
from kiosk.services.back_off import BackOff
from kiosk.services.delivery import ANSWER_WITHIN, LINE_BACK_OFF, MOST_UNDER_WAY, Delivery
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import (
    Deliver,
    DeliveredTogether,
    DeliverTogether,
    EndSession,
    FetchNumbers,
    HubAnswered,
    HubRequest,
    SessionEnded,
)
from kiosk.services.ports import Queued, QueueFill

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OFFLINE = Unreachable(Unreached.NO_CONNECTION)


@dataclass
class Hand:
    passed: float = 0.0

    def monotonic(self) -> float:
        return self.passed

    def hub_now(self) -> HubTime:
        return HubTime(NOW + timedelta(seconds=self.passed), certain=True)


@dataclass
class MemoryOutbox:
    """An outbox as the port describes it, in a dictionary."""

    clock: Hand
    due_at: dict[str, float] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    waits: list[tuple[str, float]] = field(default_factory=list)
    wanted: OpId | None = None
    doubted: bool = False

    def unsettled(self, limit: int) -> list[Queued]:
        return [][:limit]

    def last_sent(self) -> datetime | None:
        return None

    def send_again(self, ops: Collection[str] | None = None) -> None:
        """Of dead ones there are none here."""

    def hurry(self) -> None:
        self.due_at = dict.fromkeys(self.due_at, 0.0)

    def put(self, count: int) -> list[str]:
        new = [OpId.new().value for _ in range(count)]
        self.due_at |= dict.fromkeys(new, 0.0)
        return new

    def enqueue(self, draft: Queueable) -> SaveOutcome:
        assert isinstance(draft, TicketDraft)
        return Saved(self.put(1)[0], draft.service)

    def take_due(self, limit: int) -> list[Parcel]:
        due = [op for op, at in sorted(self.due_at.items(), key=lambda item: item[1]) if at <= self.clock.passed]
        for op in due[:limit]:
            self.attempts[op] = self.attempts.get(op, 0) + 1
            self.due_at[op] = self.clock.passed + 60.0
        return [Parcel(OpId(op), OperationClass.TICKET, op, self.attempts[op], b"") for op in due[:limit]]

    def settle_all(self, answers: Sequence[tuple[OpId, Taken]]) -> None:
        for op_id, answer in answers:
            self.settle(op_id, answer)

    def settle(self, op_id: OpId, answer: Taken) -> None:
        assert isinstance(answer, TicketAccepted)
        assert answer.reference
        self._end(op_id, "settled")

    def bury(self, op_id: OpId, refused: Refused) -> None:
        self._end(op_id, refused.code)

    def _end(self, op_id: OpId, how: str) -> None:
        if self.due_at.pop(op_id.value, None) is not None:
            self.ended[op_id.value] = how

    def retry_all(self, op_ids: Sequence[OpId], why: Unreached, wait: float) -> None:
        for op_id in op_ids:
            self.retry(op_id, why, wait)

    def retry(self, op_id: OpId, why: Unreached, wait: float) -> None:
        assert why
        if op_id.value in self.due_at:
            self.due_at[op_id.value] = self.clock.passed + wait
            self.waits.append((op_id.value, wait))

    def fill(self) -> QueueFill:
        return QueueFill(len(self.due_at), 0, 5000, nearly_full=False)

    def numbers_left(self) -> int:
        return 0 if self.wanted else 99

    def doubt_numbers(self) -> None:
        self.doubted = True

    def numbers_wanted(self) -> OpId | None:
        return self.wanted

    def add_numbers(self, block: NumberBlock) -> None:
        assert block.left
        self.wanted = None

    def forget_settled(self) -> None:
        pass


@dataclass
class Asked:
    requests: list[HubRequest] = field(default_factory=list)
    full: bool = False

    def ask(self, request: HubRequest) -> bool:
        if not self.full:
            self.requests.append(request)
        return not self.full


class Desk:
    def __init__(self, random: float = 1.0) -> None:
        self.clock = Hand()
        self.outbox = MemoryOutbox(self.clock)
        self.hub = Asked()
        self.delivery = Delivery(self.outbox, self.hub, self.clock, lambda: random)
        self.answers: dict[str, DeliveryOutcome] = {}

    def sent(self) -> list[str]:
        """Operations asked for since the last look, taken off the hub's queue."""
        self.under_way: dict[str, Deliver | DeliverTogether] = {}
        for request in self.hub.requests:
            for op in operations_of(request):
                assert isinstance(request, Deliver | DeliverTogether)
                self.under_way[op] = request
        self.hub.requests.clear()
        return list(self.under_way)

    def answer(self, op_id: str, outcome: DeliveryOutcome) -> None:
        """Of those that went together the last answer is the answer to the request."""
        request = self.under_way[op_id]
        self.answers[op_id] = outcome
        if all(op in self.answers for op in operations_of(request)):
            outcomes = tuple(self.answers.pop(op) for op in operations_of(request))
            of_all = OFFLINE if OFFLINE in outcomes else DeliveredTogether(outcomes)
            self.delivery.answered(HubAnswered(request, outcomes[0] if isinstance(request, Deliver) else of_all))


def operations_of(request: HubRequest) -> list[str]:
    match request:
        case Deliver(parcel):
            return [parcel.op_id.value]
        case DeliverTogether(parcels):
            return [parcel.op_id.value for parcel in parcels]
        case _:
            return []


def accepted() -> TicketAccepted:
    return TicketAccepted("A12-0001-P", NOW, None, None)


def test_a_few_go_at_once_and_each_answer_makes_room_for_the_next() -> None:
    desk = Desk()
    waiting = desk.outbox.put(MOST_UNDER_WAY + 1)
    desk.delivery.beat()
    first = desk.sent()
    assert first == waiting[:MOST_UNDER_WAY]
    desk.answer(first[0], accepted())
    assert desk.sent() == waiting[MOST_UNDER_WAY:]


def test_a_refusal_is_a_dead_letter_after_one_try() -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    desk.delivery.beat()
    desk.sent()
    desk.answer(op, Refused("malformed"))
    assert desk.outbox.ended == {op: "malformed"}


@pytest.mark.parametrize("why", list(Unreached))
def test_no_answer_is_never_the_end(why: Unreached) -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    for _ in range(50):
        desk.clock.passed += 2_000.0
        desk.delivery.beat()
        assert desk.sent() == [op]
        desk.answer(op, Unreachable(why))
    assert desk.outbox.ended == {}


def test_a_dead_line_is_asked_by_one_operation_now_and_then() -> None:
    desk = Desk()
    desk.outbox.put(100)
    tries = []
    for second in range(600):
        desk.clock.passed = float(second)
        desk.delivery.beat()
        for op in desk.sent():
            tries.append(second)
            desk.answer(op, OFFLINE)
    after_the_first = [second for second in tries if second > 0]
    assert len(after_the_first) <= 600 / LINE_BACK_OFF.cap + 8
    assert all(later - earlier >= LINE_BACK_OFF.cap for earlier, later in zip(tries[-5:], tries[-4:], strict=False))


def test_when_the_line_is_back_everything_goes_without_waits_of_its_own() -> None:
    desk = Desk()
    waiting = desk.outbox.put(30)
    for _ in range(200):
        desk.clock.passed += LINE_BACK_OFF.cap
        desk.delivery.beat()
        for op in desk.sent():
            desk.answer(op, OFFLINE)
    desk.clock.passed += LINE_BACK_OFF.cap
    desk.delivery.beat()
    pending = desk.sent()
    while pending:
        op = pending.pop(0)
        request = desk.under_way
        desk.answer(op, accepted())
        pending += desk.sent()
        desk.under_way = request | desk.under_way
    assert set(desk.outbox.ended) == set(waiting)


def test_any_answer_of_the_hub_tells_that_the_line_is_back() -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    desk.delivery.beat()
    desk.sent()
    desk.answer(op, OFFLINE)
    assert desk.sent() == []
    desk.delivery.answered(HubAnswered(EndSession("s"), SessionEnded()))
    assert desk.sent() == [op]


def test_one_operation_the_hub_chokes_on_does_not_stop_the_others() -> None:
    desk = Desk()
    poison, *others = desk.outbox.put(20)
    for _ in range(40):
        desk.clock.passed += LINE_BACK_OFF.cap
        desk.delivery.beat()
        pending = desk.sent()
        while pending:
            op = pending.pop(0)
            known = desk.under_way
            desk.answer(op, Unreachable(Unreached.HUB_ERROR) if op == poison else accepted())
            pending += desk.sent()
            desk.under_way = known | desk.under_way
    assert set(desk.outbox.ended) == set(others)
    assert [wait for op, wait in desk.outbox.waits if op == poison][-1] > 100


def test_a_visitor_who_waits_does_not_wait_for_the_back_off() -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    desk.delivery.beat()
    desk.sent()
    desk.answer(op, OFFLINE)
    (mine,) = desk.outbox.put(1)
    desk.delivery.kick()
    assert desk.sent() in ([op], [mine])


def test_the_hub_may_ask_for_time() -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    desk.delivery.beat()
    desk.sent()
    desk.answer(op, Unreachable(Unreached.HUB_ERROR, retry_after=500.0))
    desk.clock.passed = 499.0
    desk.delivery.beat()
    assert desk.sent() == []
    desk.clock.passed = 501.0
    desk.delivery.beat()
    assert desk.sent() == [op]


def test_answers_that_never_come_do_not_block_the_way_for_ever() -> None:
    desk = Desk()
    waiting = desk.outbox.put(MOST_UNDER_WAY)
    desk.delivery.beat()
    assert desk.sent() == waiting
    desk.clock.passed = ANSWER_WITHIN + 1
    desk.delivery.beat()
    assert set(desk.sent()) == set(waiting)


def test_a_full_hub_queue_loses_nothing() -> None:
    desk = Desk()
    (op,) = desk.outbox.put(1)
    desk.hub.full = True
    desk.delivery.beat()
    desk.hub.full = False
    desk.clock.passed = 1.0
    desk.delivery.beat()
    assert desk.sent() == [op]


def test_numbers_are_asked_for_once_until_answered() -> None:
    desk = Desk()
    desk.outbox.wanted = OpId.new()
    request = FetchNumbers(desk.outbox.wanted)
    for _ in range(5):
        desk.clock.passed += 1.0
        desk.delivery.beat()
    assert desk.hub.requests == [request]
    desk.delivery.answered(HubAnswered(request, NumberBlock.fresh("A12", 1, 200)))
    assert desk.outbox.wanted is None


@given(failures=st.integers(1, 10_000), random=st.floats(0, 1, exclude_max=True))
def test_the_wait_is_anywhere_below_a_capped_ceiling(failures: int, random: float) -> None:
    back_off = BackOff(1.0, 300.0)
    assert 0.0 <= back_off.wait(failures, lambda: random) <= back_off.ceiling(failures) <= 300.0
    assert back_off.ceiling(failures) <= back_off.ceiling(failures + 1)


@pytest.mark.parametrize("wall", [datetime(1970, 1, 1, tzinfo=UTC), NOW, datetime(2036, 1, 1, tzinfo=UTC)])
def test_the_wall_clock_counts_only_until_the_hub_is_heard(wall: datetime) -> None:
    passed = [0.0]
    clock = HubClock(None, lambda: passed[0], lambda: wall)
    assert clock.hub_now() == HubTime(wall, certain=False)
    clock.heard(NOW)
    passed[0] = 90.0
    assert clock.hub_now() == HubTime(NOW + timedelta(seconds=90), certain=True)


def test_a_wall_clock_behind_what_the_hub_once_said_is_not_believed() -> None:
    passed = [5.0]
    clock = HubClock(NOW, lambda: passed[0], lambda: datetime(1970, 1, 1, tzinfo=UTC))
    passed[0] = 15.0
    assert clock.hub_now() == HubTime(NOW + timedelta(seconds=10), certain=False)
