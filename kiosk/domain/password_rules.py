"""What a directory asks of a new password, as rules with ids, judged from facts that do not tell the password.

No composition rules are shipped (NIST SP 800-63B); a directory that has some declares them, and they are said in words.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Longest password that can be typed at a kiosk, and the least a directory here has to allow (ASVS 6.2).
LONGEST_PASSWORD = 64
#: What people put around a word to make it look like a password.
_AROUND = "0123456789!@#$%^&*._- "
#: Strength runs from 0 to 4, as zxcvbn scores it.
STRONGEST = 4


class RuleId(StrEnum):
    MIN_LENGTH = "min_length"  # count: characters
    MAX_LENGTH = "max_length"
    LETTER_AND_DIGIT = "letter_and_digit"
    KINDS = "kinds"  # count: how many of lower case, upper case, digits, signs
    NOT_PERSONAL = "not_personal"  # holds neither name nor number
    NOT_COMMON = "not_common"  # not on the blocklist, not one of the campus's own words
    STRENGTH = "strength"  # count: least score
    HISTORY = "history"  # count: how many earlier ones; only the directory can tell


@dataclass(frozen=True, slots=True)
class PasswordRule:
    id: RuleId
    count: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a typed word. ``kinds``: how many of the four kinds of character occur."""

    length: int
    letters: bool
    digits: bool
    kinds: int
    personal: bool
    common: bool
    score: int


@dataclass(frozen=True, slots=True)
class PersonalDigests:
    """Words a password must not hold, so that they can be recognised but not read: each as its length and a salted,
    slowed digest. A kiosk never learns a name or number it was not told."""

    salt: bytes = b""
    words: tuple[tuple[int, bytes], ...] = ()


#: One digest takes about half a millisecond: enough for every key, too slow to try a dictionary of names by the way.
_ROUNDS = 1_000
#: Shorter pieces of a name occur in every other word.
SHORTEST_PERSONAL = 3
MOST_PERSONAL = 12


def personal_digest(word: bytes, salt: bytes) -> bytes:
    """``word`` lower-case ASCII."""
    return hashlib.pbkdf2_hmac("sha256", word, salt, _ROUNDS, 16)


def digests_of(words: Iterable[str], salt: bytes) -> PersonalDigests:
    usable = sorted({word.lower() for word in words if word.isascii() and len(word) >= SHORTEST_PERSONAL})
    made = tuple((len(word), personal_digest(word.encode(), salt)) for word in usable[:MOST_PERSONAL])
    return PersonalDigests(salt, made)


def broken(rules: Iterable[PasswordRule], facts: Facts) -> frozenset[RuleId]:
    """The rules that ``facts`` do not keep. HISTORY is the directory's to judge."""
    return frozenset(rule.id for rule in rules if not _keeps(rule, facts))


def _keeps(rule: PasswordRule, facts: Facts) -> bool:
    match rule.id:
        case RuleId.MIN_LENGTH:
            return facts.length >= rule.count
        case RuleId.MAX_LENGTH:
            return facts.length <= rule.count
        case RuleId.LETTER_AND_DIGIT:
            return facts.letters and facts.digits
        case RuleId.KINDS:
            return facts.kinds >= rule.count
        case RuleId.NOT_PERSONAL:
            return facts.length > 0 and not facts.personal
        case RuleId.NOT_COMMON:
            return facts.length > 0 and not facts.common
        case RuleId.STRENGTH:
            return facts.score >= rule.count
        case RuleId.HISTORY:
            return True


def is_one_of(word: str, common: frozenset[str], campus: Iterable[str]) -> bool:
    """Whether ``word`` is a common one or, without the digits and signs around it, one of the ``campus``'s own."""
    lower, own = word.lower(), {known.lower() for known in campus}
    return lower in common or lower in own or lower.strip(_AROUND) in own


def kinds_of(codes: Iterable[int]) -> tuple[bool, bool, int]:
    """Whether there are letters, whether there are digits, and how many kinds of character; ``codes`` code points."""
    lower = upper = digit = other = False
    for code in codes:
        if 0x61 <= code <= 0x7A:
            lower = True
        elif 0x41 <= code <= 0x5A:
            upper = True
        elif 0x30 <= code <= 0x39:
            digit = True
        else:
            other = True
    return lower or upper, digit, sum((lower, upper, digit, other))
