"""A key that nothing renders: ``str()``, ``repr()`` and f-strings give stars, only ``reveal()`` gives the bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class SecretBytes:
    _value: bytes

    def reveal(self) -> bytes:
        """The key itself, for the one who computes with it or loads it; never for a message or a log."""
        return self._value

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return format("***", spec)
