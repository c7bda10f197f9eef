"""Where the keyboard's plugin keeps what it learns of a visitor's words: in memory where the system has such a place,
and never longer than its kiosk runs."""

import os
import re
from pathlib import Path

_MEMORY = Path("/dev/shm")
_NAME = re.compile(r"kiosk-typing-([0-9]{1,10})-[0-9a-f]{16}")


def make_typing_place(memory: Path = _MEMORY) -> Path:
    """An empty folder, and what kiosks that were killed have left beside it is gone."""
    place = memory if memory.is_dir() else Path("/tmp")
    _clear(place)
    folder = place / f"kiosk-typing-{os.getpid()}-{os.urandom(8).hex()}"
    folder.mkdir(mode=0o700)  # raises where the name exists: nobody can have put a link there
    return folder


def _clear(place: Path) -> None:
    for one in place.glob("kiosk-typing-*"):
        named = _NAME.fullmatch(one.name)
        if named and not _runs(int(named[1])):
            import shutil

            shutil.rmtree(one, ignore_errors=True)  # of a link it takes nothing, of somebody else's folder it may not


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
