"""The hub's time. Every service is given a time; only here is it read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

#: Aware, UTC.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def moved_clock(file: Path) -> Clock:
    """The system's clock plus the seconds written in ``file``, read at each call: for the tour and for tests.

    A missing or empty file means no offset.
    """

    def now() -> datetime:
        try:
            seconds = float(file.read_text() or 0)
        except FileNotFoundError:
            seconds = 0.0
        return system_clock() + timedelta(seconds=seconds)

    return now


def shown(moment: datetime) -> str:
    """RFC 3339 with milliseconds and offset."""
    return moment.isoformat(timespec="milliseconds")
