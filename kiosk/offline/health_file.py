"""How the running kiosk is, in a file beside its database: ``kiosk doctor`` reads it without asking the devices."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.domain.health import Board, Health, Level, Subject, Why, health_of

#: Written at least this often, seconds: an older file is one of a kiosk that hangs.
KEEP_EVERY = 300.0
#: And at most this often, seconds: a wobbling device does not wear the disk.
KEEP_AFTER = 5.0
_log = logging.getLogger(__name__)


class KeptLine(msgspec.Struct, frozen=True):
    """``since``: as domain.health.Line."""

    subject: Subject
    level: Level
    why: Why | None
    measured: str
    since: float

    @property
    def health(self) -> Health:
        return health_of(self.level, self.why)


class Kept(msgspec.Struct, frozen=True):
    """``written``: this machine's monotonic seconds, ``boot``: which start of the machine they count from."""

    boot: str
    written: float
    lines: tuple[KeptLine, ...]


class HealthFile:
    """Written without synchronising: it is worth nothing after a power cut."""

    def __init__(self, path: Path, monotonic: Callable[[], float]) -> None:
        self._path, self._monotonic = path, monotonic
        self._written: tuple[tuple[Subject, Level, Why | None], ...] | None = None
        self._at = 0.0

    def keep(self, board: Board) -> None:
        """Called at every beat. A figure alone is no reason to write."""
        now, shape = self._monotonic(), tuple((line.subject, line.level, line.why) for line in board)
        if self._written is not None and now < self._at + (KEEP_EVERY if shape == self._written else KEEP_AFTER):
            return
        self._written, self._at = shape, now
        lines = tuple(KeptLine(each.subject, each.level, each.why, each.measured, each.since) for each in board)
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(Kept(boot_id(), now, lines)))
            fresh.rename(self._path)
        except OSError as error:
            _log.warning("health not written down: %s", error.strerror)

    def remove(self) -> None:
        """The kiosk ends: nothing of it is true any more."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("health not removed: %s", error.strerror)


def read(path: Path) -> Kept | None:
    """``None`` where there is none, it cannot be read, or it is from before this machine's last start."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return kept if kept.boot == boot_id() else None


def boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def is_stale(kept: Kept, now: float) -> bool:
    """Three of its writings are missing."""
    return now - kept.written > 3 * KEEP_EVERY
