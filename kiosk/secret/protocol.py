"""What goes over the two pipes between pad and helper.

To the helper: one JSON line (``Opening``), then single bytes: ``0``..``9`` a digit, BACKSPACE, CLEAR. From the helper:
JSON lines, each a ``Filled``, ``Wiped``, ``Sealed`` or ``Failed``. End of file on either side ends the helper.
"""

from dataclasses import dataclass

#: C0 control codes BS and CAN (ECMA-48).
BACKSPACE = 0x08
CLEAR = 0x18
DIGITS = frozenset(b"0123456789")

#: Without a key for this long the buffer is overwritten; the page stays.
FORGET_AFTER_SECONDS = 45.0
#: Longest opening line, bytes.
MAX_OPENING = 4096
#: Longest line the helper writes, bytes: a sealed PIN is about 100.
MAX_LINE = 4096


@dataclass(frozen=True, slots=True)
class Filled:
    """How many digits are in the buffer."""

    count: int


@dataclass(frozen=True, slots=True)
class Wiped:
    """Nobody pressed a key for FORGET_AFTER_SECONDS; the buffer is empty."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """All digits were typed: HPKE enc || ciphertext for the context of the opening. The buffer is empty again."""

    sealed: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """The helper could not start or ended by itself; nothing typed is left anywhere."""

    detail: str


PadEvent = Filled | Wiped | Sealed | Failed
