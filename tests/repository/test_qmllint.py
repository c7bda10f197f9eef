"""The QML gate knows our Python types and fails on what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

DESK = """
from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DeskView(QObject):
    changed = Signal()

    @Property(str, notify=changed)
    def title(self) -> str:
        return ""
"""
PAGE = """
import QtQuick
import CampusKiosk

Item {
    id: page
    required property DeskView desk
    objectName: page.desk.%s
}
"""
LINT = "import sys; from pathlib import Path; from gates.qml import lint; sys.exit(lint(*map(Path, sys.argv[1:])) != 0)"


def lint(folder: Path, qml: str | None, python: str = DESK) -> int:
    package = folder / "package"
    package.mkdir(exist_ok=True)
    (package / "desk.py").write_text(python, encoding="utf-8")
    if qml is not None:
        (package / "Page.qml").write_text(qml, encoding="utf-8")
    command = [sys.executable, "-c", LINT, str(package), str(folder / "out")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def test_sound_qml_passes(tmp_path: Path) -> None:
    assert lint(tmp_path, PAGE % "title") == 0


def test_no_qml_passes(tmp_path: Path) -> None:
    assert lint(tmp_path, None) == 0


def test_a_base_in_a_later_file_and_a_constant_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "zebra.py").write_text("from PySide6.QtCore import QObject\n\n\nclass Zebra(QObject):\n    pass\n")
    derived = DESK.replace("(QObject)", "(Zebra)").replace("notify=changed", "constant=True")
    assert lint(tmp_path, PAGE % "title", derived) == 0


@pytest.mark.parametrize(
    "qml", [PAGE % "titel", "import QtQuick\nItem {", "import QtQuick\nItem { width: backend.width }\n"]
)
def test_a_planted_mistake_fails(qml: str, tmp_path: Path) -> None:
    assert lint(tmp_path, qml) != 0
