"""The typing keyboard in our looks, driven in a process of its own: its library reads the environment once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.tour.qt_warnings import is_known
from tests.patience import PATIENCE

PROBE = Path(__file__).parent / "gallery" / "keyboard_probe.py"


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    config = tmp_path_factory.mktemp("config")
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "QT_IM_MODULE": "qtvirtualkeyboard",
        "XDG_CONFIG_HOME": str(config),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    run = subprocess.run(
        [sys.executable, str(PROBE)], env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, object] = json.loads(run.stdout)
    lines = run.stderr.splitlines()
    return {**answer, "warnings": [line for line in lines if line and not is_known(line)]}


def test_pinyin_gives_candidates_and_a_touch_takes_one(typed: dict[str, object]) -> None:
    assert typed["preedit"] == "wang ye da bu kai"
    assert typed["chosen"] == "网页打不开"


def test_the_language_key_switches_to_latin_letters(typed: dict[str, object]) -> None:
    assert typed["latin"] == "abc"


def test_the_keyboard_learns_nothing_from_a_visitor(typed: dict[str, object]) -> None:
    assert typed["candidates_before"] == typed["candidates_after"]
    assert len(list(typed["candidates_before"])) > 5  # type: ignore[call-overload]


def test_the_keys_follow_the_theme(typed: dict[str, object]) -> None:
    assert typed["paper"] == "#ddd8ca"
    assert typed["paper_high"] == "#000000"


def test_a_note_stops_at_its_limit_and_cannot_be_brought_back(typed: dict[str, object]) -> None:
    assert typed["longest"] == 200
    assert typed["after_undo"] == ""


# No message handler of ours in there: the first message comes from the loader's thread while Qt's main thread waits for
# it with Python's lock in hand, and both would wait for ever.
def test_no_warning_comes_from_our_files(typed: dict[str, object]) -> None:
    assert typed["warnings"] == []
