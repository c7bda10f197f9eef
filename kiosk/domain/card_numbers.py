"""A number that is written on a card: how its bytes are read, and how it stands in a claim and in the list of people.

It carries a mark of its own, so that a card whose UID happens to read like somebody's number never stands for it.
"""

import re
from enum import StrEnum

MARK = "NO:"
#: Longest number a card may say, characters.
LONGEST = 48
_NUMBER = re.compile(r"[0-9A-Z](?:[0-9A-Z._-]{0,46}[0-9A-Z])?")
_PADDING = b"\x00\x20\xff"  # what systems fill a field with behind a text


class Encoding(StrEnum):
    ASCII = "ascii"  # letters and digits, padded behind with NUL, blanks or FF
    BCD = "bcd"  # two digits a byte, padded behind with F
    HEX = "hex"  # the bytes themselves


#: Most bytes a number takes, by encoding.
MOST_BYTES = {Encoding.ASCII: LONGEST, Encoding.BCD: LONGEST // 2, Encoding.HEX: LONGEST // 2}


def number_of(data: bytes, encoding: Encoding) -> str | None:
    """The text written in ``data``; ``None`` where it is none."""
    match encoding:
        case Encoding.ASCII:
            text = data.rstrip(_PADDING)
            return text.decode("ascii") if text.isascii() else None
        case Encoding.BCD:
            digits = data.hex().rstrip("f")
            return digits if digits.isdecimal() else None
        case Encoding.HEX:
            return data.hex()


def written(number: str) -> str | None:
    """The name of a card that says ``number`` about itself (any case), or ``None`` where that is none.

    Nothing but zeros, or nothing but F, is what a card says that nobody has written to.
    """
    number = number.upper()
    if not _NUMBER.fullmatch(number) or not number.strip("0") or not number.strip("F"):
        return None
    return MARK + number


def name_in(data: bytes, encoding: Encoding) -> str | None:
    """The name of a card that holds ``data``."""
    number = number_of(data, encoding)
    return None if number is None else written(number)
