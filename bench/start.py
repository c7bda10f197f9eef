"""From the start of the process to the first frame in which a touch changes a pixel."""

import time

from bench.rows import Row, median_row
from bench.screen import Screen
from bench.subjects import Subject, bare, enrolled_kiosk

#: Starts of each, interleaved.
RUNS = 11


def measure(runs: int = RUNS) -> list[Row]:
    """Median milliseconds; the first pair warms files and QML caches and is not counted."""
    with enrolled_kiosk() as kiosk, Screen() as screen:
        sides = [kiosk, bare()]
        taken: dict[str, list[float]] = {side.name: [] for side in sides}
        for turn in range(runs + 1):
            for side in sides if turn % 2 else reversed(sides):
                seconds = _one(side, screen)
                if turn:
                    taken[side.name].append(seconds * 1000)
    ours, anchor = taken.values()
    name = "start: process to first touched pixel"
    return [
        median_row(name, ours, anchor, "ms", "ratio <= 1.3"),
        median_row(f"{name}, fastest", [min(ours)], [min(anchor)], "ms"),
    ]


def _one(side: Subject, screen: Screen) -> float:
    began = time.perf_counter()
    with side.running(screen):
        screen.move(*side.point)
        side.wait_shown(screen)
        side.wait_answered(screen)
        took = time.perf_counter() - began
    screen.press(False)
    return took
