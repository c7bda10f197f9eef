"""Keys change their faces in place, and rows and sections make only the parts they show: what is made costs time."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMetaObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from tests.ui.stage import COMPONENTS, Stage

PAGES = COMPONENTS.parent / "pages"
SIZE = {"width": 1080, "height": 560}
#: The keys to touch one after the other, by what stands on them or by their icon.
SHIFTS = {
    "PasswordKeys": ("arrow-fat-up", "signs", "letters", "arrow-fat-up", "signs"),
    "TextKeys": ("#+=", "#+=", "arrow-fat-up", "#+=", "#+=", "abc"),
}
WORDS = {"shiftText": "Shift", "symbolsText": "signs", "lettersText": "letters", "eraseName": "erase"}


@pytest.fixture(params=SHIFTS)
def pad(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[tuple[Stage, tuple[str, ...]]]:
    more = WORDS if request.param == "PasswordKeys" else {}
    stage = Stage(COMPONENTS / f"{request.param}.qml", **SIZE, **more)
    yield stage, SHIFTS[request.param]
    stage.view.close()
    qapp.processEvents()


def keys(item: QQuickItem) -> list[QQuickItem]:
    """All keys, shown or not."""
    found = [item] if item.metaObject().indexOfProperty("repeatable") >= 0 else []
    for child in item.childItems():
        found += keys(child)
    return found


def faces(stage: Stage) -> list[str]:
    return [str(key.property("icon") or key.property("text")) for key in keys(stage.root) if key.isVisible()]


def test_other_faces_come_on_the_keys_that_are_there(pad: tuple[Stage, tuple[str, ...]]) -> None:
    stage, touches = pad
    before = keys(stage.root)
    gone: list[str] = []
    for key in before:
        key.destroyed.connect(lambda: gone.append("a key"))
    for face in touches:
        shown = faces(stage)
        touched = next(
            key for key in before if key.isVisible() and face in (key.property("icon"), key.property("text"))
        )
        QMetaObject.invokeMethod(touched, "activate")
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not gone
        assert keys(stage.root) == before
        assert faces(stage) != shown


def test_every_key_of_every_level_is_shown(pad: tuple[Stage, tuple[str, ...]]) -> None:
    stage, touches = pad
    for face in touches:
        lines = stage.root.property("lines").toVariant()
        assert len(faces(stage)) == sum(len(line) for line in lines)
        assert all(faces(stage))
        touched = next(
            key for key in keys(stage.root) if key.isVisible() and face in (key.property("icon"), key.property("text"))
        )
        QMetaObject.invokeMethod(touched, "activate")
        QCoreApplication.processEvents()


def parts(source: Path, **properties: object) -> Counter[str]:
    """What is made for it, by kind."""
    stage = Stage(source, width=800, **properties)
    found: Counter[str] = Counter()
    waiting = [stage.root]
    while waiting:
        item = waiting.pop()
        found[item.metaObject().className().split("_")[0]] += 1
        waiting += item.childItems()
    stage.view.close()
    return found


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"chipText": "open", "chipKind": "ok"}, "Chip"), ({"pieces": ["Wi", "Fi", " opens"]}, "TitlePieces")],
    ids=["a chip", "pieces"],
)
def test_a_row_makes_only_what_it_shows(qapp: QGuiApplication, more: dict[str, object], kind: str) -> None:  # noqa: ARG001
    row = COMPONENTS / "ListRow.qml"
    assert kind not in parts(row, title="WiFi opens", icon="wrench")
    assert parts(row, title="WiFi opens", icon="wrench", **more)[kind] == 1


def test_a_section_makes_only_the_mark_of_its_kind(qapp: QGuiApplication) -> None:  # noqa: ARG001
    section = PAGES / "ArticleSection.qml"
    plain = parts(section, kind="paragraph", text="Open the settings.")
    assert plain["Say"] == 2
    assert plain.total() <= 6
    assert parts(section, kind="steps", number="3", text="Open the settings.")["Say"] == 3
    assert parts(section, kind="note", text="Open the settings.")["Icon"] == 1
    assert parts(section, kind="list", text="Open the settings.")["QQuickRectangle"] == 1
    assert parts(section, kind="picture", text="A window.", ratio=0.5, picture="")["ArticlePicture"] == 1
