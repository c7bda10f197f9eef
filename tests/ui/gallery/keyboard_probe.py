"""Types on the keyboard and prints what came of it as JSON; run by test_keyboard.py in a process of its own."""

import json
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.stage import GALLERY, Stage


def keys(stage: Stage) -> dict[str, QQuickItem]:
    found = [item for item in stage.items("displayText") if item.metaObject().indexOfProperty("keyType") >= 0]
    return {item.property("text") or item.metaObject().className().split("_")[0]: item for item in found}


def write(stage: Stage, letters: str) -> None:
    for letter in letters:
        stage.touch(keys(stage)[letter])
        QTest.qWait(40)


def candidates(stage: Stage) -> list[str]:
    shown = [item for item in stage.items("display") if item.metaObject().indexOfProperty("chosen") >= 0]
    shown.sort(key=lambda item: item.mapToScene(QPoint(0, 0)).x())
    return [item.property("display") for item in shown]


def take(stage: Stage, number: int) -> None:
    shown = [item for item in stage.items("display") if item.metaObject().indexOfProperty("chosen") >= 0]
    shown.sort(key=lambda item: item.mapToScene(QPoint(0, 0)).x())
    stage.touch(shown[number])
    QTest.qWait(100)


def paper(stage: Stage) -> str:
    image = stage.view.grabWindow()
    keyboard = stage.named("keyboard")
    return QColor(image.pixel(3, int(keyboard.y() + keyboard.height() - 4))).name()


def main() -> None:
    application = QGuiApplication([])
    stage = Stage(GALLERY.with_name("Note.qml"))
    QTest.qWait(300)
    out: dict[str, Any] = {}

    write(stage, "wangyedabukai")
    out["preedit"] = stage.root.property("held")
    take(stage, 0)
    out["chosen"] = stage.root.property("typed")
    stage.root.wipe()  # type: ignore[attr-defined]

    write(stage, "wangba")
    out["candidates_before"] = candidates(stage)
    for _ in range(4):
        take(stage, 4)
        take(stage, 2)  # two single characters in a row make a phrase that a dictionary would keep
        stage.root.wipe()  # type: ignore[attr-defined]
        write(stage, "wangba")
    out["candidates_after"] = candidates(stage)
    stage.root.wipe()  # type: ignore[attr-defined]

    language = next(item for name, item in keys(stage).items() if name.startswith("ChangeLanguage"))
    stage.touch(language)
    QTest.qWait(300)
    write(stage, "abc")
    out["latin"] = str(stage.root.property("typed")).lower()

    stage.root.add("长" * 500)  # type: ignore[attr-defined]
    out["longest"] = len(str(stage.root.property("typed")))
    stage.root.wipe()  # type: ignore[attr-defined]
    QTest.keyClick(stage.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    out["after_undo"] = stage.root.property("typed")

    out["paper"] = paper(stage)
    stage.root.setProperty("contrast", True)
    QTest.qWait(100)
    out["paper_high"] = paper(stage)
    print(json.dumps(out), flush=True)
    stage.view.close()
    del stage, application


if __name__ == "__main__":
    main()
