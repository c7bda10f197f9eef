"""What goes over the two pipes between pad and helper.

To the helper: one JSON line (``Opening`` or ``PasswordOpening``), then single bytes. For a PIN ``0``..``9``, BACKSPACE,
CLEAR; for a password also any printable ASCII but the space, NEXT and PREVIOUS between its words, and SEAL. From the
helper: JSON lines, each a ``Filled``, ``Typed``, ``Repeat``, ``Wiped``, ``Sealed`` or ``Failed``. End of file on either
side ends the helper.
"""

from dataclasses import dataclass

#: C0 control codes BS and CAN (ECMA-48).
BACKSPACE = 0x08
CLEAR = 0x18
DIGITS = frozenset(b"0123456789")
#: SO and SI: to the next word, back to the one before. EOT: all is typed, seal it.
NEXT = 0x0E
PREVIOUS = 0x0F
SEAL = 0x04
PRINTABLE = frozenset(range(0x21, 0x7F))

#: Without a key for this long the buffer is overwritten; the page stays.
FORGET_AFTER_SECONDS = 45.0
#: Longest opening line, bytes: a password's carries rules, the campus's words and digests of personal ones.
MAX_OPENING = 16_384
#: Longest line the helper writes, bytes: a sealed PIN is about 100, two passwords about 300.
MAX_LINE = 4096


@dataclass(frozen=True, slots=True)
class Filled:
    """How many digits are in the buffer."""

    count: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A password so far: which word the next key belongs to (``old``, ``new``, ``again``), how long each is, which
    rules the new one breaks, its strength 0..4. ``ready``: all is typed and agrees; ``differs``: the second one has
    left the first."""

    step: str
    old: int
    new: int
    again: int
    broken: frozenset[str]
    score: int
    ready: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Repeat:
    """A new PIN was typed once and is kept; ``differs``: the second one was another, both are gone."""

    differs: bool


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


PadEvent = Filled | Typed | Repeat | Wiped | Sealed | Failed
