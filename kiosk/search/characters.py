"""Single characters: which simplified one stands for a traditional one, and how each is spoken.

Three tables, read when the first text needs them. ``traditional.txt``: pairs of characters; from OpenCC's TSCharacters
(Apache-2.0). ``syllables.txt``: a syllable without its tone and the characters spoken so, each with its usual reading
first; ``words.txt``: words in which a character is not spoken as usual; both from pypinyin's tables (MIT).
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def simplified() -> Mapping[int, str]:
    """For ``str.translate``."""
    pairs = (_FOLDER / "traditional.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


@cache
def traditional() -> frozenset[str]:
    return frozenset(map(chr, simplified()))


@cache
def syllables() -> Mapping[str, tuple[str, ...]]:
    """Character -> how it is spoken, the usual reading first: ``重`` is zhong or chong."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (_FOLDER / "syllables.txt").read_text(encoding="utf-8").splitlines():
        syllable, usual, others = line.split(" ") if line.count(" ") == 2 else (*line.split(" "), "")
        for character in usual:
            found[character] = (syllable, *found.get(character, ()))
        for character in others:
            found[character] = (*found.get(character, ()), syllable)
    return found


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """``重置`` is chong zhi, whatever 重 is alone."""
    lines = (_FOLDER / "words.txt").read_text(encoding="utf-8").splitlines()
    return {word: tuple(said) for word, *said in map(str.split, lines)}


@cache
def every_syllable() -> frozenset[str]:
    return frozenset(syllable for readings in syllables().values() for syllable in readings)
