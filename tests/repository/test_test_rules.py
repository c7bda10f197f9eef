"""The rules of our own test runs hold: no skipped test, no Qt warning, no test that hangs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT

PLUGINS = ["tests.no_skips", "tests.figures", "tests.sharing"]
#: What these runs do not need takes longer to load than they take.
PLUGINS += ["no:cacheprovider", "no:hypothesispytest", "no:pytest_httpserver"]
#: In this process, and shared out as ``make test`` does.
WAYS = {"here": [], "shared": ["-n1"]}
#: All held, or pytest itself went wrong.
NO_VERDICT = (pytest.ExitCode.OK, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)


def run(source: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """pytest, with this project's settings and conftest's plugins, over one file."""
    file = folder / "test_planted.py"
    file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={ROOT}"]
    return subprocess.run(
        [*command, *(f"-p{name}" for name in PLUGINS), f"--confcutdir={folder}", *options, str(file)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_good_test_passes_and_its_figures_are_said(tmp_path: Path, way: str) -> None:
    done = run("def test_good(say_figure): say_figure('seven kills')", tmp_path, *WAYS[way])
    assert done.returncode == 0, done.stdout
    assert "seven kills" in done.stdout.splitlines()


SKIPPED = "import pytest\ndef test_x(): pytest.skip('no printer here')"
SKIPPED_MODULE = "import pytest\npytest.skip('no display here', allow_module_level=True)"
EXPECTED = "import pytest\n@pytest.mark.xfail\ndef test_x(): assert False"
FAILURE = "def test_x():\n    import PySide6.QtCore as q\n    assert q.qVersion() == 'none'"
UNKNOWN_MARKER = "import pytest\n@pytest.mark.slow\ndef test_x(): pass"
QT_WARNING = "from PySide6.QtCore import qWarning\ndef test_x(qtbot): qWarning('binding loop')"
DEPRECATED = "import warnings\ndef test_x(): warnings.warn_explicit('old', DeprecationWarning, 'x', 1, 'kiosk.hub.api')"
ENDED = "import os\ndef test_x(): os._exit(0)"


@pytest.mark.parametrize(
    ("source", "way"),
    [
        pytest.param(SKIPPED, "here", id="skipped"),
        pytest.param(SKIPPED, "shared", id="skipped elsewhere"),
        pytest.param(SKIPPED_MODULE, "here", id="skipped module"),
        pytest.param(SKIPPED_MODULE, "shared", id="skipped module elsewhere"),
        pytest.param(EXPECTED, "here", id="expected to fail"),
        pytest.param(EXPECTED, "shared", id="expected to fail elsewhere"),
        pytest.param(FAILURE, "here", id="failure"),
        pytest.param(FAILURE, "shared", id="failure elsewhere"),
        pytest.param(ENDED, "shared", id="a process that ends"),
        pytest.param(UNKNOWN_MARKER, "here", id="unknown marker"),
        pytest.param(QT_WARNING, "here", id="Qt warning"),
        pytest.param(DEPRECATED, "here", id="deprecated"),
    ],
)
def test_a_planted_violation_fails_the_run(source: str, way: str, tmp_path: Path) -> None:
    done = run(source, tmp_path, *WAYS[way])
    assert done.returncode not in NO_VERDICT, done.stdout + done.stderr


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
