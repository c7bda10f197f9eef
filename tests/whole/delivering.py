"""An enrolled kiosk without a window or threads: its real outbox, delivery and client, driven step by step."""

import random
from collections.abc import Callable
from pathlib import Path

from kiosk.enrolment import Enrolled, enrol
from kiosk.offline import identity, kiosk_key
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.outbox import Outbox
from kiosk.offline.places import Places
from kiosk.offline.sealer import Sealer
from kiosk.services.delivery import Delivery
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import HubAnswered, HubRequest
from kiosk.uplink.credentials import Credentials
from kiosk.uplink.hub_client import HubClient

#: Rounds after which something that does not end is a failure, not slow.
MOST_ROUNDS = 2_000


class DeliveringKiosk:
    """``jump`` moves its monotonic clock, so that no test waits for a back-off; by itself it stands still."""

    def __init__(
        self,
        folder: Path,
        hub: str = "",
        total_seconds: float = 8.0,
        monotonic: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._passing = monotonic
        self.places = Places(folder)
        self.jumped = 0.0
        self.clock = HubClock(monotonic=self._monotonic)
        enrolled = identity.load(self.places.identity)
        key = kiosk_key.load_or_make(self.places.key)
        opened = open_database(self.places.database)
        assert enrolled is not None
        assert isinstance(key, KioskKey)
        assert isinstance(opened, Opened)
        credentials = Credentials(enrolled.kiosk, key.private, self.clock.monotonic)
        self.client = HubClient(hub or enrolled.hub, enrolled.ca, self.clock, credentials, total_seconds)
        self.outbox = Outbox(opened.database, Sealer(enrolled.kiosk, key, lambda: enrolled.hub_keys[0]), self.clock)
        self._asked: list[HubRequest] = []
        self.delivery = Delivery(self.outbox, self, self.clock, random.random)

    def _monotonic(self) -> float:
        return self._passing() + self.jumped

    def jump(self, seconds: float) -> None:
        self.jumped += seconds

    def _skip(self, seconds: float) -> None:
        """No wait lasts longer. The hub's time stands still meanwhile, as it does at the hub, which takes no assertion
        that is dated half a minute ahead."""
        hub = self.clock.hub_now()
        self.jump(seconds)
        if hub.certain:
            self.clock.heard(hub.at)

    def ask(self, request: HubRequest) -> bool:
        self._asked.append(request)
        return True

    def step(self) -> None:
        """One beat and everything it asks for, answered."""
        self._skip(30.0)
        self.delivery.beat()
        while self._asked:
            request = self._asked.pop(0)
            self.delivery.answered(HubAnswered(request, self.client.handle(request)))

    def deliver_all(self) -> None:
        for _ in range(MOST_ROUNDS):
            if self.outbox.fill().unsettled == 0:
                return
            self.step()
        raise AssertionError(f"still waiting: {self.outbox.fill()}")

    def stop(self) -> None:
        self.client.close()
        self.outbox.close()


def enrolled_folder(folder: Path, hub: str, ca: Path, code: str) -> Places:
    outcome = enrol(folder, hub, ca.read_text(), code)
    assert isinstance(outcome, Enrolled), outcome
    return Places(folder)
