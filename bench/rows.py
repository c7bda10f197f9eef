"""One line of the table: what was measured beside what."""

import statistics
from collections.abc import Sequence

Row = dict[str, object]


def row(name: str, ours: float, anchor: float | None, unit: str, goal: str = "") -> Row:
    """``ratio`` is ours to the anchor; without an anchor both are None. Rounded for people: ratios count."""
    ratio = round(ours / anchor, 2) if anchor else None
    return {
        "name": name,
        "ours": round(ours, 2),
        "anchor": None if anchor is None else round(anchor, 2),
        "ratio": ratio,
        "unit": unit,
        "goal": goal,
    }


def median_row(name: str, ours: Sequence[float], anchor: Sequence[float], unit: str, goal: str = "") -> Row:
    return row(name, statistics.median(ours), statistics.median(anchor), unit, goal)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; ``share`` 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
