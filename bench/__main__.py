"""``python -m bench [--only NAME] [--json FILE]``: everything measured beside its anchor, in one table."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from bench.rows import Row

#: In the order they run; each module has ``measure() -> list[Row]``.
NAMES = (
    "start",
    "touch",
    "pages",
    "memory",
    "idle",
    "enqueue",
    "queues",
    "slips",
    "directory",
    "tickets",
    "drain",
    "search",
    "insight",
)
_COLUMNS = ("name", "ours", "anchor", "ratio", "unit", "goal")


def main(arguments: list[str] | None = None) -> int:
    parser = ArgumentParser("bench", description=__doc__)
    parser.add_argument("--only", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="the rows, as a JSON list")
    parsed = parser.parse_args(arguments)
    rows: list[Row] = []
    for name in (parsed.only,) if parsed.only else NAMES:
        print(f"{name}: load {_load()}", file=sys.stderr, flush=True)
        rows += _measure(name)()
    print(table(rows))
    print(f"Ratios count, not times. Load of this machine at the end: {_load()}; processors: {os.cpu_count()}.")
    if parsed.json:
        parsed.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def table(rows: list[Row]) -> str:
    """Left the names, right the figures."""
    cells = [list(_COLUMNS), *([_cell(row[column]) for column in _COLUMNS] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_COLUMNS))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if 0 < place < 4 else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def _measure(name: str) -> Callable[[], list[Row]]:
    measure: Callable[[], list[Row]] = import_module(f"bench.{name}").measure
    return measure


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def _load() -> str:
    return " ".join(f"{load:.1f}" for load in os.getloadavg())


if __name__ == "__main__":
    raise SystemExit(main())
