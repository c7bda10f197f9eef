"""The running kiosk from outside, as an assistive tool meets it: everything has a name, a role and a press."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.patience import PATIENCE

from ..whole.demo_process import Demo, demo
from ..whole.waiting import EVERY_SECONDS, until
from .accessibility import Node, Reader, reader, session_bus
from .display import display

PRESSABLE = frozenset({"push button", "radio button", "check box", "toggle button", "link"})
TYPED_INTO = frozenset({"entry", "text", "password text"})
"""They take the focus and keys; a press would mean nothing."""
SAID = frozenset({"label", "heading", "panel", "application", "frame", "progress bar", "image", "alert", "list item"})
REFERENCE = re.compile(r"[A-Z][0-9]{2}-[0-9]{4,}-[A-Z]")
SIZES = ((1080, 1920), (1920, 1080))


@pytest.fixture(scope="module", params=SIZES, ids=["portrait", "landscape"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Reader]]:
    folder: Path = tmp_path_factory.mktemp("accessible")
    with display(request.param, folder) as screen, session_bus(folder) as bus:
        environment = {**screen.environment, **bus, "HOME": str(folder)}
        log = folder / "reader.log"
        with demo(folder, environment=environment) as shown, reader("kiosk", environment, log) as tree:
            yield shown, tree


def faults(nodes: list[Node]) -> list[str]:
    """What an assistive tool could not tell or do."""
    found = []
    for node in (node for node in nodes if node.showing):
        if node.role not in PRESSABLE | TYPED_INTO | SAID:
            found.append(f"{node.role}: not a role of ours: {node.name!r}")
        if node.role in PRESSABLE | TYPED_INTO | {"heading"} and not node.name.strip():
            found.append(f"{node.role}: no name")
        if node.role in PRESSABLE and "press" not in node.actions:
            found.append(f"{node.role}: cannot be pressed: {node.name!r}")
        if node.role in SAID and "press" in node.actions:
            found.append(f"{node.role}: can be pressed but does not say so: {node.name!r}")
        if node.role in PRESSABLE and "enabled" in node.states and "focusable" not in node.states:
            found.append(f"{node.role}: keys do not reach it: {node.name!r}")
    return found


def lasting(tree: Reader, within: float = PATIENCE) -> list[str]:
    """The faults that stay. What is just going away is read half: no name any more, no press, still *showing*; so the
    tree is read until a reading finds nothing, or until what it finds has stood for ``within`` seconds."""
    end = time.monotonic() + within
    while (found := faults(tree.read())) and time.monotonic() < end:
        time.sleep(EVERY_SECONDS)
    return found


def on(tree: Reader, words: str) -> None:
    """The page that says ``words`` is there, and an assistive tool can do everything on it."""
    until(lambda: words in tree.names() and pressable(tree.nodes) >= 2, f"the page that says {words!r}")
    assert lasting(tree) == [], words


def pressable(nodes: list[Node]) -> int:
    return sum(node.showing and node.role in PRESSABLE for node in nodes)


def at_start(tree: Reader) -> None:
    stands = until(lambda: next((name for name in ("Start in English", "结束") if name in tree.names()), ""), "a page")
    if stands == "结束":
        tree.press_named("结束")
    on(tree, "Start in English")


def test_application_and_window_are_named_kiosk(running: tuple[Demo, Reader]) -> None:
    _, tree = running
    root, *below = tree.read()
    assert (root.role, root.name) == ("application", "kiosk")
    assert [(node.role, node.name) for node in below if node.depth == 1] == [("frame", "kiosk")]


def test_a_whole_report_is_made_through_the_tree_alone(running: tuple[Demo, Reader]) -> None:
    shown, tree = running
    before = {str(ticket["reference"]) for ticket in shown.tickets()}
    at_start(tree)
    for press, then in (
        ("开始", "要办什么"),
        ("报修和申请", "要办哪一类"),
        ("网络和 Wi-Fi", "怎么了"),
        ("根本连不上", "根本连不上"),
        ("提交报修", "怎么答复你"),
        ("我自己用编号查", "已收到你的报修"),
    ):
        tree.press_named(press)
        on(tree, then)
    shown_number = REFERENCE.search(tree.names())
    assert shown_number, tree.names()
    tree.press_named("办完了")
    on(tree, "Start in English")
    arrived = [ticket for ticket in shown.tickets() if ticket["reference"] not in before]
    assert [ticket["reference"] for ticket in arrived] == [shown_number[0]]


def test_every_page_on_the_way_can_be_told_and_pressed(running: tuple[Demo, Reader]) -> None:
    _, tree = running
    at_start(tree)
    for press, then in (
        ("个人信息", "个人信息"),
        ("返回", "要办什么"),
        ("我的申请", "请刷校园卡"),
        ("没带卡", "输入学号或工号"),
        ("返回", "请刷校园卡"),
        ("卡和学号都没有", "带其中一样就行"),
        ("报修和申请", "要办哪一类"),
        ("软件和授权", "软件"),
        ("大字", "软件"),
        ("高对比", "软件"),
        ("低位", "软件"),
        ("English", "Back"),
        ("中文", "返回"),
        ("结束", "Start in English"),
        ("Start in English", "Report"),
        ("End", "Start in English"),
    ):
        tree.press_named(press)
        on(tree, then)


def test_a_verified_persons_tickets_are_reached_by_pressing_the_pads_keys(running: tuple[Demo, Reader]) -> None:
    shown, tree = running
    at_start(tree)
    assert shown.drawer("tap", "zhang-ming").returncode == 0
    on(tree, "已刷卡")
    tree.press_named("我的申请")
    on(tree, "查询密码")
    for digit in "739154":
        tree.press(lambda node, digit=digit: node.name == digit, digit)  # type: ignore[misc]
    on(tree, "张*明")
    assert "739154" not in "".join(node.name + node.description for node in tree.nodes)
    tree.press_named("结束")
    on(tree, "Start in English")


def test_the_drawer_is_told_and_pressed_like_everything_else(running: tuple[Demo, Reader]) -> None:
    _, tree = running
    at_start(tree)
    tree.press_named("打开演示工具")
    on(tree, "演示工具")
    for key in ("网络 关", "网络 开", "纸 没有了", "纸 正常"):
        tree.press_named(key)
    on(tree, "演示工具")
    tree.press_named("收起")
    on(tree, "打开演示工具")


SOUND = Node(1, 2, "push button", "开始", "", ("showing", "enabled", "focusable"), ("press",))


@pytest.mark.parametrize(
    "planted",
    [
        {"name": " "},
        {"actions": ("setfocus",)},
        {"role": "unknown"},
        {"role": "label"},
        {"states": ("showing", "enabled")},
    ],
    ids=lambda planted: next(iter(planted)),
)
def test_the_guard_sees_a_planted_fault(planted: dict[str, object]) -> None:
    changed = replace(SOUND, **planted)  # type: ignore[arg-type]
    assert faults([SOUND]) == []
    assert len(faults([changed])) == 1


class Readings(Reader):
    """Readings that were written down, one after the other; the last one stays."""

    def __init__(self, *readings: Node) -> None:
        self._left = list(readings)

    def read(self) -> list[Node]:
        self.nodes = [self._left.pop(0) if len(self._left) > 1 else self._left[0]]
        return self.nodes


def test_only_a_fault_that_stays_counts() -> None:
    going = replace(SOUND, name="", actions=())
    assert lasting(Readings(going, going, SOUND)) == []
    assert lasting(Readings(going), within=0.2) == faults([going])
