"""One seed: kiosks and a hub for some hours of virtual time, with everything that can go wrong on the way."""

import logging
import shutil
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TextIO
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from requests import PreparedRequest, Request
from sqlalchemy import select

from kiosk.domain.references import NumberBlock
from kiosk.hub.services import enrolment, numbers
from kiosk.hub.services.book import read_book
from kiosk.hub.store.payment_tables import SimulatedPayment
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.numbers import Numbers
from kiosk.wire import routes
from kiosk.wire.enrolment import Enrol, Enrolled
from tests.sim import campus, entropy
from tests.sim.course import Course, Trace
from tests.sim.faults import HOUR, Faults
from tests.sim.hub_side import URL, HubDied, HubProgram, Reply
from tests.sim.kiosk_side import KioskSide
from tests.sim.ledger import Ledger, Order, Said
from tests.sim.rules import Broken, Rules
from tests.sim.visitors import Visitors

#: Visits in 24 hours, over all kiosks: what a campus of this size has, and what a seed has time for.
VISITS_A_DAY = 140
KIOSKS = (3, 5, 10, 10, 10, 20, 50)
#: After the last visit: everything on its way arrives, also a copy somebody sends hours later.
CALM_HOURS = 4.0
#: Small blocks, so that kiosks ask for another one every few hours.
BLOCK = 60
_LOOK_AT_FILES_EVERY, _SWEEP_EVERY = 2 * HOUR, 300.0
#: Paths after which the hub's database can have changed for one of the rules.
_CHANGING = (routes.OPERATIONS, routes.TOP_UP, routes.BROUGHT, routes.SLIP_LOOK)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``kiosks`` 0: as the seed has it."""

    hours: float = 24.0
    kiosks: int = 0


DAY = Wanted()


@dataclass(frozen=True, slots=True)
class Outcome:
    """``broken``: the rule that does not hold, '' where all do. ``trace``: the same for the same seed. ``brought``: on
    paper before their kiosk was heard, of the ``tickets`` that were saved."""

    seed: int
    hours: float
    broken: str
    trace: str
    events: int
    acts: int
    saved: int
    tickets: int
    brought: int
    requests: int
    seconds: float


class Ground:
    """What all seeds of a process share: the hub's program, and databases to begin with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hub_file, self.kiosk_file = folder / "hub.db", folder / "kiosk.db"
        campus.load(self.hub_file)
        opened = open_database(self.kiosk_file)
        assert isinstance(opened, Opened)
        opened.database.close()
        self.program = HubProgram(folder / "hub-now.db")


@contextmanager
def quick_folder() -> Iterator[Path]:
    """On a file system in memory where there is one: what a disk does is simulated, not waited for."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="campus-sim-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def ground() -> Iterator[Ground]:
    with quick_folder() as folder:
        made = Ground(folder)
        try:
            yield made
        finally:
            made.program.close()


def run(ground: Ground, seed: int, wanted: Wanted = DAY, trace: TextIO | None = None) -> Outcome:
    started = time.perf_counter()
    broken = ""
    quiet = logging.getLogger("kiosk")
    before, quiet.level = quiet.level, logging.CRITICAL
    with (
        TemporaryDirectory(dir=ground.folder) as folder,
        entropy.seeded(seed),
        patch.object(numbers.give_block, "__defaults__", (BLOCK,)),
    ):
        sim = Simulation(ground, Path(folder), seed, wanted, Trace(trace))
        try:
            sim.run()
        except Broken as error:
            broken = str(error)
        except Exception as error:  # a bug, wherever it is: the same seed shows it again
            broken = f"{type(error).__name__}: {error} at {_where(error)}"
        finally:
            sim.close()
            quiet.level = before
    return Outcome(
        seed,
        wanted.hours,
        broken,
        sim.course.trace.digest,
        sim.course.trace.events,
        len(sim.ledger.acts),
        sim.ledger.counted(Said.SAVED),
        len(sim.ledger.tickets()),
        sum(act.brought for act in sim.ledger.tickets()),
        sim.requests,
        time.perf_counter() - started,
    )


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


class Simulation:
    def __init__(self, ground: Ground, folder: Path, seed: int, wanted: Wanted, trace: Trace) -> None:
        self.seed, self.seconds = seed, wanted.hours * HOUR
        self.random = Random(f"{seed} all")
        self.course = Course(trace)
        self.ledger = Ledger()
        self.hub = ground.program
        self.hub.begin(ground.hub_file, lambda: self.course.now)
        self.requests = 0
        self.rules = Rules(self)
        self.faults = Faults(self)
        self.kiosks: list[KioskSide] = []
        self._visitors = Visitors(self.ledger, Random(f"{seed} visitors"), self._pay)
        for index in range(wanted.kiosks or self.random.choice(KIOSKS)):
            self._new_kiosk(ground, folder, index)

    def _new_kiosk(self, ground: Ground, folder: Path, index: int) -> None:
        name, key = campus.place(index), Ed25519PrivateKey.generate()
        with self.hub.store.write() as db:
            code = enrolment.make_code(db, read_book(db), name, self.hub.now())
            assert isinstance(code, str)
            wish = Enrol(code, key.public_key().public_bytes_raw())
            enrolled = enrolment.enrol(db, read_book(db), self.hub.keys.public, wish, self.hub.now())
        assert isinstance(enrolled, Enrolled)
        file = folder / f"{name}.db"
        shutil.copyfile(ground.kiosk_file, file)
        opened = open_database(file)
        assert isinstance(opened, Opened)
        with opened.database.transaction() as connection:
            Numbers.add(connection, NumberBlock.fresh(enrolled.block.code, enrolled.block.first, enrolled.block.last))
        opened.database.close()
        self.kiosks.append(KioskSide(self, name, file, enrolled, key))

    def run(self) -> None:
        """Raises Broken."""
        self.faults.begin()
        self._next_visit()
        self._look_at_files()
        self._sweep()
        self.course.run(self.seconds)
        self.faults.end()
        self.course.note("calm")
        self.course.run(self.seconds + CALM_HOURS * HOUR)
        self.rules.look_at_hub()
        for kiosk in self.kiosks:
            self.rules.look_at(kiosk)
        self.rules.look_at_the_end(self.ledger)

    def close(self) -> None:
        for kiosk in self.kiosks:
            kiosk.stop()
        self.rules.close()
        self.hub.store.close()

    def kiosk_of(self, kiosk_id: str) -> KioskSide:
        return next(kiosk for kiosk in self.kiosks if kiosk.id == kiosk_id)

    def kiosk_named(self, name: str) -> KioskSide:
        return next(kiosk for kiosk in self.kiosks if kiosk.name == name)

    # -- what happens by itself --------------------------------------------------------------------------------
    def _next_visit(self) -> None:
        self.course.after(self.random.expovariate(VISITS_A_DAY / (24 * HOUR)), self._visit)

    def _visit(self) -> None:
        if self.faults.calm:
            return
        self._visits(self.random.choice(self.kiosks))
        self._next_visit()

    def _visits(self, kiosk: KioskSide) -> None:
        if kiosk.up:
            self.faults.before_visit(kiosk)
            kiosk.step(kiosk.life, kiosk.visited, self._visitors.next(kiosk))

    def reports(self, kiosk: KioskSide) -> None:
        if kiosk.up:
            kiosk.step(kiosk.life, kiosk.visited, self._visitors.reports(kiosk))

    def _look_at_files(self) -> None:
        for kiosk in self.kiosks:
            self.rules.look_at_files(kiosk)
        self.course.after(_LOOK_AT_FILES_EVERY, self._look_at_files)

    def _sweep(self) -> None:
        """The hub's own going after top-ups whose kiosk went away."""
        if self.course.now >= self.faults.hub_down_until and self.ledger.orders:
            self.hub.top_ups.sweep()
            self.rules.look_at_hub()
        self.course.after(_SWEEP_EVERY, self._sweep)

    def _pay(self, order: Order) -> None:
        """On the payer's own phone, at the provider."""
        with self.hub.store.read() as db:
            code = db.scalar(select(SimulatedPayment.code).where(SimulatedPayment.op == order.op))
        assert code is not None
        order.paid = self.hub.payments.pay(code)

    def new_hub_key(self) -> None:
        self.hub.add_key()
        self.course.note("hub", "new key")

    def revoke(self, kiosk: KioskSide) -> None:
        """By an admin; some minutes later somebody carries it away."""
        with self.hub.store.write() as db:
            enrolment.revoke(db, kiosk.id, self.hub.now())
        kiosk.revoked_at = self.course.now
        self.course.note(kiosk.name, "revoked")
        for minute in (1, 3, 6):
            self.course.after(minute * 60.0, self._visits, kiosk)
        self.course.after(600.0, kiosk.stop)

    def carries(self, on_paper: str) -> None:
        """Somebody takes the slip with them: most look at its code with a phone or hold it under another kiosk's
        scanner, at once or hours later, some twice."""
        for chance in (0.9, 0.3):
            if self.random.random() < chance:
                longest = 300.0 if self.random.random() < 0.8 else 3 * HOUR
                self.course.after(self.random.uniform(5.0, longest), self._bring, on_paper)

    def _bring(self, on_paper: str) -> None:
        if self.faults.calm:
            return
        if self.random.random() < 0.5:
            self.hub_takes(Request("GET", f"{URL}{routes.BROUGHT}{on_paper}").prepare(), "phone")
            return
        kiosk = self.random.choice(self.kiosks)
        if kiosk.up:
            kiosk.step(kiosk.life, kiosk.visited, self._visitors.brings(on_paper))

    # -- the hub, as lines reach it ----------------------------------------------------------------------------
    def hub_takes(self, request: PreparedRequest, whose: str) -> Reply | None:
        """``None`` where its process is not there, or ends before it has answered."""
        if self.course.now < self.faults.hub_down_until:
            return None
        self.requests += 1
        path = routes.BROUGHT if request.path_url.startswith(routes.BROUGHT) else request.path_url
        self.hub.store.doom = self.faults.before_request()
        reply: Reply | None = None
        try:
            reply = self.hub.take(request)
        except HubDied:
            self.course.note("hub", "dies", path)
            self.hub.start()
            self.faults.hub_goes_down(self.faults.random.uniform(1.0, 120.0))
        self.hub.store.doom = None
        self.course.note("hub", whose, path, reply.status if reply else "")
        if reply is not None and reply.status == 500:
            raise Broken(f"the hub failed at {path}")
        if path.startswith(_CHANGING):
            self.rules.look_at_hub(on_paper=path in (routes.BROUGHT, routes.SLIP_LOOK))
        return reply
