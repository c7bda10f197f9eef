"""What a visit used goes back to the system after it."""

import psutil

from kiosk.ui.memory import give_back

PIECES = 200_000
PIECE = 400  # bytes: small enough to come from the heap, not from a mapping of its own


def resident() -> int:
    return int(psutil.Process().memory_info().rss)


def test_freed_memory_is_given_back_to_the_system() -> None:
    pieces = [bytearray(PIECE) for _ in range(PIECES)]
    last = bytearray(PIECE)  # keeps the end of the heap, so that the C library alone cannot shrink it
    full = resident()
    pieces.clear()
    assert give_back()
    assert full - resident() > PIECES * PIECE // 2
    assert len(last) == PIECE
