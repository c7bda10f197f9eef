"""A database of this process alone, for what can be made again at any time."""

from typing import Any

from kiosk.sqlite import dbapi


def in_memory() -> Any:
    """Used by whoever holds its lock, on any thread."""
    return dbapi.connect(":memory:", check_same_thread=False, isolation_level=None)
