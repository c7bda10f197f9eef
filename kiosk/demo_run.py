"""``kiosk demo``: a hub of its own, a kiosk with simulated devices, and the drawer on screen and as a socket."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

from kiosk.demo import DemoFailedError, DemoHub, DemoPlaces, enrolled, settings
from kiosk.domain.language import Language, language_of
from kiosk.messages import last_messages
from kiosk.words import say

#: Whose cards lie in the drawer: everyone of the sample campus is in people.toml and can be tapped by command.
HANDS = ("zhang-ming", "li-na", "wang-qiang", "emma-smith", "kenji-sato", "lin-hao", "zheng-hong", "feng-gang")


def run_demo(folder: Path, size: tuple[int, int], language: Language) -> int:
    """Until it is quitted; (0, 0) is full screen. Raises DemoFailedError, also where another demo uses ``folder``."""
    with _owned(folder):
        places = DemoPlaces(folder)
        hub = DemoHub(places)
        try:
            print(say(language_of(os.environ), "commands.demo_starting"), file=sys.stderr, flush=True)
            hub.load_sample()
            hub.start()
            enrolled(places, hub, owned=True)
            return _run(places, hub, size, language)
        finally:
            hub.stop()


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    from kiosk.offline import lock
    from kiosk.offline.places import Places

    places = Places(folder)
    try:
        places.make()
        held = lock.take(places.lock)
    except OSError as error:
        raise DemoFailedError(f"{folder}: {error.strerror or error}") from error
    if isinstance(held, lock.InUse):
        raise DemoFailedError(say(language_of(os.environ), "commands.in_use", pid=held.pid))
    try:
        yield
    finally:
        held.release()


def _run(places: DemoPlaces, hub: DemoHub, size: tuple[int, int], language: Language) -> int:
    from kiosk.ui.environment import set_environment

    set_environment()
    # where the keyboard's plugin makes its dictionary
    typing = places.folder / "typing"
    os.environ["XDG_CONFIG_HOME"] = str(typing)
    from kiosk.app import run
    from kiosk.devices.simulated_printer import SimulatedPrinter
    from kiosk.drawer import Drawer, sample_people
    from kiosk.drawer_socket import DrawerSocket
    from kiosk.logs import start_log
    from kiosk.ui import drawer_view_model as on_screen
    from kiosk.ui.window import Window, WindowSettings

    start_log(places.folder / "log")
    drawer = Drawer(SimulatedPrinter(places.slips), time.monotonic, lambda: " | ".join(last_messages(places.messages)))
    drawer.ca = places.ca

    def open_drawer(window: Window) -> None:
        english = language is Language.EN
        people = {person.id: person for person in sample_people()}
        hands = tuple(
            on_screen.Hand(who.id, who.latin_name if english else who.name, who.role, who.pin, who.card_pin)
            for who in (people[name] for name in HANDS)
        )
        told = partial(last_messages, places.messages)
        tools = on_screen.Drawer(hands, drawer.do, lambda: asdict(drawer.switches), told)
        drawn = on_screen.DrawerViewModel(tools, language)
        drawer.changed = drawn.stale
        window.lay_over("Drawer.qml", drawn=drawn)

    try:
        listening = DrawerSocket(drawer, places.drawer)
    except OSError as error:
        raise DemoFailedError(f"{places.drawer}: {error.strerror or error}") from error
    listening.start()
    width, height = size
    window = WindowSettings(full_screen=width == 0, width=width, height=height, may_quit=True, typing_folder=typing)
    try:
        return run(settings(places, hub, width, height, language), drawer.outside(), window, open_drawer)
    finally:
        listening.stop()
