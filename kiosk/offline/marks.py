"""What is kept is authenticated: a keyed digest over every value of a row, the ones that change too.

SQLite's own checks look at structure; a bit that flips inside a value is a sound file to them.
"""

from hashlib import blake2b

import msgspec

#: Bytes of a mark.
MARK_BYTES = 16
#: The mark of a row that is not what was written, or that is older than marks.
NO_MARK = b""


class Marks:
    """``key``: 32 bytes, of this kiosk alone (KioskKey.marks_key)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, values: tuple[object, ...]) -> bytes:
        """Of text, numbers and bytes in their order; no two lists of values share the input."""
        return self.of_bytes(msgspec.msgpack.encode(values))

    def of_bytes(self, content: bytes) -> bytes:
        return blake2b(content, key=self._key, digest_size=MARK_BYTES).digest()
