"""What a program and its helpers hold and use."""

from contextlib import suppress
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


def memory(pid: int) -> Memory:
    found = []
    for one in family(pid):
        with suppress(psutil.NoSuchProcess):  # a short-lived helper may end between two looks
            found.append(one.memory_full_info())
    return Memory(sum(one.pss for one in found) / 2**20, sum(one.rss for one in found) / 2**20)


def cpu_seconds(pid: int) -> float:
    """User and system time of all of them so far."""
    return sum(sum(one.cpu_times()[:2]) for one in family(pid))
