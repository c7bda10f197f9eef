"""A whole kiosk on an invisible screen, used by touch on command, that is never told a secret as a whole.

python -m tests.whole.secrets_process FOLDER HUB_URL CA

Each line of stdin is one thing to do, answered by a line: ``card UID``, ``touch NAME`` (a control of the page),
``until SCREEN``, ``key N NAME`` (touched, then the active field holds N), ``move FIELD NAME`` (touched, then FIELD is
active), ``step N`` (of typing a PIN anew), ``rest SECONDS``, and at last ``plant ENCODING TEXT``, after which this
process holds TEXT like something left behind.
"""

import base64
import os
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.app import Kiosk
from kiosk.demo import DemoPlaces
from kiosk.drawer import Drawer
from kiosk.logs import start_log
from kiosk.offline import lock
from kiosk.offline.places import Places
from kiosk.services.views import (
    AccountPage,
    AttractPage,
    CardPage,
    CardPinPage,
    CodePage,
    DonePage,
    PasswordPage,
    PinPage,
    View,
)
from kiosk.tour import sight
from kiosk.tour.hand import Finger
from kiosk.tour.record import WentWrongError
from kiosk.tour.world import KeptSlips, World
from kiosk.ui.environment import set_environment
from kiosk.ui.window import WindowSettings
from tests.whole.enrolled import settings

SIZE = (540, 960)
PRESSES, COUNTED_WITHIN = 3, 20.0
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "utf-8": lambda text: text,
    "utf-16": lambda text: text.decode().encode("utf-16-le"),
    "hex": lambda text: text.hex().encode(),
    "base64": base64.b64encode,
}
planted: list[bytearray] = []


class Terminal(World):
    """A kiosk whose hub runs elsewhere."""

    def __init__(self, folder: Path, url: str, ca: Path) -> None:
        self.places = DemoPlaces(folder)
        self.printer = KeptSlips(self.places.slips)
        self.drawer = Drawer(self.printer, time.monotonic)
        self._view = View(AttractPage())
        window = WindowSettings(False, *SIZE, reduce_motion=True, warm_up=False, typing_folder=folder / "typing")
        self.kiosk = Kiosk(settings(folder, url, ca), self.drawer.outside(), window, self._seen)
        self.root = self.kiosk.window.root
        self._stage = self.root.findChild(QObject, "stage")

    def stop(self) -> None:
        del self.root, self._stage
        self.kiosk.stop()


def read_line(terminal: Terminal) -> bytes:
    """Byte by byte: no buffer ever holds two commands."""
    line = bytearray()
    while not line.endswith(b"\n"):
        if not select.select([0], [], [], 0)[0]:
            terminal.pump()
            continue
        byte = os.read(0, 1)
        if not byte:
            return b""
        line += byte
    return bytes(line[:-1])


def ready(terminal: Terminal) -> bool:
    """What is asked for is only touched when the hub has answered."""
    page = terminal.view.page
    if isinstance(page, AttractPage):
        return page.reader_position != "" and terminal.view.frame.mark != ""
    if isinstance(page, PinPage | CodePage | CardPinPage):
        return not page.locked and not page.busy
    if isinstance(page, CardPage):
        return not page.loading
    if isinstance(page, DonePage):
        return page.slip != "printing"
    return not (isinstance(page, AccountPage | PasswordPage) and page.busy)


def counted(terminal: Terminal, count: int) -> bool:
    page = terminal.view.page
    if isinstance(page, PasswordPage):
        return any(field.active and field.count == count for field in page.fields)
    if isinstance(page, CodePage):
        return len(page.digits) == count
    return not isinstance(page, PinPage | CardPinPage) or page.filled == count


def press_until(terminal: Terminal, finger: Finger, name: str, there: Callable[[], bool]) -> None:
    """A press that a page swallows while it changes is tried again; one that counts is never repeated."""
    for _ in range(PRESSES):
        do(terminal, finger, "touch", name)
        end = time.monotonic() + COUNTED_WITHIN
        terminal.until(lambda end=end: there() or time.monotonic() >= end, name)  # type: ignore[misc]
        if there():
            return
    raise WentWrongError("a press is never counted")


def is_active(terminal: Terminal, field: str) -> bool:
    page = terminal.view.page
    return isinstance(page, PasswordPage) and any(one.active and one.id == field for one in page.fields)


def on_step(terminal: Terminal, step: int) -> bool:
    page = terminal.view.page
    return isinstance(page, CardPinPage) and page.step == step and page.filled == 0 and not page.busy


def do(terminal: Terminal, finger: Finger, what: str, value: str) -> None:
    match what:
        case "card":
            terminal.drawer.tap_uid(value)
            terminal.do("card-off")
        case "touch":
            terminal.until(lambda: value in sight.controls(terminal.root) and terminal.on_screen(), f"control {value}")
            item = sight.controls(terminal.root)[value]
            terminal.until(item.isEnabled, f"{value} to be pressable")
            finger.press(item, value)
        case "until":
            terminal.until(
                lambda: terminal.view.screen == value and ready(terminal) and terminal.on_screen(), f"page {value}"
            )
        case "key":
            count, _, name = value.partition(" ")
            press_until(terminal, finger, name, lambda: counted(terminal, int(count)))
        case "move":
            field, _, name = value.partition(" ")
            press_until(terminal, finger, name, lambda: is_active(terminal, field))
        case "step":
            terminal.until(lambda: on_step(terminal, int(value)), f"step {value}")
        case "rest":
            end = time.monotonic() + float(value)
            terminal.until(lambda: time.monotonic() >= end, "a rest")
        case "plant":
            encoding, _, text = value.partition(" ")
            planted[:] = [bytearray(ENCODINGS[encoding](text.encode()))]


def main(folder: str, url: str, ca: str) -> None:
    data = Path(folder)
    held = lock.take(Places(data).lock)
    assert isinstance(held, lock.Lock), held
    set_environment()
    os.environ["XDG_CONFIG_HOME"] = str(data / "typing")
    application = QGuiApplication([])
    start_log(data / "log")
    terminal = Terminal(data, url, Path(ca))
    finger = Finger(terminal.root, terminal.until)
    os.write(1, b"ready\n")
    while line := read_line(terminal):
        what, _, value = line.decode().partition(" ")
        do(terminal, finger, what, value)
        os.write(1, b"done\n")
    terminal.stop()
    del terminal, application
    held.release()


if __name__ == "__main__":
    main(*sys.argv[1:])
