"""When one of the four keys counts as pressed, and when as held."""

import time
from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.ui import key_hold
from kiosk.ui.key_hold import KeyHold
from tests.patience import PATIENCE


@dataclass
class Keys:
    hears: bool = False
    begins: bool = False
    pressed: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = KeyHold(self.pressed.append, self.held.append, lambda: self.hears, lambda: self.begins)

    def until_held(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self.held:
            assert time.monotonic() < end
            QTest.qWait(5)


@pytest.fixture(autouse=True)
def _soon(qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(key_hold, "BEGINS_MS", 20)
    monkeypatch.setattr(key_hold, "HELD_MS", 20)


@pytest.mark.parametrize("key", ["up", "down", "ok", "back"])
def test_where_nothing_can_speak_every_key_acts_at_once_and_once(key: str) -> None:
    keys = Keys()
    keys.keys.press(key)
    assert keys.pressed == [key]
    keys.until_held()
    keys.keys.release(key)
    assert keys.pressed == [key]


def test_where_speech_could_begin_ok_acts_when_it_is_let_go_and_held_presses_nothing() -> None:
    keys = Keys(begins=True)
    keys.keys.press("ok")
    assert keys.pressed == []
    keys.keys.release("ok")
    assert keys.pressed == ["ok"]
    keys.keys.press("ok")
    keys.until_held()
    keys.keys.release("ok")
    assert (keys.pressed, keys.held) == (["ok"], ["ok"])
    keys.keys.press("down")
    assert keys.pressed == ["ok", "down"], "going on presses nothing: that is at once"


@pytest.mark.parametrize("hears", [True, False])
def test_a_key_that_is_not_let_go_before_the_next_one_is_pressed_all_the_same(hears: bool) -> None:
    keys = Keys(hears, begins=True)
    for event in ("ok", "down"):
        keys.keys.press(event)
    for event in ("ok", "down"):
        keys.keys.release(event)
    assert keys.pressed == ["ok", "down"]
    assert keys.held == []
