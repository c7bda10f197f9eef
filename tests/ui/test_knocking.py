"""Staff knock in one corner of the glass, or with a keypad's *back*; a knock presses nothing and is told of once."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from kiosk.app import RESTART, _Restart
from kiosk.domain.language import Language
from kiosk.services import requests
from kiosk.services import views as v
from kiosk.tour.hand import Finger
from kiosk.tour.keypad import Keypad
from kiosk.tour.qt_warnings import KNOWN
from tests.ui.page_samples import pages
from tests.ui.test_pages import SIZES, Stage

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[Stage]:
    stage = Stage(request.param)
    yield stage
    stage.window.close()
    qapp.processEvents()


def heard(stage: Stage) -> list[requests.Request]:
    QCoreApplication.processEvents()
    asked: list[requests.Request] = [one for one in stage.asked if not isinstance(one, requests.Touched)]
    stage.asked.clear()
    return asked


def test_a_finger_a_mouse_and_a_key_each_knock_once_and_press_nothing(stage: Stage) -> None:
    root = stage.window.root
    finger, keypad = Finger(root, lambda _holds, _what: 0.0), Keypad(root)
    for name in ("attract", "home", "details", "maintenance_door", "out_of_service"):
        stage.show(pages(Language.ZH)[name], v.Look())
        heard(stage)
        assert heard(stage) == []
        taken = finger.knock()
        assert heard(stage) == [requests.Knocked()] * taken, name
        QTest.mouseClick(root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
        assert heard(stage) == [requests.Knocked()], name
    stage.show(v.AttractPage(), v.Look())
    heard(stage)
    taken = keypad.knock()
    assert heard(stage) == [requests.Knocked(by_key=True)] * taken


def test_anywhere_else_nobody_knocks(stage: Stage) -> None:
    root = stage.window.root
    finger = Finger(root, lambda _holds, _what: 0.0)
    stage.show(pages(Language.ZH)["notices_empty"], v.Look())
    heard(stage)
    corner = min(root.width(), root.height()) // 9
    for at in (QPoint(corner + 1, 10), QPoint(10, corner + 1), QPoint(root.width() - 10, 10)):
        finger.touch(at)
        assert not [one for one in heard(stage) if isinstance(one, requests.Knocked)]


def test_nothing_can_be_pressed_where_staff_knock(stage: Stage) -> None:
    from kiosk.tour import sight

    root = stage.window.root
    corner = min(root.width(), root.height()) / 9
    for name, page in pages(Language.ZH).items():
        stage.show(page, v.Look())
        for item in sight.controls(root).values():
            place = sight.centre(item)
            left, top = place.x() - item.width() / 2, place.y() - item.height() / 2
            assert left >= corner or top >= corner, f"{name}: {item.property('name')}"


def test_a_restart_wanted_by_the_worker_ends_the_loop_with_its_own_status(stage: Stage) -> None:
    restart = _Restart(stage.window)
    QTimer.singleShot(0, threading.Thread(target=restart.wanted.emit).start)
    assert QCoreApplication.exec() == RESTART
