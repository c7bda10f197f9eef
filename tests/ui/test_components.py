"""Every component in every state: nothing cut off, nothing too small to hit, no warning from Qt."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.stage import COMPONENTS, GALLERY, Stage

TARGET = 88  # px at u = 1: 22 mm on the reference panel
REACH = 8  # px outside the body that still count
LOOKS = [{}, {"contrast": True}, {"large": True}, {"contrast": True, "large": True}]


@pytest.fixture(scope="module", params=LOOKS, ids=["light", "contrast", "large", "contrast-large"])
def gallery(request: pytest.FixtureRequest, qapp: object) -> Stage:  # noqa: ARG001
    stage = Stage(GALLERY, **request.param)
    QTest.qWait(350)  # the busy state shows after 300 ms
    return stage


def _box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _pressables(stage: Stage) -> list[QQuickItem]:
    return stage.items("pressColor")


def _says(stage: Stage) -> list[QQuickItem]:
    return stage.items("spoken") and [item for item in stage.items("lineHeight") if item.property("text")]


def test_no_words_are_cut_short(gallery: Stage) -> None:
    cut = [item.property("text") for item in _says(gallery) if item.property("truncated")]
    assert cut == []


def test_words_stay_inside_what_is_pressed(gallery: Stage) -> None:
    """A text's ink, not its line box, must lie on the face of its button."""
    outside = []
    for surface in _pressables(gallery):
        face = _box(surface).adjusted(-1, -1, 1, 1)
        for say in _says(gallery):
            above: QQuickItem | None = say.parentItem()
            while above is not None and above is not surface:
                above = above.parentItem()
            if above is None:
                continue
            box = _box(say)
            slack = say.property("font").pixelSize() * 0.25
            if not face.contains(box.adjusted(0, slack, 0, -slack)):
                outside.append((surface.property("name"), say.property("text")))
    assert outside == []


def test_every_target_is_large_enough_for_a_finger(gallery: Stage) -> None:
    small = {
        item.property("name"): (item.width(), item.height())
        for item in _pressables(gallery)
        if item.width() + 2 * REACH < TARGET or item.height() + 2 * REACH < TARGET
    }
    assert small == {}


def test_everything_pressable_has_a_name_and_a_press_action_for_those_who_listen(gallery: Stage) -> None:
    silent = []
    for item in _pressables(gallery):
        spoken = QAccessible.queryAccessibleInterface(item)
        actions = spoken.actionInterface().actionNames() if spoken and spoken.actionInterface() else []
        if not spoken or not spoken.text(QAccessible.Text.Name) or not {"Press", "Toggle"} & set(actions):
            silent.append((item.metaObject().className(), item.property("name"), actions))
    assert silent == []


def test_high_contrast_is_a_theme_of_its_own_colours(qapp: object) -> None:  # noqa: ARG001
    """Black paper, and nowhere a light theme's edge, tint or grey."""
    image = Stage(GALLERY, contrast=True).view.grabWindow()
    colours = _colours(image)
    assert colours.most_common(1)[0][0] == "#000000"
    for light in ("#918a76", "#e9e6dd", "#f4f2ec", "#e6ebfa", "#d8d3c6", "#6e7485"):
        assert colours[light] < 640, light  # the drawn campus card has a little of two of them


def _colours(image: QImage) -> Counter[str]:
    return Counter(
        QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)
    )


def test_no_component_uses_what_the_software_renderer_cannot_draw_or_text_that_reads_markup() -> None:
    banned = re.compile(
        r"\b(MultiEffect|RectangularShadow|ShaderEffect\w*|DropShadow|scale\s*:|rotation\s*:|RichText|MarkdownText"
        r"|StyledText|AutoText|(Label|Button|TextField|BusyIndicator) \{)"
    )
    found = [
        (path.name, match.group())
        for path in sorted(COMPONENTS.rglob("*.qml"))
        for line in path.read_text("utf-8").splitlines()
        if not line.lstrip().startswith("//")
        for match in banned.finditer(line)
    ]
    raw = [
        path.name
        for path in sorted(COMPONENTS.rglob("*.qml"))
        if re.search(r"^\s*Text \{", path.read_text("utf-8"), re.M)
    ]
    assert found == []
    assert raw == ["Say.qml"]


def test_components_contain_no_words() -> None:
    """Quoted Chinese, or quoted English with a space, would escape the catalogue of words."""
    words = re.compile(r'"([^"]*[一-鿿][^"]*|[A-Z][a-z]+ [a-z]+[^"]*)"')
    found = []
    for path in sorted(COMPONENTS.glob("*.qml")):
        for line in path.read_text("utf-8").splitlines():
            found += [] if line.lstrip().startswith("//") or "amily" in line else words.findall(line)
    assert found == []
