"""The disk under the kiosk's data: room, errors, and whether it really takes something.

A file system that turned read-only after an error says so to nobody until somebody writes.
"""

import errno
import os
import tempfile
from pathlib import Path

from kiosk.domain.health import Degraded, Down, Health, Reading, Ready, Subject, Why

#: Written, synchronised and read back each time, bytes.
TRIED = 4096
#: The disk fills up when less is free than both: share of the whole, bytes.
LOW_SHARE, LOW_BYTES = 0.10, 1024**3
#: Less than this is no room for one more report, bytes.
FULL_BYTES = 256 * 1024
SYS = Path("/sys")


def disk(folder: Path, sys: Path = SYS) -> Reading:
    """Never raises for what the disk does."""
    try:
        room = os.statvfs(folder)
        trouble = _tried(folder)
    except OSError as error:
        return Reading(Subject.DISK, Down(_why(error)))
    free = room.f_bavail * room.f_frsize
    return Reading(Subject.DISK, trouble or _judged(room, free, folder, sys), _size(free))


def _judged(room: os.statvfs_result, free: int, folder: Path, sys: Path) -> Health:
    if room.f_flag & os.ST_RDONLY:
        return Down(Why.DISK_READ_ONLY)
    if free < FULL_BYTES:
        return Down(Why.DISK_FULL)
    if _errors(folder, sys):
        return Degraded(Why.DISK_ERRORS)
    low = free < min(LOW_BYTES, LOW_SHARE * room.f_blocks * room.f_frsize)
    return Degraded(Why.DISK_LOW) if low else Ready()


def _tried(folder: Path) -> Health | None:
    """``None`` where all of it came back. The file has no name: ``kiosk doctor`` may try at the same moment."""
    content = os.urandom(TRIED)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            same = file.read() == content
    except OSError as error:
        return Down(_why(error))
    return None if same else Down(Why.DISK_NOT_WRITABLE)


def _why(error: OSError) -> Why:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Why.DISK_FULL
    return Why.DISK_READ_ONLY if error.errno == errno.EROFS else Why.DISK_NOT_WRITABLE


def _errors(folder: Path, sys: Path) -> bool:
    """ext4 counts its errors since the last check of the file system; others do not say."""
    device = folder.stat().st_dev
    block = sys / "dev/block" / f"{os.major(device)}:{os.minor(device)}"
    try:
        return int((sys / "fs/ext4" / block.resolve().name / "errors_count").read_text(encoding="ascii")) > 0
    except (OSError, ValueError):
        return False


def _size(free: int) -> str:
    gibibytes = free / 1024**3
    return f"{gibibytes:.1f} GB" if gibibytes >= 1 else f"{free / 1024**2:.0f} MB"
