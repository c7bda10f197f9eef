"""Processor time while nobody is there: the attract page, beside a bare window with a clock."""

import time
from contextlib import ExitStack

from bench.processes import cpu_seconds
from bench.rows import Row, row
from bench.screen import Screen
from bench.subjects import bare, enrolled_kiosk

#: Seconds after the start, and seconds that are counted; both programs at the same time.
SETTLED = 10.0
COUNTED = 30.0


def measure(settled: float = SETTLED, counted: float = COUNTED) -> list[Row]:
    """Per cent of one processor."""
    with ExitStack() as stack:
        pids = []
        for side in (stack.enter_context(enrolled_kiosk()), bare("--clock")):
            screen = stack.enter_context(Screen())
            pids.append(stack.enter_context(side.running(screen)))
            side.wait_shown(screen)
        time.sleep(settled)
        before = [cpu_seconds(pid) for pid in pids]
        began = time.perf_counter()
        time.sleep(counted)
        passed = time.perf_counter() - began
        ours, anchor = (100 * (cpu_seconds(pid) - was) / passed for pid, was in zip(pids, before, strict=True))
    return [row("idle: processor, attract against a 1 Hz clock", ours, anchor, "%", "<= 1")]
