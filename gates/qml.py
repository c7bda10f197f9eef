"""Runs qmllint over our QML with the types our Python exports; any warning fails.

Calls the tools directly, because ``pyside6-project qmllint`` ends with status 0 even on a syntax error.
"""

import subprocess
import sys
from pathlib import Path

from gates.qml_types import TOOLS, describe
from gates.step import ROOT


def lint(package: Path, out: Path) -> int:
    """Status of qmllint over all QML of ``package``; ``out`` receives the type description, nothing else is written.

    Paths are absolute: with relative ones qmllint 6.12.0 denies that a singleton is one.
    """
    files = sorted(package.resolve().rglob("*.qml"))
    if not files:
        print("no QML yet")
        return 0
    describe(package.resolve(), out.resolve())
    command: list[str | Path] = [TOOLS / "pyside6-qmllint", "--max-warnings", "0", "-I", out.resolve(), *files]
    status = subprocess.run(command, check=False).returncode
    print(f"{len(files)} QML files")
    return status


if __name__ == "__main__":
    sys.exit(lint(ROOT / "kiosk", ROOT / "build" / "qml"))
