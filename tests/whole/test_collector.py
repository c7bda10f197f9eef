"""Python's collector runs on whichever thread calls it: a part of Qt that it ends on the worker's crashes the kiosk."""

import gc

from PySide6.QtCore import QObject

from kiosk.config import Settings
from kiosk.services import requests
from kiosk.services.views import Screen

from .absent_hub import AbsentHub
from .whole_kiosk import WholeKiosk, whole_kiosk


def visit(running: WholeKiosk) -> None:
    running.report()
    running.post(requests.End())
    running.at_pin()
    running.type_pin("739154")
    running.on(Screen.TICKETS)
    running.post(requests.End())
    running.on(Screen.ATTRACT)


def parts_of_qt_in_circles() -> list[str]:
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        gc.collect()
        return [type(thing).__name__ for thing in gc.garbage if isinstance(thing, QObject)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


def test_visits_leave_no_part_of_qt_to_the_collector(hub: AbsentHub, kiosk: Settings) -> None:
    assert hub.running
    gc.collect()
    gc.disable()  # else they could be gone before they are looked for
    try:
        with whole_kiosk(kiosk) as running:
            visit(running)
            visit(running)
            found = parts_of_qt_in_circles()
    finally:
        gc.enable()
    assert found == []
