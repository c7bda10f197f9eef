"""How long to wait before trying again: exponential, capped, with full jitter.

Full jitter (a random part of the whole wait) keeps 500 kiosks that come back together from arriving together.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackOff:
    """``base`` and ``cap`` seconds."""

    base: float
    cap: float

    def ceiling(self, failures: int) -> float:
        """Longest wait after that many failures in a row, counted from 1."""
        return min(self.cap, self.base * 2.0 ** min(failures - 1, 32))

    def wait(self, failures: int, random: Callable[[], float]) -> float:
        """``random`` gives numbers in [0, 1)."""
        return self.ceiling(failures) * random()
