"""Many kiosks whose hub comes back after an outage: when they speak is their own real code; the line and the hub's
time for a request are a model, so that hours of a campus are seconds of a test."""

import heapq
import itertools
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from kiosk.domain.campus import Campus
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.presence import Neighbours, Readiness
from kiosk.hub.api.frame import MOST_AT_ONCE, RETRY_AFTER_SECONDS
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.database import Database
from kiosk.offline.outbox import NUMBERS_LOW, Outbox
from kiosk.offline.sealer import Sealer
from kiosk.services.campus_watch import CampusWatch
from kiosk.services.delivery import Delivery
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import (
    CampusSnapshot,
    Deliver,
    DeliveredTogether,
    DeliverTogether,
    FetchCampus,
    HubAnswered,
    HubOutcome,
    HubRequest,
    NotChanged,
    TellPresence,
)
from kiosk.services.presence import PresenceWatch
from kiosk.uplink.hub_thread import QUEUE_LIMIT, _urgency
from kiosk.uplink.transport import READ_SECONDS
from tests.offline.kiosks import HandClock, Keys, KioskMemory, accepted, saved
from tests.sim.campus import BEGIN
from tests.sim.course import Course, Trace

#: Seconds the hub's one writer takes for an operation or a token, for each further one in the same request, and for
#: what it only reads; one way of the line.
WRITES, TOGETHER, READS, WAY = 0.010, 0.005, 0.003, 0.02
BEAT = 0.5
_BUSY = Unreachable(Unreached.HUB_ERROR, float(RETRY_AFTER_SECONDS), by_hub=True)


@dataclass
class ModelHub:
    """Answers one after the other, as a SQLite hub writes; more than MOST_AT_ONCE are told to come back."""

    course: Course
    up_from: float
    arrivals: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    busy: int = 0
    _free_at: float = 0.0
    _leaving: list[float] = field(default_factory=list)

    def exchange(self, seconds: float) -> float | None:
        """How long the answer takes; ``None`` for too many at once."""
        now = self.course.now
        self.arrivals.append(now)
        while self._leaving and self._leaving[0] <= now:
            heapq.heappop(self._leaving)
        if len(self._leaving) >= MOST_AT_ONCE:
            self.busy += 1
            return None
        self._free_at = max(self._free_at, now) + seconds
        heapq.heappush(self._leaving, self._free_at)
        self.waits.append(self._free_at - now)
        return self._free_at - now


def _cost(request: HubRequest) -> float:
    match request:
        case FetchCampus() | TellPresence():
            return READS
        case DeliverTogether(parcels):
            return WRITES + (len(parcels) - 1) * TOGETHER
        case _:
            return WRITES


class _NoCache:
    def campus(self) -> Campus | None:
        return None

    def etag(self) -> str:
        return ""

    def keep(self, snapshot: CampusSnapshot) -> Campus:
        raise AssertionError(snapshot)


class WaitingKiosk:
    """Its queue is full of what people reported while the hub was away."""

    def __init__(
        self, course: Course, hub: ModelHub, file: Path, keys: Keys, random: Callable[[], float], start: float
    ) -> None:
        self._course, self._hub = course, hub
        opened = open_database(file)
        assert isinstance(opened, Opened)
        self._database: Database = opened.database
        self.clock = HubClock(None, lambda: course.now)
        self.outbox = Outbox(self._database, Sealer("k1", keys.kiosk, keys.hub_key), self.clock)
        self.delivery = Delivery(self.outbox, self, self.clock, random)
        self._campus = CampusWatch(_NoCache(), self, self.clock, random, lambda _: None)
        self._presence = PresenceWatch(self, self.clock, random, lambda: Readiness.READY, lambda _: None)
        self._waiting: list[tuple[int, int, HubRequest]] = []
        self._order = itertools.count()
        self._talking = self._has_token = False
        self.first_heard: float | None = None
        course.at(start, self._beat)

    def _beat(self) -> None:
        self.delivery.beat()
        self._campus.beat()
        self._presence.beat()
        self._course.after(BEAT, self._beat)

    def ask(self, request: HubRequest) -> bool:
        if len(self._waiting) >= QUEUE_LIMIT:
            return False
        heapq.heappush(self._waiting, (_urgency(request), next(self._order), request))
        if not self._talking:
            self._talk()
        return True

    def _talk(self) -> None:
        self._talking = bool(self._waiting)
        if self._talking:
            self._course.after(WAY, self._arrives, heapq.heappop(self._waiting)[2])

    def _arrives(self, request: HubRequest) -> None:
        if self._course.now < self._hub.up_from:
            self._answered(request, Unreachable(Unreached.NO_CONNECTION))
            return
        if not self._has_token:  # the old one ran out meanwhile
            wait = self._hub.exchange(WRITES)
            self._has_token = wait is not None
            if wait is None:
                self._course.after(WAY, self._answered, request, _BUSY)
            else:
                self._course.after(wait + 2 * WAY, self._arrives, request)
            return
        wait = self._hub.exchange(_cost(request))
        if wait is None:
            self._course.after(WAY, self._answered, request, _BUSY)
        else:
            late = wait > READ_SECONDS
            outcome = Unreachable(Unreached.TIMED_OUT) if late else self._outcome(request)
            self._course.after(min(wait, READ_SECONDS) + WAY, self._answered, request, outcome)

    def _outcome(self, request: HubRequest) -> HubOutcome:
        at = BEGIN + timedelta(seconds=self._course.now)
        match request:
            case FetchCampus():
                return NotChanged()
            case TellPresence():
                return Neighbours(at, ())
            case Deliver(parcel):
                return accepted(parcel.aggregate, at)
            case DeliverTogether(parcels):
                return DeliveredTogether(tuple(accepted(parcel.aggregate, at) for parcel in parcels))
            case _:
                raise AssertionError(request)

    def _answered(self, request: HubRequest, outcome: HubOutcome) -> None:
        if self.first_heard is None and not isinstance(outcome, Unreachable):
            self.first_heard = self._course.now
        answer = HubAnswered(request, outcome)
        for part in (self.delivery, self._campus, self._presence):
            part.answered(answer)
        self._talk()

    def close(self) -> None:
        self._database.close()


@dataclass(frozen=True, slots=True)
class Return:
    """Seconds from the hub's return: when each kiosk first ``heard`` it, sorted, and when all queues were empty.
    ``waits`` for an answer, sorted; ``busy``: told to come back; ``busiest``: requests in the busiest second."""

    heard: list[float]
    waits: list[float]
    busy: int
    requests: int
    busiest: int
    drained_after: float | None

    def heard_within(self, share: float) -> float:
        return self.heard[int(share * (len(self.heard) - 1))]

    @property
    def p99(self) -> float:
        return self.waits[int(0.99 * (len(self.waits) - 1))]


def come_back(
    folder: Path, kiosks: int, queued: int, outage: float, watched: float, random: Callable[[], float]
) -> Return:
    """``watched``: seconds after the return; ``random``: what kiosks spread their waits by."""
    template = KioskMemory(folder / "kiosk.db", clock=HandClock())
    outbox = template.start(numbers=queued + NUMBERS_LOW)
    for _ in range(queued):
        saved(outbox)
    outbox.close()
    course = Course(Trace())
    hub = ModelHub(course, outage)
    crowd = []
    for index in range(kiosks):
        file = folder / f"{index}.db"
        shutil.copyfile(template.file, file)
        crowd.append(WaitingKiosk(course, hub, file, template.keys, random, index * BEAT / kiosks))
    drained: float | None = None
    while course.now < outage + watched:
        course.run(course.now + 1.0)
        if drained is None and not any(kiosk.outbox.fill().unsettled for kiosk in crowd):
            drained = course.now - outage
    for kiosk in crowd:
        kiosk.close()
    heard = sorted(kiosk.first_heard - outage for kiosk in crowd if kiosk.first_heard is not None)
    seconds = Counter(map(int, hub.arrivals))
    return Return(heard, sorted(hub.waits), hub.busy, len(hub.arrivals), max(seconds.values()), drained)
