"""One process owns a kiosk's data folder; a second start is told so before it opens anything."""

import fcntl
import os
from pathlib import Path

from msgspec import Struct


class Lock(Struct):
    """Held until ``release`` or the end of the process, however it ends."""

    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)


class InUse(Struct, frozen=True):
    """Another process owns the folder. ``pid`` is what that process wrote; '' where it could not be read."""

    pid: str


def take(path: Path) -> Lock | InUse:
    """Raises OSError where the file cannot be made."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        return InUse(pid)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return Lock(descriptor)


def owner(path: Path) -> str | None:
    """The pid of the process that owns the folder, '' where it could not be read; ``None`` where nobody does.

    Asked by a lock that is given back at once: only a start in that very moment would be told that a kiosk runs.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    finally:
        os.close(descriptor)
    return None
