"""What a scanner may have read: the address on a slip, or the number on a card. Everything else is unreadable.

A barcode is written by anybody: whatever it holds, it can only become one of these two values, never a command, a key
or a text on a screen.
"""

import re
from dataclasses import dataclass

from kiosk.domain.identity import NumberClaim
from kiosk.domain.on_paper import LEAST_DIGITS, MOST_DIGITS
from kiosk.domain.people import PersonNumber

#: Longest line that is looked at, bytes without its end: an address with a report on paper behind it.
MOST_BYTES = 100 + MOST_DIGITS
#: Longest number a card can carry, characters.
LONGEST_NUMBER = 20
#: A follow code: characters that are not taken for each other, as the hub makes them.
CODE_CHARACTERS = 12
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

#: RFC 3986 as far as a hub's public address needs it: https, a host name or IPv4 address, a port, a path.
_SLIP = re.compile(
    rb"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*"
    + rb"(?:/f/([%s]{%d})|/b/([0-9]{%d,%d}))" % (CODE_ALPHABET.encode(), CODE_CHARACTERS, LEAST_DIGITS, MOST_DIGITS)
)
_NUMBER = re.compile(rb"[A-Za-z0-9]{1,%d}" % LONGEST_NUMBER)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """The code of a slip's address: it alone reads one ticket, so it stays out of logs. Or the digits of an operation
    on paper (on_paper.py), which the hub takes before it shows its ticket. Which host an address names does not matter:
    its code is shown to nobody but the hub this kiosk belongs to."""

    _value: str

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "SlipCode(…)"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No slip of ours and no number of this campus."""


Scan = SlipCode | NumberClaim | Unreadable


def understood(line: bytes, number_pattern: str) -> Scan:
    """``line`` as it was scanned, without its end; ``number_pattern`` of a whole number of this campus, '' for none."""
    if len(line) > MOST_BYTES:
        return Unreadable()
    if slip := _SLIP.fullmatch(line):
        return SlipCode((slip[1] or slip[2]).decode("ascii"))
    if number_pattern and _NUMBER.fullmatch(line):
        number = line.decode("ascii")
        if re.fullmatch(number_pattern, number):
            return NumberClaim(PersonNumber(number))
    return Unreadable()
