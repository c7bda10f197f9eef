"""Memory of the kiosk and its helper processes, one program at a time: pages two of them share would count in part."""

import select
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import Literal

import psutil

from bench.processes import Memory, has_hub, memory
from bench.rows import Row, median_row
from bench.screen import Screen
from bench.subjects import Subject, bare, enrolled_kiosk

RUNS = 3
#: Seconds after the start.
SETTLED = 10.0
#: Between two looks at the tour, and how long it may take, seconds.
LOOK_EVERY = 0.25
TOUR_WITHIN = 900.0
#: What the tour's hand is made of (QtTest, which brings QtWidgets) and no kiosk loads.
HAND = frozenset({"QtTest.abi3.so", "libQt6Test.so.6", "QtWidgets.abi3.so", "libQt6Widgets.so.6"})
#: How many visits go through the pages, and how long that may take, seconds.
VISITS = 2
USED_WITHIN = 120.0


def measure(runs: int = RUNS, settled: float = SETTLED, flow: str = "", visits: int = VISITS) -> list[Row]:
    """``flow``: only that one of the tour; ``visits`` through the pages without it."""
    with enrolled_kiosk() as kiosk, Screen() as screen:
        sides = [kiosk, bare()]
        taken: dict[str, list[Memory]] = {side.name: [] for side in sides}
        for _ in range(runs):
            for side in sides:
                taken[side.name].append(_one(side, screen, settled))
    ours, anchor = taken.values()
    toured, used = [_tour(flow)], [_used(visits)]
    when, end = f"memory {settled:.0f} s after the start", "memory at the end of a full tour"
    alone = "memory after visits without the tour's own"
    return [
        _row(f"{when}, PSS", "pss", ours, anchor, "ratio <= 1.9"),
        _row(f"{when}, RSS", "rss", ours, anchor),
        _row(f"{end}, PSS", "pss", toured, anchor, "ratio <= 2.3"),
        _row(f"{end}, RSS", "rss", toured, anchor),
        _row(f"{alone}, PSS", "pss", used, anchor),
    ]


def _row(name: str, kind: Literal["pss", "rss"], ours: list[Memory], anchor: list[Memory], goal: str = "") -> Row:
    values, beside = ([float(getattr(one, kind)) for one in side] for side in (ours, anchor))
    return median_row(name, values, beside, "MB", goal)


def _one(side: Subject, screen: Screen, settled: float) -> Memory:
    with side.running(screen) as pid:
        side.wait_shown(screen)
        time.sleep(settled)
        return memory(pid)


def _tour(flow: str) -> Memory:
    """The last look while its hub still ran, as at the other looks; what drives it lives in the same process and counts
    but for HAND."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        command = [sys.executable, "-m", "kiosk", "tour", "--out", folder, "--size", "1920x1080"]
        said = subprocess.DEVNULL
        process = subprocess.Popen([*command, *(["--only", flow] if flow else [])], stdout=said, stderr=said)
        last, end = Memory(0, 0), time.monotonic() + TOUR_WITHIN
        try:
            while process.poll() is None and time.monotonic() < end:
                # a process that has just ended has no memory to tell of
                with suppress(psutil.Error, OSError):
                    looked = memory(process.pid, HAND)
                    last = looked if has_hub(process.pid) else last
                time.sleep(LOOK_EVERY)
        finally:
            late = process.poll() is None
            process.terminate()
            process.wait()
    if late:
        raise RuntimeError(f"the tour did not end within {TOUR_WITHIN:.0f} s")
    if process.returncode != 0:
        print(f"the tour ended with status {process.returncode}", file=sys.stderr)
    return last


def _used(visits: int) -> Memory:
    """The kiosk alone, driven by requests from inside: a tour's hands and pictures do not count here."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        command = [sys.executable, "-m", "bench.used_kiosk", folder, str(visits)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        try:
            ready = select.select([process.stdout], [], [], USED_WITHIN)[0]
            said = process.stdout.readline().strip() if ready else "nothing"
            if said != "used":
                raise RuntimeError(f"the kiosk did not get through its pages: {said}")
            return memory(process.pid)
        finally:
            hubs = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
            process.kill()
            process.wait()
            for hub in hubs:
                hub.kill()
            process.stdout.close()
