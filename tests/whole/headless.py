"""A whole kiosk without a window: real worker, services, database, secret helper and line to a real hub.

What it shows, prints and hears is kept: every view, every slip, the body of every answer of the hub.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.backstage import Backstage, Ways, wire
from kiosk.config import Settings
from kiosk.devices.simulated_printer import SimulatedPrinter
from kiosk.domain.outcomes import Printed, PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.drawer import Drawer
from kiosk.offline import lock
from kiosk.offline.places import Places
from kiosk.services.hub_requests import HubAnswered, HubRequest
from kiosk.services.requests import Request
from kiosk.services.views import PinPage, Screen, View
from kiosk.uplink.hub_thread import HubThread
from kiosk.uplink.transport import Answer, Transport
from kiosk.worker import Wiring, Worker
from tests.patience import PATIENCE


class KeptPrinter(SimulatedPrinter):
    """Paper that nobody has to look at: the slip itself is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.slips: list[Slip] = []

    def print(self, slip: Slip) -> PrintOutcome:
        self.slips.append(slip)
        self.last_code = slip.qr or slip.carries or self.last_code
        return Printed()


@dataclass
class Headless:
    worker: Worker
    drawer: Drawer
    printer: KeptPrinter
    views: list[View] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    backstage: list[Backstage] = field(default_factory=list)
    unanswered: int = 0  # of what the services asked of the hub

    @property
    def view(self) -> View:
        return self.views[-1]

    def until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what}; last seen: {self.views[-1:]}"
            time.sleep(0.002)

    def press(self, *wanted: Request) -> None:
        """Each is done, and what it asked of the hub or the printer is answered, before the next one."""
        for request in wanted:
            handled = self.worker.counters.handled
            assert self.worker.post(request)
            self.until(lambda before=handled: self.worker.counters.handled > before, f"{request} is not done")  # type: ignore[misc]
            self.rest()

    def rest(self) -> None:
        self.until(lambda: not self._waits(), "the page waits for ever")

    def _waits(self) -> bool:
        page = self.page
        return self.unanswered > 0 or bool(page.get("busy") or page.get("loading") or page.get("slip") == "printing")

    @property
    def page(self) -> dict[str, Any]:
        built: dict[str, Any] = msgspec.to_builtins(self.view.page)
        return built

    def shows(self, screen: Screen) -> None:
        self.until(lambda: self.view.screen is screen, f"not on {screen}")
        self.rest()

    def type_pin(self, digits: str) -> None:
        self.until(lambda: isinstance(self.view.page, PinPage) and not self.view.page.locked, "no open pad")
        for count, digit in enumerate(digits, 1):
            self.backstage[0].pin_pad.key(ord(digit))
            self.until(
                lambda count=count: count == len(digits) or self.page.get("filled") == count,  # type: ignore[misc]
                "a digit is not counted",
            )
        self.until(lambda: self.page.get("filled", 0) == 0 and not self.page.get("busy"), "no answer to the PIN")


@contextmanager
def headless(settings: Settings) -> Iterator[Headless]:
    """Runs until the end of the block; a bug in the worker fails it."""
    held = lock.take(Places(settings.data).lock)
    assert isinstance(held, lock.Lock), held
    printer = KeptPrinter(settings.printer.path)
    drawer = Drawer(printer, time.monotonic)
    outside = drawer.outside()
    made: list[Headless] = []

    def asked(thread: HubThread, request: HubRequest) -> bool:
        taken = ask(thread, request)
        made[0].unanswered += taken
        return taken

    def start() -> Wiring:
        ways = Ways(
            worker.post,
            lambda view: made[0].views.append(view),
            lambda stage: made[0].backstage.append(stage),
            lambda: None,
        )
        wiring = wire(settings, outside, ways)
        take = wiring.handlers[HubAnswered]

        def answered(answer: HubAnswered) -> None:
            take(answer)
            made[0].unanswered -= 1

        return replace(wiring, handlers={**wiring.handlers, HubAnswered: answered})

    worker = Worker(start, lambda: made[0].backstage[0].station.recover(), monotonic=outside.monotonic)
    made.append(Headless(worker, drawer, printer))
    understand, ask = Transport._answer, HubThread.ask

    def keep(transport: Transport, response: Any, content: bytes) -> Any:
        answer = understand(transport, response, content)
        if isinstance(answer, Answer):
            made[0].heard.append(content)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Transport, "_answer", keep)
        patch.setattr(HubThread, "ask", asked)
        worker.start()
        try:
            made[0].until(lambda: made[0].views and made[0].backstage, "the worker did not start")
            yield made[0]
        finally:
            assert worker.stop(PATIENCE), "the worker did not end"
            held.release()
    assert worker.counters.bugs == 0
