"""A connection that stands in for a real one: all it does not do itself, that one does."""

from typing import Any, Generic, TypeVar

Disk = TypeVar("Disk")


class StandingIn(Generic[Disk]):
    """``_disk`` decides what happens to what is asked."""

    def __init__(self, connection: Any, disk: Disk) -> None:
        self._connection = connection
        self._disk = disk

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_connection", "_disk"):
            object.__setattr__(self, name, value)
        else:
            setattr(self._connection, name, value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
