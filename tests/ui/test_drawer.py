"""The demo's drawer on screen: every key does its action, shows how things stand, and keeps off the session bar."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.demo_run import HANDS
from kiosk.domain.language import Language
from kiosk.drawer import sample_people
from kiosk.services.views import AttractPage, View
from kiosk.ui.drawer_view_model import Drawer, DrawerViewModel, Hand
from kiosk.ui.window import Window, WindowSettings, open_window

BAR = {(1080, 1920): 232, (1920, 1080): 120}
ACTIONS = {
    "把卡拿开": "card-off",
    "放一张坏卡": "card-bad",
    "网络 开": "net on",
    "网络 关": "net off",
    "纸 正常": "paper ok",
    "纸 不多了": "paper low",
    "纸 没有了": "paper out",
    "打印机 开": "printer on",
    "打印机 关": "printer off",
    "扫码 开": "scanner on",
    "扫码 关": "scanner off",
    "扫码 小票": "scan slip",
    "扫码 学号": f"scan {HANDS[0]}",
    "手机 扫码登录": f"phone {HANDS[0]}",
    "手机 输数字": "phone number",
}


class NoKeys:
    def key(self, code: int) -> None:
        raise AssertionError(f"key {code} of a page without a pad")

    def letter(self, code: int) -> None:
        raise AssertionError(f"letter {code} of a page without keys")

    def clear(self) -> None:
        raise AssertionError("no pad to clear")


@dataclass
class Shown:
    window: Window
    model: DrawerViewModel
    done: list[str]
    switches: dict[str, str] = field(default_factory=dict)

    def items(self) -> list[QQuickItem]:
        def below(item: QQuickItem) -> Iterator[QQuickItem]:
            for child in item.childItems():
                yield child
                yield from below(child)

        return [item for item in below(self.window.root.contentItem()) if item.isVisible()]

    def named(self, name: str) -> QQuickItem:
        return next(item for item in self.items() if item.property("name") == name and item.property("flat"))

    def box(self, item: QQuickItem) -> tuple[float, float, float, float]:
        corner = item.mapToScene(QPointF(0, 0))
        return corner.x(), corner.y(), corner.x() + item.width(), corner.y() + item.height()

    def touch(self, name: str) -> None:
        x, y, right, bottom = self.box(self.named(name))
        middle = QPointF((x + right) / 2, (y + bottom) / 2).toPoint()
        QTest.mouseClick(self.window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def hands() -> tuple[Hand, ...]:
    people = {person.id: person for person in sample_people()}
    return tuple(Hand(who.id, who.name, who.role, who.pin, who.card_pin) for who in (people[name] for name in HANDS))


@pytest.fixture(params=BAR, ids=["portrait", "landscape"])
def shown(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Shown]:
    width, height = request.param
    window = open_window(WindowSettings(False, width, height, warm_up=False), View(AttractPage()), _nothing, NoKeys())
    done: list[str] = []
    switches = {"net": "on", "paper": "ok", "printer": "on", "scanner": "on", "card": ""}
    model = DrawerViewModel(Drawer(hands(), done.append, lambda: switches), Language.ZH)
    window.lay_over("Drawer.qml", drawn=model)
    qtbot.waitUntil(window.root.isExposed)
    yield Shown(window, model, done, switches)
    window.close()


def _nothing(_request: object) -> None:
    """No worker listens here."""


def test_the_closed_drawer_is_a_slim_tab_that_covers_nothing_of_the_bar(shown: Shown) -> None:
    x, y, right, bottom = shown.box(shown.named("打开演示工具"))
    width, height = shown.window.root.width(), shown.window.root.height()
    assert right == width
    assert right - x <= 40
    assert y > 0
    assert bottom < height - BAR[width, height]


def test_the_open_drawer_is_whole_on_screen_and_leaves_the_bar_free(shown: Shown) -> None:
    shown.touch("打开演示工具")
    width, height = shown.window.root.width(), shown.window.root.height()
    keys = [item for item in shown.items() if item.property("about") is not None and item.property("flat")]
    assert len(keys) == len(HANDS) + len(ACTIONS) + 2
    for x, y, right, bottom in map(shown.box, keys):
        assert x >= width / 3
        assert right <= width
        assert y >= 0
        assert bottom <= height - BAR[width, height]


def test_every_key_does_its_action(shown: Shown) -> None:
    shown.touch("打开演示工具")
    for name in ACTIONS:
        shown.touch(name)
    assert shown.done == list(ACTIONS.values())
    shown.done.clear()
    people = {f"{hand['name']} {hand['about']}": hand["id"] for hand in shown.model.property("hands")}
    for name in people:
        shown.touch(name)
    assert shown.done == [f"tap {who}" for who in people.values()]
    shown.touch("收起")
    assert shown.named("打开演示工具")


def test_what_a_command_did_is_seen_too(shown: Shown, qtbot: QtBot) -> None:
    shown.touch("打开演示工具")
    assert not shown.named("网络 关").property("on")
    shown.switches["net"] = "off"
    thread = threading.Thread(target=shown.model.stale)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown.named("网络 关").property("on")))
    assert not shown.named("网络 开").property("on")
