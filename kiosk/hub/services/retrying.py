"""When something that could not be handed over is tried again."""

from datetime import timedelta

#: After a failed attempt: doubling from the first to the longest.
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
_MOST_DOUBLINGS = 12


def pause(attempts: int) -> timedelta:
    """After so many of them, from 1."""
    doublings: int = 2 ** min(attempts - 1, _MOST_DOUBLINGS)
    return min(LONGEST_PAUSE, FIRST_PAUSE * doublings)
