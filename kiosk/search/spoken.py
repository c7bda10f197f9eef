"""Pinyin: what people type when they do not choose characters.

An index holds how each phrase is spoken from every one of its syllables on, whole (``chongzhimima``, ``zhimima`` …) and
by its first letters (``czmm``, ``zmm`` …), so that a typed beginning finds it from any place. A Latin word among the
syllables carries an apostrophe in front and keeps its letters: ``'wifi lian bu shang`` begins ``wifilbs``.
"""

#: Syllables of a phrase that are looked at, and letters kept of each text: a visitor types a few.
MOST_SYLLABLES = 24
MOST_LETTERS = 32


def whole(syllables: str) -> str:
    """``chong zhi mi ma`` as ``chongzhimima``."""
    return syllables.replace(" ", "").replace("'", "")


def initials(syllables: str) -> str:
    """``chong zhi mi ma`` as ``czmm``."""
    return "".join(_initial(part) for part in syllables.split())


def whole_tokens(syllables: str) -> list[str]:
    parts = syllables.split()[:MOST_SYLLABLES]
    return [whole("".join(parts[i:]))[:MOST_LETTERS] for i in range(len(parts))]


def initial_tokens(syllables: str) -> list[str]:
    parts = syllables.split()[:MOST_SYLLABLES]
    return ["".join(_initial(part) for part in parts[i:])[:MOST_LETTERS] for i in range(len(parts))]


def _initial(part: str) -> str:
    return part[1:] if part.startswith("'") else part[:1]
