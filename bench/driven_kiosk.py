"""A kiosk that is touched, typed into and read in, beside the least of Qt doing the same, for bench/pages.py.

``python -m bench.driven_kiosk FOLDER COUNT``, on a display. Prints milliseconds by what was done, as JSON.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.ui.environment import set_environment

if TYPE_CHECKING:
    from bench.frames import Bare, Used

WIDTH, HEIGHT = 1920, 1080
#: What is typed, letter by letter.
WORDS = ("wifi", "mima", "dayin", "vpn", "card")
#: Of so many touches one word is typed and one article opened.
TOUCHES_FOR_A_WORD = 4


def main(folder: Path, count: int) -> int:
    set_environment()
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    from bench.frames import Bare, Used

    used = Used(folder, WIDTH, HEIGHT)
    try:
        print(json.dumps(_taken(used, Bare(WIDTH, HEIGHT), count)), flush=True)
    finally:
        used.close()  # also its hub, which is a process of its own
    application.processEvents()
    return 0


def _taken(used: "Used", bare: "Bare", count: int) -> dict[str, dict[str, list[float]]]:
    ours: dict[str, list[float]] = {"touch": [], "moving": [], "article": []}
    beside: dict[str, list[float]] = {"touch": [], "moving": [], "article": []}
    for page in used.pages():
        page()
        for _ in range(max(1, count // len(used.PAGES))):
            ours["touch"].append(used.touched())
            beside["touch"].append(bare.touched())
    for turn in range(max(1, count // TOUCHES_FOR_A_WORD)):
        used.search()
        for letter in WORDS[turn % len(WORDS)]:
            ours["moving"] += used.typed(letter)
            beside["moving"] += bare.typed(letter)
        ours["article"].append(used.opened())
        beside["article"].append(bare.opened())
        ours["moving"] += used.turned()
        bare.back()
    return {"ours": ours, "beside": beside}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
