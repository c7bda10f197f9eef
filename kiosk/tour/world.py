"""A whole campus of its own for one pass: hub process, kiosk, simulated devices, and a clock that can be moved."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject

from kiosk import demo
from kiosk.app import Kiosk
from kiosk.devices.simulated_printer import SimulatedPrinter
from kiosk.domain.outcomes import PrintOutcome, Unreachable, Unreached
from kiosk.domain.receipts import Slip
from kiosk.drawer import Drawer
from kiosk.messages import last_messages
from kiosk.services.hub_requests import Deliver, HubOutcome, HubRequest
from kiosk.services.views import AttractPage, View
from kiosk.tour.own_hub import OwnHub
from kiosk.tour.record import WentWrongError
from kiosk.ui.window import WindowSettings

#: How long anything on screen, and an answer of the hub, may take, seconds of real time: so long that only what is
#: broken takes longer, however busy the machine is.
HAPPENS_WITHIN = ANSWERED_WITHIN = 60.0
#: How long events may be handled before a condition is looked at again, milliseconds.
LOOK_EVERY_MS = 10
#: How often a command of the hub is asked for the same, and how long that may take, seconds: a helpdesk beside the hub
#: is told one thing after the other.
ASK_HUB_EVERY, AT_HUB_WITHIN = 2.0, 300.0
#: After the last visit, until what it used has been given back, seconds.
AT_REST = 3.0
#: A hub that takes no operations asks for them again after this long, seconds.
COME_BACK_AFTER = 300
#: PINs of the sample campus are hashed cheaply: nobody attacks a tour.
_CHEAP_PINS = "[pin]\nmemory_kib = 64\niterations = 1\n"


class KeptSlips(SimulatedPrinter):
    """The simulated printer; remembers what the last slip said."""

    last: Slip | None = None

    def print(self, slip: Slip) -> PrintOutcome:
        self.last = slip
        return super().print(slip)


class World:
    """Made on the interface thread; ``QGuiApplication`` exists. ``folder`` is fresh and belongs to this pass. ``own``:
    the hub's settings where the tour brings none."""

    def __init__(self, folder: Path, width: int, height: int, own: OwnHub | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.places, self._own = demo.DemoPlaces(folder), own
        self._config = own.file if own else folder / "hub.toml"
        if own is None:
            self._config.write_text(_CHEAP_PINS, encoding="utf-8")
        self.hub = demo.DemoHub(self.places, self._config)
        self.hub.load_sample()
        self.hub.start()
        demo.enrolled(self.places, self.hub)
        self.printer = KeptSlips(self.places.slips)
        self.drawer = Drawer(self.printer, time.monotonic, lambda: " | ".join(last_messages(self.places.messages)))
        self.drawer.ca = self.places.ca
        self.hub_is_full = False  # it answers, but takes no operations: later, it says
        self._same_time = threading.Lock()  # held while hub and kiosk speak, or while time is moved: never both
        drawn = self.drawer.outside()
        outside = structs.replace(
            drawn, line=lambda handle: self._through(drawn.line(handle)), answered_within=ANSWERED_WITHIN
        )
        self._view = View(AttractPage())
        window = WindowSettings(False, width, height, typing_folder=folder / "typing")
        self.kiosk = Kiosk(demo.settings(self.places, self.hub), outside, window, self._seen)
        self.root = self.kiosk.window.root
        self._stage: Any = self.root.findChild(QObject, "stage")

    def _through(self, handle: Callable[[HubRequest], HubOutcome]) -> Callable[[HubRequest], HubOutcome]:
        def through(request: HubRequest) -> HubOutcome:
            if self.hub_is_full and isinstance(request, Deliver):
                return Unreachable(Unreached.HUB_ERROR, retry_after=COME_BACK_AFTER)
            with self._same_time:
                return handle(request)

        return through

    def reconfigure(self, more: str) -> None:
        """The hub starts anew with ``more`` in its settings. Raises WentWrongError where they are somebody's own."""
        if self._own is not None:
            raise WentWrongError("this flow needs other settings of the hub than --hub-config names")
        self.hub.stop()
        self._config.write_text(_CHEAP_PINS + more, encoding="utf-8")
        self.hub.start()

    def stop(self) -> None:
        del self.root, self._stage
        self.kiosk.stop()
        self.hub.stop()

    def _seen(self, view: View) -> None:
        self._view = view

    @property
    def view(self) -> View:
        return self._view

    def on_screen(self) -> bool:
        """Whether the window shows the last view: its page stands still and nothing of it is still on its way."""
        still = self._stage.property("x") == 0 and self._stage.property("opacity") == 1
        return still and self.kiosk.window.shown is self._view

    def pump(self) -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, LOOK_EVERY_MS)
        time.sleep(0.002)  # the worker needs Python's lock too

    def until(self, condition: Callable[[], bool], what: str, within: float = HAPPENS_WITHIN) -> float:
        """Handles events until ``condition`` holds; the seconds it took. Raises WentWrongError."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() - began > within:
                raise WentWrongError(f"{what}: not within {within:g} s (on screen: {self._view.screen.value})")
            self.pump()
        return time.monotonic() - began

    def until_at_hub(self, condition: Callable[[], bool], what: str) -> None:
        """As ``until``, for what a command of the hub is asked for: now and then, because that is work too."""
        next_at = 0.0

        def now_and_then() -> bool:
            nonlocal next_at
            if time.monotonic() < next_at:
                return False
            holds = condition()
            next_at = time.monotonic() + ASK_HUB_EVERY
            return holds

        self.until(now_and_then, what, AT_HUB_WITHIN)

    def rest(self) -> None:
        """Lets the kiosk stand as it does when nobody comes: the bench looks at its memory then."""
        until = time.monotonic() + AT_REST
        while time.monotonic() < until:
            self.pump()

    def do(self, action: str) -> None:
        """One action of the drawer. Raises WentWrongError."""
        answer = self.drawer.do(action)
        if why := getattr(answer, "why", ""):
            raise WentWrongError(why)

    def pass_time(self, seconds: float) -> None:
        """Moves hub and kiosk on by ``seconds`` at once: no kiosk that is a minute younger than its hub is trusted."""
        with self._same_time:
            ahead = self.drawer.seconds_ahead + seconds
            unfinished = self.places.clock.with_suffix(".part")
            unfinished.write_text(f"{ahead:.3f}", encoding="ascii")
            unfinished.replace(self.places.clock)  # the hub never reads half a number
            self.drawer.seconds_ahead = ahead
