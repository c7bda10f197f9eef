"""Memory of the kiosk and its helper processes, one program at a time: pages two of them share would count in part."""

import select
import subprocess
import sys
import tempfile
import time
from typing import Literal

import psutil

from bench.processes import Memory, memory
from bench.rows import Row, median_row
from bench.screen import Screen
from bench.subjects import Subject, bare, enrolled_kiosk

RUNS = 3
#: Seconds after the start.
SETTLED = 10.0
#: How often every page is used, and how long that may take, seconds.
VISITS = 2
USED_WITHIN = 120.0


def measure(runs: int = RUNS, settled: float = SETTLED, visits: int = VISITS) -> list[Row]:
    """``visits`` through every page before the second look."""
    with enrolled_kiosk() as kiosk, Screen() as screen:
        sides = [kiosk, bare()]
        taken: dict[str, list[Memory]] = {side.name: [] for side in sides}
        for _ in range(runs):
            for side in sides:
                taken[side.name].append(_one(side, screen, settled))
    ours, anchor = taken.values()
    used = [_used(visits)]
    when, end = f"memory {settled:.0f} s after the start", "memory after every page was used"
    return [
        _row(f"{when}, PSS", "pss", ours, anchor, "ratio <= 1.9"),
        _row(f"{when}, RSS", "rss", ours, anchor),
        _row(f"{end}, PSS", "pss", used, anchor, "ratio <= 2.3"),
        _row(f"{end}, RSS", "rss", used, anchor),
    ]


def _row(name: str, kind: Literal["pss", "rss"], ours: list[Memory], anchor: list[Memory], goal: str = "") -> Row:
    values, beside = ([float(getattr(one, kind)) for one in side] for side in (ours, anchor))
    return median_row(name, values, beside, "MB", goal)


def _one(side: Subject, screen: Screen, settled: float) -> Memory:
    with side.running(screen) as pid:
        side.wait_shown(screen)
        time.sleep(settled)
        return memory(pid)


def _used(visits: int) -> Memory:
    """After every page was used; driven by requests from inside, because a tour's pictures would count too."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        command = [sys.executable, "-m", "bench.used_kiosk", folder, str(visits)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        hubs: list[psutil.Process] = []
        try:
            if not select.select([process.stdout], [], [], USED_WITHIN)[0] or not process.stdout.readline():
                raise RuntimeError("the kiosk did not get through its pages")
            hubs = psutil.Process(process.pid).children(recursive=True)
            return memory(process.pid)
        finally:
            process.kill()
            process.wait()
            for hub in hubs:
                hub.kill()
            process.stdout.close()
