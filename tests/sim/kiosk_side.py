"""One kiosk: its real memory, delivery and client on a disk, a line and a clock that a simulation holds."""

import heapq
import itertools
from collections.abc import Callable, Generator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.hub_time import HubTime
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import NotSaved, Saved, SaveOutcome
from kiosk.domain.queueable import Queueable
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.campus_cache import CampusCache
from kiosk.offline.facts import Facts
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.outbox import Outbox
from kiosk.offline.sealer import Sealer
from kiosk.services.delivery import Delivery
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import CampusSnapshot, FetchCampus, HubAnswered, HubOutcome, HubRequest
from kiosk.uplink.credentials import Credentials
from kiosk.uplink.hub_client import HubClient
from kiosk.uplink.hub_thread import QUEUE_LIMIT, _urgency
from kiosk.uplink.transport import Transport
from kiosk.wire.enrolment import Enrolled
from kiosk.wire.envelope import Envelope
from tests.sim.campus import BEGIN
from tests.sim.course import Task
from tests.sim.disk import Disk, KioskDied, as_it_lay
from tests.sim.hub_side import URL
from tests.sim.ledger import Act, Said
from tests.sim.network import SimulatedLine, VirtualDeadline

if TYPE_CHECKING:
    from tests.sim.simulation import Simulation

#: What it returns is for the visit it is a part of.
Visit = Generator[HubRequest, HubOutcome, HubOutcome | None]
#: Seconds between beats while something waits, and while nothing does. The program beats four times a second.
BEAT, IDLE_BEAT = 1.0, 120.0
REMEMBER_TIME_EVERY = 300.0
CAMPUS_EVERY = 8 * 3600.0


class RecordingSealer(Sealer):
    """Says whose operation gets which id."""

    kiosk_side: "KioskSide"

    def operation(self, draft: Queueable, op_id: OpId, reference: str, now: HubTime) -> Envelope:
        self.kiosk_side.sim.ledger.sealed(self.kiosk_side.name, op_id.value)
        return super().operation(draft, op_id, reference, now)


class KioskSide:
    """``life`` counts starts: what was under way in an earlier one means nothing to this one."""

    def __init__(self, sim: "Simulation", name: str, file: Path, enrolled: Enrolled, key: Ed25519PrivateKey) -> None:
        self.sim, self.name, self.file, self.id = sim, name, file, enrolled.kiosk
        self.course = sim.course
        self.random = Random(f"{sim.seed} {name}")
        self.key = KioskKey(key)
        self.revoked_at: float | None = None
        self.disk = Disk(lambda: self.course.now)
        self.line = SimulatedLine(name, self.course, Random(f"{sim.seed} line {name}"), sim.hub_takes, self._wait)
        self.life, self.up = 0, False
        self._hub_keys = enrolled.hub_keys
        self._wall_off = 0.0
        self.boot()

    # -- starting and dying ------------------------------------------------------------------------------------
    def boot(self) -> None:
        """As backstage.wire puts a kiosk together, without window, devices and threads."""
        self.life += 1
        self.disk.revive()
        self._started = self.course.now
        if self.random.random() < 0.25:
            self._wall_off = self.random.choice((0.0, -56 * 365 * 86_400.0, 10 * 365 * 86_400.0, 3_600.0))
        try:
            self._wire()
        except KioskDied:
            self.die()
            return
        self.up = True
        self.course.note(self.name, "starts", self.outbox.fill().unsettled)
        self.step(self.life, self._beat)

    def _wire(self) -> None:
        opened = open_database(self.file, self.disk.connect)
        if not isinstance(opened, Opened):
            raise KioskDied  # somebody starts it again later
        assert opened.set_aside is None, "a database was given up"
        self.database = opened.database
        self.facts = Facts(self.database)
        self.clock = HubClock(self.facts.hub_time(), self._monotonic, self._wall)
        self.cache = CampusCache(self.database, self.clock)
        self.sealer = RecordingSealer(self.id, self.key, lambda: (self.cache.hub_keys() or self._hub_keys)[0])
        self.sealer.kiosk_side = self
        self.outbox = Outbox(self.database, self.sealer, self.clock)
        self.delivery = Delivery(self.outbox, self, self.clock, self.random.random)
        transport = Transport(
            URL, "", self.clock.heard, line=self.line, deadline=lambda seconds: VirtualDeadline(seconds, self.course)
        )
        credentials = Credentials(self.id, self.key.private, self.clock.monotonic)
        self.client = HubClient(URL, "", self.clock, credentials, transport=transport)
        self._waiting: list[tuple[int, int, HubRequest]] = []
        self._order = itertools.count()
        self._task: Task | None = None
        self._visit: Visit | None = None
        self._asked: HubRequest | None = None
        self._remember_at = self._campus_at = self._monotonic()

    def die(self, away: float | None = None) -> None:
        """``away``: seconds until somebody starts it again."""
        self.up = False
        self.life += 1
        self.course.note(self.name, "dies")
        self._cannot_take_back()
        if getattr(self, "_task", None):
            assert self._task is not None
            self._task.kill()
        self._task = self._visit = None
        as_it_lay(self.file, self.disk.close_all)
        self.course.after(self.random.uniform(2.0, 60.0) if away is None else away, self.boot)

    def _cannot_take_back(self) -> None:
        """What the disk would not say was committed, and would not let be withdrawn since, may stand in the file: a
        program that ends now has told that it is not saved, and cannot know better any more."""
        outbox = getattr(self, "outbox", None)
        for op in sorted(outbox._file.withdrawn) if outbox else ():
            self.sim.ledger.by_op[op].said = Said.NOTHING

    def stop(self) -> None:
        """For good."""
        if self.up:
            self.up = False
            self.life += 1
            if self._task is not None:
                self._task.kill()
            self.disk.close_all()

    def step(self, life: int, work: Callable[..., None], *given: object) -> None:
        """One command of the worker: what it does is seen whole, or the process died in it."""
        if life != self.life or not self.up:
            return
        try:
            work(*given)
        except KioskDied:
            self.die()
            return
        self.sim.rules.look_at(self)

    def _monotonic(self) -> float:
        return self.course.now - self._started

    def _wall(self) -> datetime:
        return BEGIN + timedelta(seconds=self.course.now + self._wall_off)

    # -- the worker --------------------------------------------------------------------------------------------
    def _beat(self) -> None:
        self.delivery.beat()
        now, at = self._monotonic(), self.clock.hub_now()
        if at.certain and now >= self._remember_at:
            self._remember_at = now + REMEMBER_TIME_EVERY
            self.facts.remember_hub_time(at.at)
        if now >= self._campus_at and self.ask(FetchCampus(self.cache.etag())):
            self._campus_at = now + CAMPUS_EVERY
        self.course.after(BEAT if self.outbox.fill().unsettled else IDLE_BEAT, self.step, self.life, self._beat)

    def ask(self, request: HubRequest) -> bool:
        """``services.ports.Hub``, as HubThread keeps it."""
        if len(self._waiting) >= QUEUE_LIMIT:
            return False
        heapq.heappush(self._waiting, (_urgency(request), next(self._order), request))
        if self._task is None:
            self._task = Task(self.course, self._talk)
        return True

    def _talk(self) -> None:
        while self._waiting:
            _, _, request = heapq.heappop(self._waiting)
            outcome = self.client.handle(request)
            self.course.after(0.0, self.step, self.life, self._answered, HubAnswered(request, outcome))
        self._task = None

    def _wait(self, seconds: float) -> None:
        assert self._task is not None
        self._task.sleep(seconds)

    def _answered(self, answer: HubAnswered) -> None:
        self.course.note(self.name, type(answer.request).__name__, type(answer.outcome).__name__)
        self.sim.faults.before_answer(self)
        self.delivery.answered(answer)
        if isinstance(answer.outcome, CampusSnapshot):
            self.cache.keep(answer.outcome)
        if self._visit is not None and answer.request is self._asked:
            self._go_on(answer.outcome)

    # -- whoever stands there ----------------------------------------------------------------------------------
    def visited(self, visit: Visit) -> None:
        """Nothing where somebody stands there already."""
        if self._visit is None:
            self._visit = visit
            self._go_on(None)

    def _go_on(self, outcome: HubOutcome | None) -> None:
        assert self._visit is not None
        try:
            self._asked = next(self._visit) if outcome is None else self._visit.send(outcome)
        except StopIteration:
            self._visit = self._asked = None
            return
        if not self.ask(self._asked):
            self._visit = self._asked = None  # the hub's queue is full: they leave

    def hand_in(self, act: Act, draft: Queueable) -> SaveOutcome:
        outcome = self.outbox.enqueue(draft)
        ledger = self.sim.ledger
        match outcome:
            case Saved(op, reference, on_paper):
                ledger.saved(act, op, reference)
                self.course.note(self.name, act.what, act.number, "saved", op, reference)
                if on_paper and self.line.weather.down_until > self.course.now:
                    self.sim.carries(on_paper)
                self.delivery.kick()
            case NotSaved(reason):
                ledger.not_saved(act)
                self.course.note(self.name, act.what, act.number, "not saved", reason)
        return outcome
