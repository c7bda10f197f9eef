"""Pinyin: what people type when they do not choose characters, and what a wrong character still says.

A phrase comes spoken, syllables apart: ``'wifi lian bu shang``; a Latin word among them carries an apostrophe in front.
Syllables are compared as they are heard in most of China: zh as z, ch as c, sh as s, -ng as -n.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kiosk.search.characters import every_syllable, syllables, words
from kiosk.search.tokens import is_han, parts

#: Syllables of a phrase that are looked at: a visitor types a few.
MOST_SYLLABLES = 24
#: Longest syllable, letters: zhuang.
_LONGEST = 6
_HEARD = re.compile("zh|ch|sh|ng|lue|nue")
_AS = {"zh": "z", "ch": "c", "sh": "s", "ng": "n", "lue": "lve", "nue": "nve"}


def whole(phrase: str) -> str:
    """``chong zhi mi ma`` as ``chongzhimima``."""
    return phrase.replace(" ", "").replace("'", "")


def initials(phrase: str) -> str:
    """``chong zhi mi ma`` as ``czmm``; a Latin word keeps its letters."""
    return "".join(initial(part) for part in phrase.split()[:MOST_SYLLABLES])


def initial(part: str) -> str:
    return part[1:] if part.startswith("'") else part[:1]


def heard(letters: str) -> str:
    """The same for all that sound alike: ``chong`` as ``con``."""
    return _HEARD.sub(lambda found: _AS[found.group()], letters)


def heard_syllables(phrase: str) -> list[str]:
    """Of a spoken phrase."""
    return [part[1:] if part.startswith("'") else heard(part) for part in phrase.split()[:MOST_SYLLABLES]]


def readings(character: str) -> tuple[str, ...]:
    """How a Chinese character is heard, the usual reading first; nothing for what is in no table."""
    return tuple(dict.fromkeys(map(heard, syllables().get(character, ()))))


def phrase_of(text: str) -> str:
    """A normal text as a spoken phrase."""
    found: list[str] = []
    for part in parts(text.replace("-", "")):
        if is_han(part):
            found += _said(part)
        else:
            found.append(f"'{part}")
    return " ".join(found[:MOST_SYLLABLES])


def _said(run: str) -> Iterator[str]:
    known, exceptions = syllables(), words()
    at = 0
    while at < len(run):
        for size in (3, 2):
            said = exceptions.get(run[at : at + size])
            if said:
                yield from said
                at += size
                break
        else:
            if run[at] in known:
                yield known[run[at]][0]
            at += 1


def split(letters: str) -> tuple[list[str], str]:
    """Letters as the fewest syllables they can be, and what begins one at their end: ``chongzhim`` is chong, zhi and m.
    No syllables and all of the letters where they are none."""
    known = every_syllable()
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for begin in range(max(0, end - _LONGEST), end):
            before = best[begin]
            shorter = best[end]
            if (
                before is not None
                and letters[begin:end] in known
                and (shorter is None or len(before) + 1 < len(shorter))
            ):
                best[end] = [*before, letters[begin:end]]
    for end in range(len(letters), 0, -1):
        found = best[end]
        if found is not None and (end == len(letters) or _begins(letters[end:])):
            return found, letters[end:]
    return [], letters


def _begins(letters: str) -> bool:
    return any(syllable.startswith(letters) for syllable in every_syllable())


def pairs(heard_as: Sequence[str]) -> Iterator[str]:
    """Two neighbours each, as a term: ``con zi``."""
    for one, other in pairwise(heard_as):
        yield f"{one} {other}"
