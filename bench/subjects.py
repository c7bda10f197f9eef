"""What is measured: the kiosk as it runs in production, and the bare window, each on a display of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.screen import Screen, ScreenError
from kiosk import demo

#: How long either may take to show its button, and to answer a touch, seconds.
SHOWN_WITHIN = 60.0
ANSWERS_WITHIN = 0.5
#: How often a touch is tried, and how long a program may take to end, seconds.
TRIES = 60
END_WITHIN = 15.0
#: Where nothing can be pressed.
AWAY = (5, 1075)
#: Neither program gets what this shell says to Qt or Python: a kiosk's own start says nothing.
_OTHERS = ("QT_", "QML_", "PYTHON")
_ANCHOR = Path(__file__).with_name("bare_window.py")
_CONFIG = """data = "{data}"

[hub]
url = "{url}"
ca = "{ca}"

[reader]
kind = "simulated"

[printer]
kind = "simulated"
path = "{slips}"
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """``point`` lies on a button (in an empty part of it), whose colour at rest is ``rest`` (0xRRGGBB)."""

    name: str
    command: tuple[str, ...]
    point: tuple[int, int]
    rest: int
    environment: Mapping[str, str]

    @contextmanager
    def running(self, screen: Screen) -> Iterator[int]:
        """Its process id, while it runs on ``screen``."""
        screen.move(*AWAY)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
        environment = {**inherited, **self.environment, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        process = subprocess.Popen(self.command, env=environment, stdin=subprocess.DEVNULL)
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(END_WITHIN)

    def wait_shown(self, screen: Screen) -> None:
        if not screen.wait(self.point, self.rest, True, SHOWN_WITHIN):
            raise ScreenError(f"{self.name}: no button of colour {self.rest:06x} at {self.point}")

    def wait_answered(self, screen: Screen) -> None:
        """Presses until the button's pixel changes; the button stays down."""
        for _ in range(TRIES):
            screen.press()
            if screen.wait(self.point, self.rest, False, ANSWERS_WITHIN):
                return
            screen.press(False)
        raise ScreenError(f"{self.name}: does not answer a touch")


def bare(*options: str) -> Subject:
    qt = {"QT_QUICK_BACKEND": "software", "QT_QPA_UPDATE_IDLE_TIME": "0"}
    return Subject("bare window", (sys.executable, str(_ANCHOR), *options), (150, 200), 0xE0E0E0, qt)


@contextmanager
def enrolled_kiosk() -> Iterator[Subject]:
    """A kiosk of its own sample campus, whose hub runs beside it."""
    with TemporaryDirectory(prefix="kiosk-bench-", ignore_cleanup_errors=True) as folder:
        places = demo.DemoPlaces(Path(folder) / "campus")
        places.folder.mkdir()
        hub = demo.DemoHub(places)
        hub.load_sample()
        hub.start()
        try:
            demo.enrolled(places, hub)
            config = Path(folder) / "kiosk.toml"
            values = {"data": places.folder, "url": hub.url, "ca": places.ca, "slips": places.slips}
            config.write_text(_CONFIG.format(**values), encoding="utf-8")
            command = (sys.executable, "-m", "kiosk", "run", "--config", str(config))
            # the left end of the upper start button, where it stands with a notice above the buttons and without one
            yield Subject("kiosk", command, (1160, 270), 0xFFFFFF, {})
        finally:
            hub.stop()
