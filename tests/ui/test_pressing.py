"""What a finger, a key and an assistive press do."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.stage import GALLERY, Stage


@pytest.fixture
def stage(qapp: object) -> Stage:  # noqa: ARG001
    return Stage(GALLERY.with_name("Presses.qml"))


def _count(stage: Stage, name: str) -> int:
    return int(stage.root.property(name))


def test_the_face_drops_on_touch_and_acts_on_release(stage: Stage) -> None:
    button = stage.named("primary")
    stage.down(button)
    assert button.property("sunk") == 1
    assert _count(stage, "primary") == 0
    stage.up(stage.at(button))
    assert not button.property("down")
    assert _count(stage, "primary") == 1


def test_a_finger_that_slides_off_has_pressed_nothing(stage: Stage) -> None:
    button = stage.named("primary")
    stage.down(button)
    away = QPoint(700, 900)
    QTest.mouseMove(stage.view, away)
    assert not button.property("down")
    stage.up(away)
    assert _count(stage, "primary") == 0


def test_a_double_tap_acts_once_but_two_digits_are_two(stage: Stage) -> None:
    for _ in range(2):
        stage.touch(stage.named("primary"))
        stage.touch(stage.named("key"))
    assert (_count(stage, "primary"), _count(stage, "key")) == (1, 2)


def test_the_rim_around_a_key_counts(stage: Stage) -> None:
    key = stage.named("key")
    rim = stage.at(key, 0, 0.5) - QPoint(7, 0)
    QTest.mouseClick(stage.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rim)
    assert _count(stage, "key") == 1


def test_what_is_off_does_nothing(stage: Stage) -> None:
    stage.touch(stage.named("off"))
    assert _count(stage, "off") == 0


def test_enter_and_space_press_what_has_the_focus(stage: Stage) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(stage.view, key)
    assert _count(stage, "primary") == 2


def test_tab_walks_over_what_can_be_pressed_and_skips_what_cannot(stage: Stage) -> None:
    order = []
    for _ in range(4):
        focus = stage.view.activeFocusItem()
        order.append(focus.property("name"))
        QTest.keyClick(stage.view, Qt.Key.Key_Tab)
    assert order == ["提交", "7", "没法继续", "1"]


def test_a_real_keyboard_types_on_the_pad(stage: Stage) -> None:
    pad = stage.named("pad")
    pad.forceActiveFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        QTest.keyClick(stage.view, key)
    assert stage.root.property("digits") == "20<x"


def test_the_pads_keys_are_in_fixed_order(stage: Stage) -> None:
    keys = [item for item in stage.items("utility") if item.width() > 220]
    keys.sort(key=lambda key: (key.mapToScene(QPoint(0, 0)).y(), key.mapToScene(QPoint(0, 0)).x()))
    assert [key.property("name") for key in keys] == [*"123456789", "清空", "0", "退格"]
    for key in keys:
        stage.touch(key)
    assert stage.root.property("digits") == "123456789x0<"


def test_an_assistive_press_presses(stage: Stage) -> None:
    for item in (stage.named("primary"), stage.named("key")):
        _press(item)
    assert (_count(stage, "primary"), _count(stage, "key")) == (1, 1)


def _press(item: QQuickItem) -> None:
    actions = QAccessible.queryAccessibleInterface(item).actionInterface()
    actions.doAction(QAccessibleActionInterface.pressAction())


def test_a_choice_says_that_it_is_chosen(stage: Stage) -> None:
    spoken = QAccessible.queryAccessibleInterface(stage.named("choice"))
    assert spoken.role() == QAccessible.Role.RadioButton
    assert spoken.state().checked
    assert spoken.text(QAccessible.Text.Description) == "上课、考试受阻"


def test_markup_from_outside_is_shown_letter_by_letter(stage: Stage) -> None:
    say = stage.named("outside")
    markup = '<b>bold</b><img src="x">'
    assert say.property("text") == markup
    plain = stage.view.grabWindow()
    say.setProperty("text", "bold")
    assert plain != stage.view.grabWindow()
    assert say.property("contentWidth") < 200
