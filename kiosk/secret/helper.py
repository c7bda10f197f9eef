"""The helper process: ``python -I -m kiosk.secret.helper``. Holds the digits in one preallocated, wiped buffer.

``bytes`` and ``str`` cannot be overwritten in Python, so the payload is built inside the buffer itself and digits
never become objects that outlive a call: single-byte values are interned by the interpreter.
"""

import base64
import ctypes
import os
import resource
import select
import sys
from typing import Any

import msgspec

from kiosk.secret.protocol import BACKSPACE, CLEAR, DIGITS, FORGET_AFTER_SECONDS, MAX_OPENING
from kiosk.wire.envelope import Context, HubKey, seal

_PR_SET_DUMPABLE = 4
_BEFORE = b'{"pin":"'
_AFTER = b'"}'


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="pin"):
    """What the digits are sealed to, and how many there are (1..16). ``twice``: a new PIN, typed twice."""

    context: Context
    key: HubKey
    length: int
    twice: bool = False


class SecretBuffer:
    """The payload ``{"pin":"…"}`` with room for ``length`` digits; overwritten after sealing and on every clear."""

    def __init__(self, length: int) -> None:
        if not 1 <= length <= 16:
            raise ValueError(f"length outside 1..16: {length}")
        self.length = length
        self.count = 0
        self._payload = bytearray(_BEFORE + bytes(length) + _AFTER)

    def add(self, code: int) -> None:
        if self.count < self.length:
            self._payload[len(_BEFORE) + self.count] = code
            self.count += 1

    def remove(self) -> None:
        if self.count:
            self.count -= 1
            self._payload[len(_BEFORE) + self.count] = 0

    def keep(self, first: bytearray) -> None:
        """Copies the digits, byte by byte, and wipes its own."""
        for index in range(self.length):
            first[index] = self._payload[len(_BEFORE) + index]
        self.wipe()

    def is_same(self, first: bytearray) -> bool:
        return all(first[index] == self._payload[len(_BEFORE) + index] for index in range(self.length))

    def wipe(self) -> None:
        for index in range(len(_BEFORE), len(_BEFORE) + self.length):
            self._payload[index] = 0
        self.count = 0

    @property
    def full(self) -> bool:
        return self.count == self.length

    def seal(self, opening: Opening) -> bytes:
        """Seals the payload as it stands and wipes it."""
        try:
            # seal() hands the buffer on to OpenSSL; its annotation says bytes because everyone else has bytes
            payload: Any = self._payload
            return seal(payload, opening.context, opening.key)
        finally:
            self.wipe()


def protect() -> None:
    """No core dump, and no other process of the same user may read this one's memory (prctl(2))."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _say(out: int, **answer: object) -> None:
    os.write(out, msgspec.json.encode(answer) + b"\n")


def _read_line(source: int) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(source, 1)
        if not byte or len(line) > MAX_OPENING:
            raise EOFError
        line += byte
    return bytes(line)


def serve(source: int, out: int, forget_after: float = FORGET_AFTER_SECONDS) -> None:
    """Reads keys from file descriptor ``source`` until its end; answers on ``out``."""
    line = _read_line(source)
    if b'"type":"password"' in line:
        # What judges a password takes 0.1 s to load; a PIN's first key does not wait for it.
        from kiosk.secret.password_mode import serve_password
        from kiosk.secret.password_opening import PasswordOpening

        serve_password(msgspec.json.decode(line, type=PasswordOpening), source, out, forget_after)
        return
    opening = msgspec.json.decode(line, type=Opening)
    buffer, first, kept = SecretBuffer(opening.length), bytearray(opening.length), False
    _say(out, filled=0)
    try:
        while True:
            ready, _, _ = select.select([source], [], [], forget_after if buffer.count or kept else None)
            if not ready:
                buffer.wipe()
                kept = _zero(first)
                _say(out, wiped=True)
                continue
            key = os.read(source, 1)
            if not key:
                return
            code = key[0]
            if code in DIGITS:
                buffer.add(code)
            elif code == BACKSPACE:
                buffer.remove()
            elif code == CLEAR:
                buffer.wipe()
            if opening.twice and buffer.full:
                if not kept:
                    buffer.keep(first)
                    kept = True
                    _say(out, repeat=True, differs=False)
                    continue
                same = buffer.is_same(first)
                kept = _zero(first)
                if not same:
                    buffer.wipe()
                    _say(out, repeat=True, differs=True)
                    continue
            _say(out, filled=buffer.count)
            if buffer.full:
                _say(out, sealed=base64.b64encode(buffer.seal(opening)).decode())
    finally:
        buffer.wipe()
        _zero(first)


def _zero(first: bytearray) -> bool:
    """Nothing is kept any more."""
    for index in range(len(first)):
        first[index] = 0
    return False


def main() -> int:
    protect()
    try:
        serve(sys.stdin.fileno(), sys.stdout.fileno())
    except (EOFError, BrokenPipeError):
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
