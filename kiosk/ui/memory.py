"""Memory of a program that runs for weeks: what a visit used goes back to the system after it.

glibc keeps freed pages for the next time, which is right for a server and wrong for a terminal that mostly waits. On
another C library nothing happens.
"""

import ctypes
import gc


def give_back() -> bool:
    """Collects what Python holds in circles and gives free pages back. False where nothing could be given."""
    gc.collect()
    try:
        return bool(ctypes.CDLL(None).malloc_trim(0))
    except AttributeError:
        return False
