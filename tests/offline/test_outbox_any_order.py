"""Whatever happens in whatever order, also restarts: nothing is lost, nothing is sent twice at once, order is kept."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from kiosk.domain.hub_time import HubTime
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused, Unreached
from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.offline.schedule import LEASE
from kiosk.offline.sealer import Sealer
from kiosk.wire.envelope import Context, HubKey
from tests.counts import count
from tests.offline.kiosks import HandClock, Keys, KioskMemory, accepted, saved

KEYS = Keys()


class OneAggregate(Sealer):
    """While ``shared`` is set, reports belong to one aggregate, as operations of a later class will."""

    shared = False

    def _context(
        self, hub_key: HubKey, op_id: OpId, kind: str, aggregate: str, now: HubTime, lifetime: timedelta
    ) -> Context:
        chosen = "shared" if self.shared else aggregate
        return super()._context(hub_key, op_id, kind, chosen, now, lifetime)


class AnyOrder(RuleBasedStateMachine):
    parcels = Bundle("parcels")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.memory = KioskMemory(Path(self.folder.name) / "kiosk.db", clock=HandClock(), keys=KEYS)
        self.sealer = OneAggregate("k1", KEYS.kiosk, KEYS.hub_key)
        self.outbox = self.memory.start(numbers=9_000)
        self.outbox.sealer = self.sealer
        self.told: dict[str, str] = {}
        self.shared: list[str] = []
        self.ended: dict[str, str] = {}
        self.leased: dict[str, float] = {}

    def teardown(self) -> None:
        self.memory.database.close()
        self.folder.cleanup()

    @rule(shared=st.booleans())
    def report(self, shared: bool) -> None:
        self.sealer.shared = shared
        outcome = saved(self.outbox)
        self.told[outcome.op_id] = outcome.reference
        if shared:
            self.shared.append(outcome.op_id)

    @rule(target=parcels, limit=st.integers(1, 4))
    def take(self, limit: int) -> list[str]:
        taken = [parcel.op_id.value for parcel in self.outbox.take_due(limit)]
        now = self.memory.clock.passed
        assert len(taken) == len(set(taken)) <= limit
        for op_id in taken:
            assert op_id not in self.ended
            assert self.leased.get(op_id, now) <= now, "on its way already"
            if op_id in self.shared:
                earlier = self.shared[: self.shared.index(op_id)]
                assert all(before in self.ended for before in earlier), "overtaken in its aggregate"
            self.leased[op_id] = now + LEASE
        return taken

    @rule(taken=parcels)
    def settle(self, taken: list[str]) -> None:
        for op_id in taken:
            self.outbox.settle(OpId(op_id), accepted(self.told[op_id]))
            self.ended.setdefault(op_id, "settled")

    @rule(taken=parcels)
    def refuse(self, taken: list[str]) -> None:
        for op_id in taken[:1]:
            self.outbox.bury(OpId(op_id), Refused("malformed"))
            self.ended.setdefault(op_id, "dead")

    @rule(taken=parcels, wait=st.sampled_from([0.0, 5.0, 700.0]))
    def no_answer(self, taken: list[str], wait: float) -> None:
        for op_id in taken:
            self.outbox.retry(OpId(op_id), Unreached.TIMED_OUT, wait)
            self.leased[op_id] = self.memory.clock.passed + wait

    @rule(seconds=st.sampled_from([1.0, 30.0, 61.0, 900.0]))
    def time_passes(self, seconds: float) -> None:
        self.memory.clock.passed += seconds

    @rule()
    def restart(self) -> None:
        self.memory.database.close()
        self.outbox = self.memory.start()
        self.outbox.sealer = self.sealer
        self.leased.clear()

    @rule()
    def drain(self) -> None:
        """However things stand, once the hub answers everything ends."""
        for _ in range(len(self.told) + 1):
            self.memory.clock.passed += 1000.0
            for parcel in self.outbox.take_due(50):
                self.outbox.settle(parcel.op_id, accepted(self.told[parcel.op_id.value]))
                self.ended[parcel.op_id.value] = "settled"
        assert set(self.ended) == set(self.told)

    @invariant()
    def nothing_is_lost_or_comes_back(self) -> None:
        rows = listing(self.memory.file)
        assert isinstance(rows, list)
        assert [row["op_id"] for row in rows] == list(self.told)
        for row in rows:
            ended = self.ended.get(str(row["op_id"]))
            assert row["state"] == ended if ended else row["state"] in ("waiting", "sending")
        assert self.outbox.fill().unsettled == len(self.told) - len(self.ended)

    @invariant()
    def the_chain_holds(self) -> None:
        found = verify(self.memory.file, KEYS.kiosk.public)
        assert isinstance(found, Verification)
        assert found.ok, found.problems


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=count(30, 1_000), stateful_step_count=30, deadline=None)
