"""Waiting for what other processes do: looked at again and again, with an end."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.patience import PATIENCE

T = TypeVar("T")

EVERY_SECONDS = 0.05


def until(look: Callable[[], T], what: str, within: float = PATIENCE) -> T:
    """The first true answer of ``look``; fails by the name of what did not come."""
    end = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"not seen in {within:.0f} s: {what}"
        time.sleep(EVERY_SECONDS)
