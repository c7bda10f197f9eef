"""Memory of a program that runs for weeks: what a visit used goes back to the system after it.

glibc keeps freed pages for the next time, which is right for a server and wrong for a terminal that mostly waits. On
another C library nothing happens.
"""

import ctypes
import gc

#: mallopt(3): what they are called in glibc's malloc.h.
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_M_ARENA_MAX = -8
#: Bytes from which a block is a mapping of its own and goes back when it is freed. Fixed: glibc would raise it to the
#: size of the first picture that is freed, and keep pictures from then on.
OWN_MAPPING_FROM = 128 * 1024
#: Free bytes at the end of the heap from which they go back.
GIVE_BACK_FROM = 256 * 1024


def keep_small() -> bool:
    """Call before the threads start: they share one heap, since most of them wait. False where nothing could be set."""
    wanted = ((_M_ARENA_MAX, 1), (_M_MMAP_THRESHOLD, OWN_MAPPING_FROM), (_M_TRIM_THRESHOLD, GIVE_BACK_FROM))
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        return False
    return [mallopt(name, value) for name, value in wanted] == [1] * len(wanted)


def give_back() -> bool:
    """Collects what Python holds in circles and gives free pages back. False where nothing could be given."""
    gc.collect()
    try:
        return bool(ctypes.CDLL(None).malloc_trim(0))
    except AttributeError:
        return False
