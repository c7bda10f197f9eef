"""How easily a password is guessed: zxcvbn's score, and whether it stands on its lists of some 90,000 words."""

import threading
from collections.abc import Iterable

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from kiosk.domain.password_rules import is_one_of

#: zxcvbn looks at this much; what comes after can only make a password stronger.
LOOKED_AT = 64
#: Common passwords, and words and names that alone are none.
_COMMON = frozenset(word for words in FREQUENCY_LISTS.values() for word in words)
# The library keeps the words of one caller in a module-wide table.
_one_at_a_time = threading.Lock()


def score(password: str, words: Iterable[str]) -> int:
    """0 (guessed at once) to 4; ``words`` are guessed first."""
    with _one_at_a_time:
        return int(zxcvbn(password[:LOOKED_AT], list(words))["score"])


def is_common(password: str, words: Iterable[str]) -> bool:
    return is_one_of(password, _COMMON, words)
