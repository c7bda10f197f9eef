"""A query beside an index: how rare each gram is, what else would do for it, and the terms that lead to candidates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from string import ascii_lowercase

from kiosk.search import spoken
from kiosk.search.documents import BEGINS, HEARD, INITIALS, LETTERS_IN_A_ROW, MOST_OF_WHOLE, WHOLE
from kiosk.search.postings import Reader
from kiosk.search.query import Gram, Query
from kiosk.search.tokens import PART, is_han

#: What a single character, a pair of them, and a word are worth beside their rarity.
ONE, TWO, WORD = 1.5, 1.0, 3.0
#: What a word of the same meaning, one that sounds the same, first letters, and one of other spelling are worth beside
#: the typed one.
SYNONYM, SOUNDS, STARTS, SPELT = 0.75, 0.8, 0.6, 0.8
#: A pair of characters in at most this many documents may be a slip of the keyboard.
SELDOM = 1
#: Terms that are looked at for one beginning, letters of a word that can be misspelt, spellings that are tried.
MOST_BEGUN = 64
LEAST_MISSPELT = 4
MOST_MISSPELT = 24
MOST_SPELLINGS = 2
#: Letters that can be first letters of a phrase.
MOST_STARTS = 8
#: A beginning of this many characters at most also leads to titles that begin so, and how strongly.
SHORT = 6
BEGINNING = 0.3
_ENDINGS = re.compile(r"(?:ings?|ers?|ed|es|s)$")
_LEAST_STEM = 4
_TYPED = re.compile(r"[a-z]+")


class Where(Enum):
    TEXT = "text"
    HEARD = "heard"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Way:
    """What would do for a gram: ``sought`` any of each, in texts, as heard, or among first letters."""

    where: Where
    worth: float
    sought: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Asked:
    """``grams`` and their ``weights``, 0 where nothing holds them; ``ways``: places in these, and what would do for
    all of them; ``leads``: terms of the index with weights."""

    query: Query
    grams: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    ways: list[tuple[tuple[int, ...], Way]] = field(default_factory=list)
    leads: dict[str, float] = field(default_factory=dict)

    @property
    def mass(self) -> float:
        return sum(self.weights)

    def lead(self, term: str, weight: float) -> None:
        self.leads[term] = self.leads.get(term, 0.0) + weight


@dataclass(frozen=True, slots=True)
class _Syllable:
    """``typed``: as letters. ``begun``: there may be more of it."""

    heard: tuple[str, ...]
    begin: int
    end: int
    typed: bool = False
    begun: bool = False


def asked(query: Query, reader: Reader) -> Asked:
    found = Asked(query)
    terms = {gram.text.strip() for gram in query.grams}
    terms.update(text.strip() for circle in query.circles for other in circle.others for text in other)
    counts = reader.counts(sorted(terms))
    for gram in query.grams:
        _add_gram(found, gram, counts, reader)
    for circle in query.circles:
        inside = tuple(i for i, gram in enumerate(query.grams) if circle.begin <= gram.begin and gram.end <= circle.end)
        for other in circle.others:
            _add_text(found, inside, other, SYNONYM, counts, reader)
    _add_heard(found, counts, reader)
    for place, gram in enumerate(query.grams):
        if gram.is_word and gram.share:
            _add_spellings(found, place, gram, counts, reader)
            _add_initials(found, place, gram, counts, reader)
    if query.whole:
        found.lead(WHOLE + query.whole[:MOST_OF_WHOLE], found.mass or 1.0)
    if 0 < len(query.whole) <= SHORT:
        found.lead(BEGINS + query.whole[:3], BEGINNING * (found.mass or 1.0))
    return found


def _add_gram(found: Asked, gram: Gram, counts: dict[str, int], reader: Reader) -> None:
    term = gram.text.strip()
    terms = {term: counts.get(term, 0)}
    if gram.goes_on or len(found.query.whole) == 1:  # a single character leads by the pairs that it begins
        terms = reader.begun(term, MOST_BEGUN) or terms
        if gram.goes_on:
            counts[term] = sum(terms.values())
    kind = WORD if gram.is_word else (ONE, TWO)[len(gram.text) - 1]
    weight = gram.share * kind * reader.rarity(counts[term]) if counts.get(term) else 0.0
    found.grams.append(gram.text)
    found.weights.append(weight)
    if weight:
        for each in terms:
            found.lead(each, weight)


def _add_text(
    found: Asked,
    places: tuple[int, ...],
    texts: tuple[str, ...],
    worth: float,
    counts: Mapping[str, int],
    reader: Reader,
) -> None:
    if not places or not texts or not all(counts.get(text.strip()) for text in texts):
        return
    found.ways.append((places, Way(Where.TEXT, worth, tuple((text,) for text in texts))))
    if not any(found.weights[place] for place in places):  # nobody writes it as it was typed
        found.weights[places[-1]] = TWO * max(reader.rarity(counts[text.strip()]) for text in texts)
    weight = worth * sum(found.weights[place] for place in places) / len(texts)
    for text in texts:
        found.lead(text.strip(), weight)


def _add_heard(found: Asked, counts: Mapping[str, int], reader: Reader) -> None:
    """Ways for letters that are syllables, and for pairs of characters that stand nearly nowhere."""
    chain = list(_syllables(found.query))
    for place, gram in enumerate(found.query.grams):
        if not gram.share:
            continue
        sought: list[tuple[str, ...]] = []
        if gram.is_word:
            if any(s.typed and s.begin == gram.begin for s in chain):
                sought = list(_around(chain, gram))
        elif len(gram.text) == 2 and counts.get(gram.text, 0) <= SELDOM:
            two = [s for s in chain if gram.begin <= s.begin and s.end <= gram.end]
            if len(two) == 2:
                sought = [_pair(*two)]
        if not sought:
            continue
        known = [_known(texts, reader) for texts in sought]
        if not any(known):
            continue
        own = [max((reader.rarity(n) for n in each.values()), default=0.0) for each in known]
        weight = max(found.weights[place], TWO * sum(own))
        found.weights[place] = weight
        found.ways.append(((place,), Way(Where.HEARD, SOUNDS, tuple(sought))))
        for each in known:
            for term in each:
                found.lead(term, SOUNDS * weight / len(sought))


def _syllables(query: Query) -> Iterator[_Syllable]:
    for part in PART.finditer(query.normal):
        word, begin, end = part.group(), part.start(), part.end()
        if is_han(word):
            for at, character in enumerate(word):
                yield _Syllable(spoken.readings(character)[:2] or (character,), begin + at, begin + at + 1)
            continue
        split, rest = spoken.split(word) if _TYPED.fullmatch(word) else ([], word)
        if not split or (rest and end < len(query.normal)):
            yield _Syllable((word,), begin, end)
            continue
        for syllable in split:
            yield _Syllable((spoken.heard(syllable),), begin, end, typed=True)
        if rest:
            yield _Syllable((spoken.heard(rest),), begin, end, typed=True, begun=True)


def _around(chain: list[_Syllable], gram: Gram) -> Iterator[tuple[str, ...]]:
    """The pairs in which a typed word takes part, or the one syllable that it is."""
    alone = True
    for one, other in pairwise(chain):
        if (one.begin == gram.begin or other.begin == gram.begin) and other.begin - one.end <= 1:
            alone = False
            yield _pair(one, other)
    if alone:
        for syllable in chain:
            if syllable.begin == gram.begin:
                yield tuple(f" {heard}{'' if syllable.begun else ' '}" for heard in syllable.heard)


def _pair(one: _Syllable, other: _Syllable) -> tuple[str, ...]:
    end = "" if other.begun else " "
    return tuple(f" {first} {second}{end}" for first in one.heard for second in other.heard)


def _known(texts: tuple[str, ...], reader: Reader) -> dict[str, int]:
    """Those of them that the index holds."""
    whole = [HEARD + text.strip() for text in texts if text.endswith(" ")]
    found = reader.counts(whole) if whole else {}
    for text in texts:
        if not text.endswith(" "):
            found.update(reader.begun(HEARD + text.strip(), MOST_BEGUN))
    return found


def _add_spellings(found: Asked, place: int, gram: Gram, counts: dict[str, int], reader: Reader) -> None:
    word = gram.text.strip()
    stem = _ENDINGS.sub("", word)
    if stem != word and len(stem) >= _LEAST_STEM and word.isascii():
        begun = reader.begun(stem, MOST_BEGUN)
        if begun:
            weight = found.weights[place] or WORD * reader.rarity(sum(begun.values()))
            found.weights[place] = weight
            found.ways.append(((place,), Way(Where.TEXT, SPELT, ((f" {stem}",),))))
            for term in begun:
                found.lead(term, SPELT * weight)
            return
    if counts.get(word) or not LEAST_MISSPELT <= len(word) <= MOST_MISSPELT or not _TYPED.fullmatch(word):
        return
    known = reader.counts(sorted(_edited(word)))
    for other in sorted(known, key=lambda each: -known[each])[:MOST_SPELLINGS]:
        found.weights[place] = max(found.weights[place], WORD * reader.rarity(known[other]))
        _add_text(found, (place,), (f" {other} ",), SPELT, known, reader)


def _edited(word: str) -> set[str]:
    """All words one slip away: a letter missing, doubled, swapped with its neighbour, or another one."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    found |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return found - {word}


def _add_initials(found: Asked, place: int, gram: Gram, counts: Mapping[str, int], reader: Reader) -> None:
    """Letters that are no word can be the first ones of a phrase's syllables."""
    letters = gram.text.strip()
    if not 2 <= len(letters) <= MOST_STARTS or not _TYPED.fullmatch(letters):
        return
    if counts.get(letters) and found.query.letters != letters:
        return
    rows = [letters[at : at + size] for size in LETTERS_IN_A_ROW for at in range(len(letters) - size + 1)]
    known = reader.counts([INITIALS + row for row in rows])
    if len(known) <= len(rows) // 2:
        return
    weight = max(reader.rarity(count) for count in known.values())
    found.weights[place] = max(found.weights[place], TWO * weight)
    found.ways.append(((place,), Way(Where.INITIALS, STARTS, tuple((row,) for row in rows))))
    for row in known:
        found.lead(row, STARTS * found.weights[place] / len(known))
