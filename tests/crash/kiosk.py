"""A kiosk without a screen: the real boot, outbox and small files in one folder, as a process of its own or within a
test, with somebody who reports again what was not saved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.domain import outcomes
from kiosk.domain.outcomes import NotSaved, Unreached
from kiosk.domain.parcels import Parcel
from kiosk.offline import durable_file, kiosk_key, lock
from kiosk.offline.boot import DiskRefuses, TooNew
from kiosk.offline.database import Connect
from kiosk.offline.kiosk_key import KeyUnreadable, KioskKey
from kiosk.offline.lock import InUse, Lock
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.outbox import Outbox
from kiosk.offline.places import Places
from kiosk.offline.sealer import Sealer
from kiosk.services.ports import Clock
from kiosk.sqlite import dbapi
from tests.crash.told import Answer, Aside, Block, Line, Refused, Reply, Saved, Send, WantNumbers
from tests.offline.kiosks import START, HandClock, Keys, accepted, draft

#: The same in every process of a run.
KEYS = Keys(
    KioskKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))),
    X25519PrivateKey.from_private_bytes(bytes(range(1, 33))),
)
NAME = "k1"
#: Envelopes that are under way at once.
AT_ONCE = 4
#: How often somebody reports again what was not saved before they go away.
TRIES = 3


class OutOfOrder(Exception):
    """The boot says that nothing can be done: the kiosk shows a page of its own and waits for staff."""


@dataclass
class Kiosk:
    """``say`` tells the test and gives its answer, if what was said asks for one."""

    folder: Path
    say: Callable[[Line], Reply | None]
    connect: Connect = dbapi.connect
    clock: Clock = field(default_factory=HandClock)
    planted: Callable[[Outbox], Outbox] = lambda outbox: outbox
    refused: int = 0
    _held: Lock | None = None

    @property
    def places(self) -> Places:
        return Places(self.folder)

    def boot(self) -> Outbox:
        self.places.make()
        held = lock.take(self.places.lock)
        if isinstance(held, InUse):
            raise OutOfOrder(f"in use by {held.pid}")
        self._held = held
        key = kiosk_key.load_or_make(self.places.key)
        if isinstance(key, KeyUnreadable):
            raise OutOfOrder("no key")
        memory = self._memory(key)
        self.database = memory.database
        sealer = Sealer(NAME, key, KEYS.hub_key)
        self.outbox = self.planted(Outbox(self.database, sealer, self.clock, memory.copy))
        return self.outbox

    def _memory(self, key: KioskKey) -> Memory:
        match open_memory(self.places, key, self.connect):
            case Memory() as memory:
                if memory.set_aside is not None:
                    self.say(Aside(memory.set_aside.name))
                return memory
            case TooNew(migrations):
                raise OutOfOrder(f"written by a newer version: {migrations}")
            case DiskRefuses(why):
                raise OutOfOrder(why.value)

    def own_key(self) -> None:
        """The key that the hub of these tests knows."""
        self.places.make()
        durable_file.write(self.places.key, KEYS.kiosk.private.private_bytes_raw())

    def report(self, *notes: str) -> None:
        for note in notes:
            for _ in range(TRIES):
                if self._report(note):
                    break

    def _report(self, note: str) -> bool:
        match self.outbox.enqueue(draft(note)):
            case outcomes.Saved(op, reference):
                self.say(Saved(note, op, reference))
                return True
            case NotSaved(why, _):
                self.refused += 1
                self.say(Refused(note, why.value))
                return False

    def deliver(self) -> None:
        """Until nothing is due any more; waits are over at once."""
        while parcels := self.outbox.take_due(AT_ONCE):
            for parcel in parcels:
                self._deliver(parcel)
            self.outbox.keep_copy()

    def _deliver(self, parcel: Parcel) -> None:
        answer = self.say(Send(parcel.op_id.value, parcel.envelope))
        assert isinstance(answer, Answer)
        match answer.word:
            case "taken":
                self.outbox.settle(parcel.op_id, accepted("", START))
            case "refused":
                self.outbox.bury(parcel.op_id, outcomes.Refused("malformed", "not in this catalogue"))
            case _:
                self.outbox.retry(parcel.op_id, Unreached.TIMED_OUT, 0.0)

    def more_numbers(self) -> None:
        wanted = self.outbox.numbers_wanted()
        if wanted is not None:
            block = self.say(WantNumbers(wanted.value))
            assert isinstance(block, Block)
            self.outbox.add_numbers(block.fresh())

    def close(self) -> None:
        self.outbox.close()
        self.leave()

    def leave(self) -> None:
        """Without closing anything, as a process that ends."""
        if self._held is not None:
            self._held.release()
            self._held = None
