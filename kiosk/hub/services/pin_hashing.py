"""Argon2id (RFC 9106) through one door, a few at a time: each takes tens of megabytes."""

import os
import threading

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kiosk.hub.config import PinHashing

#: Hashes at once in this process; more wait.
AT_ONCE = 2
_SALT_BYTES = 16
_HASH_BYTES = 32
#: OpenSSL 3 never returns when two threads of a process compute Argon2 with more than one lane at the same time.
_LANES = 1


class PinHasher:
    """``verifications`` counts what was computed: a test holds that every attempt costs one."""

    def __init__(self, cost: PinHashing) -> None:
        self._cost = cost
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._nobody = self.hash(os.urandom(12).hex())
        self.verifications = 0
        self._counting = threading.Lock()

    def hash(self, pin: str) -> str:
        """PHC string with the parameters in it."""
        cost = self._cost
        with self._free:
            argon = Argon2id(
                salt=os.urandom(_SALT_BYTES),
                length=_HASH_BYTES,
                iterations=cost.iterations,
                lanes=_LANES,
                memory_cost=cost.memory_kib,
            )
            return argon.derive_phc_encoded(pin.encode())

    def matches(self, pin: str, phc: str | None) -> bool:
        """``None``: nobody's hash is verified instead, so that knowing no one takes as long."""
        with self._counting:
            self.verifications += 1
        with self._free:
            try:
                Argon2id.verify_phc_encoded(pin.encode(), phc or self._nobody)
            except InvalidKey:
                return False
        return phc is not None
