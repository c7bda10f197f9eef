"""What a program and its helpers hold and use."""

import psutil

_HUB = "kiosk.hub"


def family(pid: int) -> list[psutil.Process]:
    """The process and what it started, without a hub: that is another machine's program."""
    head = psutil.Process(pid)
    return [one for one in (head, *head.children(recursive=True)) if _HUB not in one.cmdline()]


def memory(pid: int) -> float:
    """Proportional set size of all of them (smaps_rollup: shared pages count in part), MB of 2**20 bytes."""
    return sum(one.memory_full_info().pss for one in family(pid)) / 2**20


def cpu_seconds(pid: int) -> float:
    """User and system time of all of them so far."""
    return sum(sum(one.cpu_times()[:2]) for one in family(pid))
