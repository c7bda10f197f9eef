"""A kiosk that has been used, for bench/memory.py: driven by requests, so that only it is counted.

Prints ``used`` after the last visit, or which pages were never reached, and waits to be ended.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.app import Kiosk
    from kiosk.drawer import Drawer

#: Milliseconds a page stands, and the last one before memory is looked at.
PAGE_MS = 700
REST_MS = 3000
#: Pages the visits must have shown, else the figure would be about less than it says.
PAGES = (
    *("attract", "home", "category", "details", "note", "place", "answer", "done"),
    *("identify", "number", "pin", "tickets", "none_of_these", "privacy"),
)


def main(folder: Path, visits: int) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_CONFIG_HOME"] = str(folder / "typing")
    from kiosk.ui.environment import set_environment

    set_environment()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication

    from kiosk import demo
    from kiosk.app import Kiosk
    from kiosk.devices.simulated_printer import SimulatedPrinter
    from kiosk.drawer import Drawer
    from kiosk.ui.window import WindowSettings

    places = demo.DemoPlaces(folder)
    hub = demo.DemoHub(places)
    hub.load_sample()
    hub.start()
    demo.enrolled(places, hub)
    application = QGuiApplication([])
    drawer = Drawer(SimulatedPrinter(places.slips), time.monotonic)
    window = WindowSettings(full_screen=False, typing_folder=folder / "typing")
    shown: set[str] = set()
    kiosk = Kiosk(demo.settings(places, hub), drawer.outside(), window, lambda view: shown.add(view.screen.value))
    steps = [step for _ in range(visits) for step in _visit(kiosk, drawer)]

    def go() -> None:
        if steps:
            steps.pop(0)()
            QTimer.singleShot(PAGE_MS, go)
        else:
            missing = " ".join(page for page in PAGES if page not in shown)
            QTimer.singleShot(REST_MS, lambda: print(f"never reached {missing}" if missing else "used", flush=True))

    QTimer.singleShot(REST_MS, go)
    application.exec()
    return 0


def _visit(kiosk: "Kiosk", drawer: "Drawer") -> list[Callable[[], object]]:
    """A report with a note and another place, one's own tickets, every aid, English, the way without any proof."""
    from kiosk.domain.language import Language
    from kiosk.drawer import sample_people
    from kiosk.services import requests as ask

    person = next(one for one in sample_people() if one.id == "zhang-ming")
    post = kiosk.worker.post
    wanted = (
        ask.Open("report"),
        ask.ChooseService("network"),
        ask.Open("note"),
        ask.NoteDone("x"),
        ask.Open("place"),
        ask.Back(),
        ask.Open("answer"),
        ask.Back(),
        ask.ChooseSymptom("no-pages"),
        ask.Submit(),
        ask.Again(),
        ask.Open("tickets"),
    )
    after = (
        ask.Open("none"),
        ask.Open("privacy"),
        ask.ToggleAid("large"),
        ask.ToggleAid("contrast"),
        ask.ChooseLanguage(Language.EN),
        ask.End(),
        ask.Start(Language.EN),
        ask.Open("tickets"),
        ask.Open("number"),
        ask.End(),
    )
    return [
        lambda: drawer.do("tap zhang-ming"),
        *(partial(post, one) for one in wanted),
        partial(_type, kiosk, person.pin),
        *(partial(post, one) for one in after),
    ]


def _type(kiosk: "Kiosk", pin: str) -> None:
    assert kiosk.backstage is not None
    for digit in pin:
        kiosk.backstage.pin_pad.key(ord(digit))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
