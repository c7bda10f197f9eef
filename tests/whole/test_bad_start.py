"""``kiosk run`` where it cannot run: one line that says why and what to do, and nothing is started half."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.config import Settings
from tests.patience import PATIENCE

from .demo_process import OFFSCREEN, kiosk
from .enrolled import config_file
from .waiting import until

GOOD = '[hub]\nurl = "https://127.0.0.1:1"\nca = "ca.pem"\n'

BAD = {
    "no TOML": ('data = "d"\n[hub\n', 2, "correct this line"),
    "an unknown setting": (f'data = "d"\ncolour = "red"\n{GOOD}', 2, "colour"),
    "a text for a number": (f'data = "d"\n{GOOD}[screen]\nwidth = "wide"\nheight = 1080\n', 6, "width"),
    "a printer nobody makes": (f'data = "d"\n{GOOD}[printer]\nkind = "laser"\n', 6, "kind"),
    "a hub without TLS": (f'data = "d"\n{GOOD.replace("https", "http")}', 3, "https://"),
    "nothing about the hub": ('data = "d"\n', 0, "hub"),
    "half a size": (f'data = "d"\n{GOOD}[screen]\nwidth = 1080\n', 6, "height"),
}


@pytest.mark.parametrize(("text", "line", "fix"), BAD.values(), ids=BAD.keys())
def test_a_malformed_config_names_file_line_and_fix(tmp_path: Path, text: str, line: int, fix: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(text)
    for command in (("run",), ("enrol", "--code", "ABCDEFGH")):
        done = kiosk(*command, "--config", str(file))
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"{file}:{line}: " if line else f"{file}: "), done.stderr
        assert fix in done.stderr
        assert sorted(tmp_path.iterdir()) == [file]


def test_a_config_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = kiosk("run", "--config", str(tmp_path / "kiosk.toml"))
    assert done.returncode == 2
    assert str(tmp_path / "kiosk.toml") in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_second_kiosk_on_the_folder_is_refused_by_the_firsts_pid(kiosk_config: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(kiosk_config)]
    with (tmp_path / "first.log").open("w") as log:
        first = subprocess.Popen(command, env=OFFSCREEN, stdout=log, stderr=log)
    try:
        lock = tmp_path / "kiosk" / "kiosk.lock"
        until(lambda: lock.exists() and lock.read_text().strip() == str(first.pid), "the first kiosk")
        for again in (("run",), ("enrol", "--code", "ABCDEFGH")):
            second = kiosk(*again, "--config", str(kiosk_config))
            assert second.returncode == 1
            assert str(first.pid) in second.stderr
            assert second.stderr.count("\n") == 1
        os.kill(first.pid, signal.SIGTERM)
        assert first.wait(PATIENCE) == 0
    finally:
        if first.poll() is None:
            first.kill()
            first.wait()


@pytest.fixture
def kiosk_config(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made: Settings = request.getfixturevalue("kiosk")
    return config_file(made, tmp_path)
