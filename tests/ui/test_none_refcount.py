"""Calls into Qt keep the references to None: PySide6 6.12.0 loses one a call on Python 3.11 until the process dies."""

import json
import subprocess
import sys

import pytest

from tests.patience import PATIENCE

CALLS = 10_000
MOST_CHANGE = 50
PLANTED = 1_000
"""Few enough for None to survive them."""

CALLING = """
import ctypes, json, sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer

calls, lost = int(sys.argv[1]), int(sys.argv[2])
application, thing, timer = QCoreApplication([]), QObject(), QTimer()
timer.setInterval(60_000)
for _ in range(100):
    thing.setObjectName("warm"); timer.start(); timer.stop()
before, made = sys.getrefcount(None), 0
for _ in range(calls // 5):
    thing.setObjectName("x"); timer.start(); timer.stop(); thing.parent(); application.processEvents()
    made += 5
for _ in range(lost):
    ctypes.pythonapi.Py_DecRef(ctypes.py_object(None))
print(json.dumps({"made": made, "change": sys.getrefcount(None) - before}))
"""


def called(lost: int = 0) -> dict[str, int]:
    """In a process of its own: what is looked for would end this one."""
    command = [sys.executable, "-c", CALLING, str(CALLS), str(lost)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, f"the process died of {CALLS} calls: {done.stderr[-2000:]}"
    counted: dict[str, int] = json.loads(done.stdout)
    return counted


def test_ten_thousand_calls_into_qt_lose_no_reference_to_none() -> None:
    counted = called()
    assert counted["made"] == CALLS
    assert abs(counted["change"]) <= MOST_CHANGE


@pytest.mark.parametrize("lost", [PLANTED])
def test_the_guard_sees_planted_losses(lost: int) -> None:
    # None is immortal from 3.12 on (PEP 683): there is nothing to lose, and surviving is the whole promise.
    expected = 0 if sys.version_info >= (3, 12) else -lost
    assert abs(called(lost)["change"] - expected) <= MOST_CHANGE
