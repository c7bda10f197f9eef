"""Which letters of a title a query has found, so that a reader sees why it stands there."""

from collections.abc import Iterator

from kiosk.search import spoken
from kiosk.search.query import Query
from kiosk.search.tokens import is_han, normal, parts

_JOINS = "-'’./+&"


def marked(title: str, query: Query, syllables: str = "") -> tuple[str, ...]:
    """``title`` cut into pieces, every second one found: ``("", "重置密码", "后，Wi-Fi 连不上")``. Only the first piece
    where nothing was. ``syllables``: how a Chinese title is spoken (domain.articles.ArticlePair.pinyin)."""
    found = set(_typed(title, query)) or set(_spoken(title, query.letters, syllables))
    # what joins two halves of a found word belongs to it
    found |= {p for p, letter in enumerate(title) if letter in _JOINS and {p - 1, p + 1} <= found}
    pieces = [""]
    for place, letter in enumerate(title):
        if (place in found) != (len(pieces) % 2 == 0):
            pieces.append("")
        pieces[-1] += letter
    return tuple(pieces)


class _Folded:
    """The letters, digits and characters of a title as an index has them, each with its place in the title."""

    def __init__(self, title: str) -> None:
        self.letters = ""
        self.places: list[int] = []
        self.begins: set[int] = set()  # of ``letters``: where a word begins
        self.ends: set[int] = set()
        within = False
        for place, character in enumerate(title):
            for part in normal(character):
                kept = bool(parts(part))
                if kept and not (within and not is_han(part)):
                    self.begins.add(len(self.letters))
                if kept:
                    self.letters += part
                    self.places.append(place)
                if within and (not kept or is_han(part)):
                    self.ends.add(len(self.letters) - kept)
                within = kept and not is_han(part)
                if kept and is_han(part):
                    self.ends.add(len(self.letters))
        self.ends.add(len(self.letters))

    def all_of(self, token: str, beginning: bool) -> Iterator[int]:
        """Places of ``token`` wherever it stands as a word, or begins one."""
        at = self.letters.find(token)
        while at >= 0:
            end = at + len(token)
            if at in self.begins and (beginning or end in self.ends):
                yield from self.places[at:end]
            at = self.letters.find(token, at + 1)


def _typed(title: str, query: Query) -> Iterator[int]:
    folded = _Folded(title)
    for token in query.tokens:
        yield from folded.all_of(token, token in query.beginnings)


def _spoken(title: str, letters: str, syllables: str) -> Iterator[int]:
    """The characters whose pinyin, by first letters or in full, begins with ``letters``."""
    units, said = list(_units(title)), syllables.split()
    if len(said) >= spoken.MOST_SYLLABLES:
        units = units[: len(said)]
    if not letters or len(units) != len(said):
        return
    for length_of in (spoken.initials, spoken.whole):
        for begin in range(len(units)):
            if "".join(map(length_of, said[begin:])).startswith(letters):
                covered = 0
                for places, syllable in zip(units[begin:], said[begin:], strict=True):
                    if covered >= len(letters):
                        return
                    covered += len(length_of(syllable))
                    yield from places
                return


def _units(title: str) -> Iterator[list[int]]:
    """What is spoken as one: a character, or a Latin word, which a hyphen does not end."""
    word: list[int] = []
    for place, character in enumerate(title):
        if character == "-":
            continue
        part = normal(character)
        if part and parts(part) and not is_han(part):
            word.append(place)
            continue
        if word:
            yield word
            word = []
        if part and is_han(part):
            yield [place]
    if word:
        yield word
