"""Randomness by a seed: ids, tokens, salts and codes are the same in every run of it.

What OpenSSL draws by itself (the ephemeral half of a sealed box, a kiosk's key) stays random: nothing depends on it.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """While it lasts, ``uuid``, ``secrets`` and ``os.urandom`` draw from ``seed``."""
    source = random.Random(seed)
    with patch.object(os, "urandom", source.randbytes), patch.object(random, "_urandom", source.randbytes):
        yield
