"""From a press to the changed pixel, when everything has come to rest."""

import time
from contextlib import ExitStack

from bench.rows import Row, percentile, row
from bench.screen import Screen, ScreenError
from bench.subjects import ANSWERS_WITHIN, AWAY, SHOWN_WITHIN, TRIES, Subject, bare, enrolled_kiosk

#: Presses of each, interleaved; and seconds before the first one, so that nothing of the start is left.
PRESSES = 100
SETTLED = 10.0
#: Between two presses, seconds: the button's way up is over.
BETWEEN = 0.25


def measure(presses: int = PRESSES, settled: float = SETTLED) -> list[Row]:
    """Milliseconds. The finger slides off before it lifts: no visit begins."""
    with ExitStack() as stack:
        sides = [stack.enter_context(enrolled_kiosk()), bare()]
        stages: list[tuple[Subject, Screen, list[float]]] = []
        for side in sides:
            screen = stack.enter_context(Screen())
            stack.enter_context(side.running(screen))
            side.wait_shown(screen)
            stages.append((side, screen, []))
        time.sleep(settled)
        for turn in range(presses):
            for side, screen, taken in stages if turn % 2 else reversed(stages):
                taken.append(_one(side, screen) * 1000)
    (_, _, ours), (_, _, anchor) = stages
    return [
        row("touch to changed pixel, p50", percentile(ours, 0.5), percentile(anchor, 0.5), "ms"),
        row("touch to changed pixel, p95", percentile(ours, 0.95), percentile(anchor, 0.95), "ms"),
    ]


def _one(side: Subject, screen: Screen) -> float:
    """Seconds; a press that was not answered in time is tried again, and all of it counts."""
    began = None
    for _ in range(TRIES):
        screen.move(*side.point)
        time.sleep(BETWEEN)
        began = began or time.perf_counter()
        screen.press()
        answered = screen.wait(side.point, side.rest, False, ANSWERS_WITHIN)
        took = time.perf_counter() - began
        screen.move(*AWAY)
        screen.press(False)
        if not screen.wait(side.point, side.rest, True, SHOWN_WITHIN):
            break
        if answered:
            return took
    raise ScreenError(f"{side.name}: does not answer a touch")
