"""The rules of our own test runs hold: no skipped test, no Qt warning, no test that hangs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT


def run(source: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest, with this project's settings and conftest's plugin, over one file."""
    file = folder / "test_planted.py"
    file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}"]
    return subprocess.run(
        [*command, "-p", "tests.no_skips", "-p", "no:cacheprovider", f"--confcutdir={folder}", *options, str(file)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_good_test_passes(tmp_path: Path) -> None:
    assert run("def test_good(): pass", tmp_path).returncode == 0


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\ndef test_x(): pytest.skip('no printer here')",
        "import pytest\npytest.skip('no display here', allow_module_level=True)",
        "import pytest\n@pytest.mark.xfail\ndef test_x(): assert False",
        "import pytest\n@pytest.mark.slow\ndef test_x(): pass",
        "from PySide6.QtCore import qWarning\ndef test_x(qtbot): qWarning('binding loop')",
        "def test_x():\n    import PySide6.QtCore as q\n    assert q.qVersion() == 'none'",
    ],
    ids=["skipped", "skipped module", "expected to fail", "unknown marker", "Qt warning", "plain failure"],
)
def test_a_planted_violation_fails_the_run(source: str, tmp_path: Path) -> None:
    assert run(source, tmp_path).returncode != 0


def test_a_test_that_hangs_is_stopped(tmp_path: Path) -> None:
    done = run("import threading\ndef test_x(): threading.Event().wait()", tmp_path, "--timeout=1")
    assert done.returncode != 0
    assert "Timeout" in done.stdout + done.stderr


def test_the_count_is_one_of_two() -> None:
    wrong = subprocess.run(
        [sys.executable, "-c", "import tests.counts"],
        cwd=ROOT,
        env={"COUNT": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode != 0
    assert "COUNT must be ci or full" in wrong.stderr
