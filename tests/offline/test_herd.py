"""Five hundred kiosks come back that were without their hub until all of them waited their longest: they spread by
themselves, and the hub is never buried (O12). The real delivery and the real schedule, in virtual time; the hub
is a queue with its real limits.
"""

import heapq
import itertools
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from kiosk.domain.hub_time import HubTime
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Refused, Saved, SaveOutcome, Taken, TicketAccepted, Unreachable, Unreached
from kiosk.domain.parcels import Parcel
from kiosk.domain.queueable import Queueable
from kiosk.domain.references import NumberBlock
from kiosk.hub.api.frame import MOST_AT_ONCE, RETRY_AFTER_SECONDS
from kiosk.hub.api.operations import BUSY, TOGETHER_AT_ONCE
from kiosk.offline.schedule import Schedule
from kiosk.services.delivery import LINE_BACK_OFF, Delivery
from kiosk.services.hub_requests import Deliver, DeliveredTogether, DeliverTogether, HubAnswered, HubOutcome, HubRequest
from kiosk.services.ports import Queued, QueueFill
from kiosk.uplink.transport import READ_SECONDS
from kiosk.worker import BEAT

KIOSKS, QUEUED_AT_EACH, OUTAGE = 500, 20, 150.0
#: What the hub's one core needs, seconds, taken high: a request with its handshake, an operation, a no.
PER_REQUEST, PER_OPERATION, PER_NO = 0.008, 0.005, 0.003
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TAKEN = TicketAccepted("A12-0001-P", NOW, None, None)


@dataclass
class Course:
    now: float = 0.0
    _next: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: "itertools.count[int]" = field(default_factory=itertools.count)

    def after(self, seconds: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._next, (self.now + seconds, next(self._order), what))

    def run(self, until: Callable[[], bool]) -> None:
        while self._next and not until():
            self.now, _, what = heapq.heappop(self._next)
            what()


@dataclass
class HubQueue:
    """One core, first come, first served; down until ``up_at``. ``came`` when which kiosk first reached it,
    ``took`` how long each answer took, no's too."""

    course: Course
    up_at: float
    free_at: float = 0.0
    at_once: int = 0
    together: int = 0
    came: dict[int, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    given_up: int = 0

    def ask(self, kiosk: int, request: HubRequest, answer: Callable[[HubOutcome], None]) -> None:
        now = self.course.now
        if now < self.up_at:
            self.course.after(0.01, lambda: answer(Unreachable(Unreached.NO_CONNECTION)))
            return
        self.came.setdefault(kiosk, now)
        many = isinstance(request, DeliverTogether)
        if self.at_once >= MOST_AT_ONCE or (many and self.together >= TOGETHER_AT_ONCE):
            wait = RETRY_AFTER_SECONDS if self.at_once >= MOST_AT_ONCE else BUSY.retry_after
            self._work(PER_NO, answer, Unreachable(Unreached.HUB_ERROR, float(wait or 0), by_hub=True))
            return
        self.at_once += 1
        self.together += many
        count = len(request.parcels) if isinstance(request, DeliverTogether) else 1
        outcome: HubOutcome = DeliveredTogether((TAKEN,) * count) if many else TAKEN

        def done(outcome: HubOutcome) -> None:
            self.at_once -= 1
            self.together -= many
            answer(outcome)

        self._work(PER_REQUEST + count * PER_OPERATION, done, outcome)

    def _work(self, seconds: float, done: Callable[[HubOutcome], None], outcome: HubOutcome) -> None:
        now = self.course.now
        self.free_at = max(self.free_at, now) + seconds
        took = self.free_at - now
        self.took.append(took)
        late = took > READ_SECONDS
        self.given_up += late
        self.course.after(took, lambda: done(Unreachable(Unreached.TIMED_OUT) if late else outcome))


@dataclass
class Waiting:
    """An outbox as far as delivery knows it, on the real schedule."""

    schedule: Schedule
    open: dict[str, int]

    def take_due(self, limit: int) -> list[Parcel]:
        if self.schedule.is_asleep():
            return []
        due = self.schedule.ready(((op, False) for op in self.open), limit)
        for op in due:
            self.schedule.lease(op)
            self.open[op] += 1
        return [Parcel(OpId(op), OperationClass.TICKET, op, self.open[op], b"") for op in due]

    def settle(self, op_id: OpId, answer: Taken) -> None:
        self.settle_all([(op_id, answer)])

    def settle_all(self, answers: Sequence[tuple[OpId, Taken]]) -> None:
        for op_id, _ in answers:
            del self.open[op_id.value]
            self.schedule.forget(op_id.value)

    def retry(self, op_id: OpId, why: Unreached, wait: float) -> None:
        self.retry_all((op_id,), why, wait)

    def retry_all(self, op_ids: Sequence[OpId], _why: Unreached, wait: float) -> None:
        for op_id in op_ids:
            self.schedule.wait(op_id.value, wait)

    def bury(self, op_id: OpId, refused: Refused) -> None:
        raise AssertionError((op_id, refused))

    def enqueue(self, _draft: Queueable) -> SaveOutcome:
        return Saved("", "")

    def fill(self) -> QueueFill:
        return QueueFill(len(self.open), 0, 5_000, nearly_full=False)

    def unsettled(self, limit: int) -> list[Queued]:
        return [][:limit]

    def last_sent(self) -> datetime | None:
        return None

    def send_again(self, ops: Collection[str] | None = None) -> None: ...
    def hurry(self) -> None: ...

    def numbers_left(self) -> int:
        return 200

    def doubt_numbers(self) -> None:
        pass

    def numbers_wanted(self) -> OpId | None:
        return None

    def add_numbers(self, _block: NumberBlock) -> None: ...

    def forget_settled(self) -> None: ...


class AKiosk:
    """Its worker's beats and its hub thread, which has one request under way at a time."""

    def __init__(self, number: int, course: Course, hub: HubQueue, random: Random, jitter: Callable[[], float]) -> None:
        self.number, self.course, self.hub = number, course, hub
        ops = [str(OpId.new()) for _ in range(QUEUED_AT_EACH)]
        self.outbox = Waiting(Schedule(self.monotonic), dict.fromkeys(ops, 0))
        self.waiting: list[HubRequest] = []
        self.talking = False
        self.delivery = Delivery(self.outbox, self, self, jitter)
        course.after(random.uniform(0.0, BEAT), self.beat)

    def monotonic(self) -> float:
        return self.course.now

    def hub_now(self) -> HubTime:
        return HubTime(NOW + timedelta(seconds=self.course.now), certain=True)

    def beat(self) -> None:
        if self.outbox.open:
            self.delivery.beat()
            self.course.after(BEAT, self.beat)

    def ask(self, request: HubRequest) -> bool:
        self.waiting.append(request)
        self._talk()
        return True

    def _talk(self) -> None:
        if self.waiting and not self.talking:
            self.talking = True
            request = self.waiting.pop(0)
            self.hub.ask(self.number, request, lambda outcome: self._answered(request, outcome))

    def _answered(self, request: HubRequest, outcome: HubOutcome) -> None:
        assert isinstance(request, Deliver | DeliverTogether)
        self.talking = False
        self.delivery.answered(HubAnswered(request, outcome))
        self._talk()


@dataclass(frozen=True)
class Herd:
    """Seconds: over which the kiosks came back, the 99th percentile at the hub, until all was delivered. ``most``:
    kiosks that came back within the same second."""

    spread: float
    most: int
    p99: float
    given_up: int
    whole: float


def come_back(seed: int, jitter: Callable[[Random], float]) -> Herd:
    random = Random(seed)
    course = Course()
    hub = HubQueue(course, up_at=OUTAGE)
    herd = [AKiosk(number, course, hub, random, lambda: jitter(random)) for number in range(KIOSKS)]
    course.run(lambda: course.now > 3 * OUTAGE)
    assert not any(kiosk.outbox.open for kiosk in herd), "something was never delivered"
    back = sorted(at - OUTAGE for at in hub.came.values())
    most = max(Counter(int(at) for at in back).values())
    return Herd(back[-1], most, sorted(hub.took)[int(len(hub.took) * 0.99)], hub.given_up, hub.free_at - OUTAGE)


def spread_and_served(herd: Herd) -> None:
    cap = LINE_BACK_OFF.cap
    fair = KIOSKS / cap
    assert herd.spread <= cap + BEAT, "nobody is silent longer than the longest wait"
    assert herd.spread >= 0.8 * cap
    assert herd.most <= 3.5 * fair, "they do not come in one second"
    assert herd.given_up == 0, "no sound answer came too late"
    assert herd.p99 <= READ_SECONDS / 2


@pytest.mark.parametrize("seed", range(2))
def test_five_hundred_kiosks_come_back_spread_out_and_the_hub_answers_in_time(
    seed: int, say_figure: Callable[[str], None]
) -> None:
    herd = come_back(seed, lambda random: random.random())
    say_figure(
        f"herd: {KIOSKS} kiosks with {QUEUED_AT_EACH} operations each back within {herd.spread:.0f} s,"
        f" at most {herd.most} in one second; hub p99 {herd.p99 * 1000:.0f} ms; all delivered after {herd.whole:.0f} s"
    )
    spread_and_served(herd)


def test_kiosks_that_wait_without_chance_are_found_out() -> None:
    with pytest.raises(AssertionError):
        spread_and_served(come_back(0, lambda _random: 1.0))
