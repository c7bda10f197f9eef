"""What is true of a word that is being typed. Imported in the helper process only: zxcvbn keeps copies of words."""

from collections.abc import Iterable

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from kiosk.domain.password_rules import Facts, is_one_of, kinds_of
from kiosk.secret.password_word import Word

#: Common passwords, and words and names that alone are none.
_COMMON = frozenset(word for words in FREQUENCY_LISTS.values() for word in words)


def facts_of(word: Word, campus: Iterable[str]) -> Facts:
    own = tuple(campus)
    letters, digits, kinds = kinds_of(word.codes())
    text = bytes(word.codes()).decode("ascii")
    return Facts(
        length=word.count,
        letters=letters,
        digits=digits,
        kinds=kinds,
        personal=word.personal,
        common=is_one_of(text, _COMMON, own),
        score=int(zxcvbn(text, list(own))["score"]) if text else 0,
    )
