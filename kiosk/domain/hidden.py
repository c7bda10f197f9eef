"""Values that nothing renders: ``str()``, ``repr()`` and f-strings give stars, only ``reveal()`` gives the value."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Held = TypeVar("Held", str, bytes)


@dataclass(frozen=True, slots=True, repr=False)
class Hidden(Generic[Held]):
    _value: Held

    def reveal(self) -> Held:
        """The value itself, for the one who computes with it or sends it; never for a message or a log."""
        return self._value

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format("***", spec)


class SecretBytes(Hidden[bytes]):
    """A key."""

    __slots__ = ()
