"""A whole kiosk on an invisible screen, in this process: requests go in as from a finger, views come out."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import structs
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication

from kiosk.app import Kiosk
from kiosk.config import Settings
from kiosk.devices.simulated_printer import SimulatedPrinter
from kiosk.domain.language import Language
from kiosk.drawer import Done, Drawer
from kiosk.outside import Outside
from kiosk.services import requests
from kiosk.services.views import DonePage, NotePage, PinPage, Screen, View
from kiosk.ui.environment import set_environment
from kiosk.ui.window import WindowSettings
from tests.patience import PATIENCE

SYMPTOM, SERVICE = "no-pages", "network"
P = TypeVar("P")
_applications: list[QCoreApplication] = []


@dataclass
class WholeKiosk:
    """``until`` handles Qt's events while it waits; ``view`` is the newest."""

    kiosk: Kiosk
    drawer: Drawer
    views: list[View] = field(default_factory=list)

    @property
    def view(self) -> View:
        return self.views[-1]

    def post(self, *wanted: object) -> None:
        for request in wanted:
            assert self.kiosk.worker.post(request)

    def do(self, action: str) -> None:
        assert isinstance(self.drawer.do(action), Done), action

    def until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what}; last seen: {self.views[-1:]}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.002)

    def on(self, screen: Screen) -> View:
        """Both the newest view and the window show this screen."""
        self.until(lambda: self.views and self.view.screen is screen, f"not on {screen}")
        self.until(lambda: self.kiosk.window.shown.screen is screen, f"the window is not on {screen}")
        return self.view

    def ask(self, request: object, screen: Screen) -> View:
        self.post(request)
        return self.on(screen)

    def page(self, kind: type[P], condition: Callable[[P], object] = lambda _: True) -> P:
        """The newest page, once it is of this kind and as wanted."""

        def there() -> bool:
            page = self.views[-1].page if self.views else None
            return isinstance(page, kind) and bool(condition(page))

        self.until(there, f"no such {kind.__name__}")
        page = self.view.page
        assert isinstance(page, kind)
        return page

    # -- a report ---------------------------------------------------------------------------------------------------
    def start(self) -> None:
        self.on(Screen.ATTRACT)
        self.ask(requests.Start(Language.ZH), Screen.HOME)

    def fill_in(self, note: str = "") -> None:
        """From home to a report that only has to be handed in."""
        self.ask(requests.Open("report"), Screen.CATEGORY)
        self.ask(requests.ChooseService(SERVICE), Screen.DETAILS)
        self.post(requests.ChooseSymptom(SYMPTOM))
        if note:
            self.write(note)

    def write(self, note: str) -> None:
        self.ask(requests.Open("note"), Screen.NOTE)
        self.page(NotePage)
        self.ask(requests.NoteDone(note), Screen.DETAILS)

    def hand_in(self) -> DonePage:
        self.ask(requests.Submit(), Screen.ANSWER)
        self.ask(requests.Open("look"), Screen.DONE)
        return self.page(DonePage, lambda page: page.slip != "printing")

    def report(self, note: str = "") -> DonePage:
        self.start()
        self.fill_in(note)
        return self.hand_in()

    # -- somebody with a card and a PIN -----------------------------------------------------------------------------
    def at_pin(self, person: str = "zhang-ming") -> None:
        self.on(Screen.ATTRACT)
        self.do(f"tap {person}")
        self.on(Screen.HOME)
        self.ask(requests.Open("tickets"), Screen.PIN)

    def type_pin(self, digits: str) -> None:
        """Key by key, as the page's pad does: what comes before the helper is ready is not kept."""
        backstage = self.kiosk.backstage
        assert backstage is not None
        for count, digit in enumerate(digits, 1):
            backstage.pin_pad.key(ord(digit))
            if count < len(digits):
                self.page(PinPage, lambda page, count=count: page.filled == count)  # type: ignore[misc]


@contextmanager
def whole_kiosk(
    settings: Settings, world: Callable[[Outside], Outside] = lambda outside: outside
) -> Iterator[WholeKiosk]:
    """Runs until the end of the block; a bug in the worker fails it. ``world`` changes what stands outside."""
    if QCoreApplication.instance() is None:
        set_environment()
        _applications.append(QGuiApplication([]))
    # An ended kiosk's objects of Qt hold one another. Python's collector runs on whichever thread happens to call it,
    # and on one of the next kiosk's they must not go: Qt crashes.
    gc.collect()
    drawer = Drawer(SimulatedPrinter(settings.printer.path), time.monotonic)
    views: list[View] = []
    screen = settings.screen
    # the keyboard may not be loaded while the test run listens to Qt's messages
    window = WindowSettings(False, screen.width, screen.height, warm_up=False)
    # on a busy machine a hub is slow, not gone
    outside = structs.replace(world(drawer.outside()), answered_within=PATIENCE)
    made = Kiosk(settings, outside, window, views.append)
    running = WholeKiosk(made, drawer, views)
    try:
        running.until(lambda: made.backstage or made.why_not or views, "the worker did not start")
        yield running
    finally:
        assert made.stop(), "the worker did not end"
    assert made.worker.counters.bugs == 0
