"""What a program and its helpers hold and use."""

from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

_HUB = "kiosk.hub"


def family(pid: int) -> list[psutil.Process]:
    """The process and what it started, without a hub: that is another machine's program."""
    head = psutil.Process(pid)
    found = [head]
    for one in head.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if _HUB not in one.cmdline():
                found.append(one)
    return found


class Memory(NamedTuple):
    """MB of 2**20 bytes, all of them together. ``pss``: proportional, so that what others on this machine share makes
    it smaller; ``rss``: resident, the same whoever else runs.
    """

    pss: float
    rss: float


def memory(pid: int, without: Container[str] = ()) -> Memory:
    """``without``: names of libraries that are not counted."""
    found = []
    for one in family(pid):
        with suppress(psutil.NoSuchProcess):  # a short-lived helper may end between two looks
            found += [part for part in one.memory_maps() if Path(part.path).name not in without]
    return Memory(sum(part.pss for part in found) / 2**20, sum(part.rss for part in found) / 2**20)


def has_hub(pid: int) -> bool:
    """Whether a hub of its own runs beside it, which shares pages with it."""
    children = psutil.Process(pid).children(recursive=True)
    with suppress(psutil.NoSuchProcess):
        return any(_HUB in one.cmdline() for one in children)
    return False


def cpu_seconds(pid: int) -> float:
    """User and system time of all of them so far."""
    return sum(sum(one.cpu_times()[:2]) for one in family(pid))
