"""Real pages at 1920 × 1080 under software rendering: touches, typing and turning pages, opening an article.

One process holds the kiosk with its campus and, in a window beside it, the least of Qt doing the same; what is done
alternates between them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.rows import Row, percentile, row
from bench.screen import Screen

TOUCHES = 60
WITHIN = 900.0
_OTHERS = ("QT_", "QML_")


def measure(touches: int = TOUCHES) -> list[Row]:
    """Milliseconds, from what happened to the frame that shows it."""
    with TemporaryDirectory(prefix="kiosk-bench-", ignore_cleanup_errors=True) as folder, Screen() as screen:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
        here = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "XDG_CONFIG_HOME": folder}
        command = [sys.executable, "-m", "bench.driven_kiosk", str(Path(folder) / "campus"), str(touches)]
        done = subprocess.run(
            command, env={**inherited, **here}, stdout=subprocess.PIPE, check=True, timeout=WITHIN, text=True
        )
    taken = json.loads(done.stdout)
    wanted = (
        ("page: touch to changed frame, p50", "touch", 0.5, "4 ms"),
        ("page: touch to changed frame, p95", "touch", 0.95, "16 ms"),
        ("page: frame while typing and turning, p99", "moving", 0.99, "33 ms"),
        ("page: article open, p95", "article", 0.95, "100 ms"),
    )
    return [
        row(name, percentile(taken["ours"][what], share), percentile(taken["beside"][what], share), "ms", goal)
        for name, what, share, goal in wanted
    ]
