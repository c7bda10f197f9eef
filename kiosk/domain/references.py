"""Reference numbers: minted by a kiosk, online and offline alike, and kept by the ticket for life.

Shown as ``A12-0473-K``: kiosk code (a letter and two digits), counter, check character; eight characters without
the dashes. The check character is a weighted sum modulo 22, the size of the alphabet. The weights are
chosen so that every wrong character, every exchange of two digits (adjacent or not), every wrong pair of equal
neighbours (44 for 77) and thirteen heard as thirty changes it; of all other mistakes about 1 in 22 stays unseen.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

#: Letters that are not taken for a digit or for each other on a slip or by phone: no I, O, S, Z.
ALPHABET = "ABCDEFGHJKLMNPQRTUVWXY"
HIGHEST_COUNTER = 9999
#: Longest text that is looked at as a reference.
LONGEST_INPUT = 40

_LETTER_WEIGHT = 1
_DIGIT_WEIGHTS = (1, 3, 5, 7, 19, 13)
_KIOSK_CODE = re.compile(rf"[{ALPHABET}][0-9]{{2}}")
_COMPACT = re.compile(rf"([{ALPHABET}])([0-9OILSZ]{{6}})([{ALPHABET}])")
_LETTERS_FOR_DIGITS = str.maketrans("OILSZ", "01152")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−_.·]+")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """The ``counter``-th number of the kiosk code ``kiosk``. Raises ValueError for values that cannot be shown."""

    kiosk: str
    counter: int

    def __post_init__(self) -> None:
        if not is_kiosk_code(self.kiosk):
            raise ValueError(f"not a kiosk code: {self.kiosk!r}")
        if not 1 <= self.counter <= HIGHEST_COUNTER:
            raise ValueError(f"counter outside 1..{HIGHEST_COUNTER}: {self.counter}")

    @property
    def check(self) -> str:
        return _check(self.kiosk[0], f"{self.kiosk[1:]}{self.counter:04d}")

    @property
    def compact(self) -> str:
        """Without dashes, for codes and file names: ``A120473K``."""
        return f"{self.kiosk}{self.counter:04d}{self.check}"

    def __str__(self) -> str:
        return f"{self.kiosk}-{self.counter:04d}-{self.check}"


def is_kiosk_code(text: str) -> bool:
    return _KIOSK_CODE.fullmatch(text) is not None


def parse(text: str) -> Reference | None:
    """The reference somebody typed, scanned or said; ``None`` where it is none or its check character is wrong.

    Case, spaces, dashes of any kind and full-width forms do not matter; O, I, L, S, Z in the place of a digit are
    read as 0, 1, 1, 5, 2.
    """
    if len(text) > LONGEST_INPUT:
        return None
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    match = _COMPACT.fullmatch(compact)
    if match is None:
        return None
    letter, digits, check = match[1], match[2].translate(_LETTERS_FOR_DIGITS), match[3]
    if int(digits[2:]) == 0 or check != _check(letter, digits):
        return None
    return Reference(letter + digits[:2], int(digits[2:]))


@dataclass(frozen=True, slots=True)
class NumbersUsedUp:
    """The block is empty; the hub hands out another one."""


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Counters ``first`` to ``last``, both included, that the hub has given to one kiosk and to no other, ever.

    ``next`` is the first one not yet used; ``last + 1`` when none is left.
    """

    kiosk: str
    first: int
    last: int
    next: int

    def __post_init__(self) -> None:
        if not is_kiosk_code(self.kiosk):
            raise ValueError(f"not a kiosk code: {self.kiosk!r}")
        if not (1 <= self.first <= self.last <= HIGHEST_COUNTER and self.first <= self.next <= self.last + 1):
            raise ValueError(f"not a block of numbers: {self.first}..{self.last}, next {self.next}")

    @classmethod
    def fresh(cls, kiosk: str, first: int, last: int) -> "NumberBlock":
        return cls(kiosk, first, last, first)

    @property
    def left(self) -> int:
        return self.last + 1 - self.next

    def take(self) -> "tuple[Reference, NumberBlock] | NumbersUsedUp":
        """The next reference and the block without it. The caller commits both before the reference is shown."""
        if self.left == 0:
            return NumbersUsedUp()
        return Reference(self.kiosk, self.next), replace(self, next=self.next + 1)


def _check(letter: str, digits: str) -> str:
    total = _LETTER_WEIGHT * ALPHABET.index(letter)
    total += sum(weight * int(digit) for weight, digit in zip(_DIGIT_WEIGHTS, digits, strict=True))
    return ALPHABET[total % len(ALPHABET)]
