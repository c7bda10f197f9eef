"""What a candidate is worth to a query: how much of what was asked it says, where, and how near to each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.language import Language
from kiosk.search import spoken
from kiosk.search.asking import Asked, Way, Where
from kiosk.search.documents import LENGTH, PHRASES, SATURATION, SUMMARY, TITLE, Pages, length_of

#: The share of the two neighbouring sentences that say most beside the whole text.
SENTENCES = 0.1
#: What a word that is only heard in a title, tag or question counts as, beside one that is written there.
HEARD_AS = 0.7
#: The whole text in the title, at its beginning, in a question or tag, at its beginning, and for each character (eight
#: at most) of one that is asked word for word.
IN_TITLE, STARTS_TITLE, IN_PHRASE, STARTS_PHRASE, IS_PHRASE = 0.3, 0.2, 0.2, 0.1, 0.05
MOST_OF_PHRASE = 8
LANGUAGE = 0.08
WEIGHT = 0.0008
#: Typed letters that are a phrase, begin it, or stand within it, by first letters or in full.
SPOKEN_IS, SPOKEN_BEGINS, SPOKEN_WITHIN = 1.5, 1.25, 0.95
#: The same in a tag or question instead of the title.
NOT_TITLE = 0.9
#: Of two that begin the same way the shorter one stands first: what each further letter costs.
LONGER = 0.004


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    language: Language
    weight: int
    pages: Pages


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` is the sum of the others, each what its name says."""

    score: float
    words: float = 0.0
    sentences: float = 0.0
    phrase: float = 0.0
    spoken: float = 0.0
    language: float = 0.0
    helpful: float = 0.0


def score(asked: Asked, candidate: Candidate, language: Language, length: float) -> Why:
    pages, query = candidate.pages, asked.query
    values = _values(asked, pages, length)
    mass = asked.mass or 1.0
    words = sum(map(float.__mul__, asked.weights, values)) / mass
    phrase = _phrase(query.whole, pages) if len(query.whole) > 1 else 0.0
    letters = _letters(query.letters, pages.spoken)
    if letters > words + phrase:
        words, phrase = 0.0, 0.0
    else:
        letters = 0.0
    if not words + phrase + letters:
        return Why(0.0)
    own = LANGUAGE * (candidate.language is language)
    helpful = WEIGHT * candidate.weight
    return _why(words, 0.0, phrase, letters, own, helpful)


def with_sentences(why: Why, asked: Asked, candidate: Candidate) -> Why:
    """The same with what stands near to each other; only worth its time for the first few."""
    if not why.words:
        return why
    sentences = SENTENCES * _sentences(asked, candidate.pages.body) / (asked.mass or 1.0)
    return _why(why.words, sentences, why.phrase, why.spoken, why.language, why.helpful)


def _why(*found: float) -> Why:
    return Why(sum(found), *found)


def _values(asked: Asked, pages: Pages, length: float) -> list[float]:
    """0..1 for each gram: how much the document says of it."""
    body, title, said, summary = pages.body, pages.title, pages.said, pages.summary
    long = 1 - LENGTH + LENGTH * length_of(body) / length if length else 1.0
    head = f"{title}\n{said}\n{summary}"

    def value(text: str) -> float:
        times = body.count(text) / long
        if text in head:
            times += TITLE * title.count(text) + PHRASES * (text in said) + SUMMARY * summary.count(text)
        return times / (times + SATURATION)

    values = [value(gram) if weight else 0.0 for gram, weight in zip(asked.grams, asked.weights, strict=True)]
    said_as: dict[Where, str] = {}
    for places, way in asked.ways:
        if way.where is Where.TEXT:
            found = sum(max(map(value, texts)) for texts in way.sought) / len(way.sought)
        else:
            if way.where not in said_as:
                said_as[way.where] = _said_as(way.where, pages.spoken)
            found = HEARD_AS * _share(way, said_as[way.where])
        for place in places:
            values[place] = max(values[place], way.worth * found)
    return values


def _said_as(where: Where, phrases: str) -> str:
    if where is Where.INITIALS:
        return "\n".join(map(spoken.initials, phrases.split("\n")))
    return "\n".join(f" {' '.join(spoken.heard_syllables(phrase))} " for phrase in phrases.split("\n"))


def _share(way: Way, text: str) -> float:
    return sum(any(one in text for one in texts) for texts in way.sought) / len(way.sought)


def _sentences(asked: Asked, body: str) -> float:
    """The weights of the grams that two neighbouring sentences hold, at most."""
    present = [
        (gram, weight) for gram, weight in zip(asked.grams, asked.weights, strict=True) if weight and gram in body
    ]
    best = 0.0
    before: list[bool] = [False] * len(present)
    for line in body.split("\n"):
        here = [gram in line for gram, _ in present]
        best = max(
            best, sum([weight for (_, weight), one, other in zip(present, here, before, strict=True) if one or other])
        )
        before = here
    return best


def _phrase(whole: str, pages: Pages) -> float:
    found = 0.0
    if whole in pages.name:
        found = IN_TITLE + STARTS_TITLE * pages.name.startswith(whole)
    if whole in pages.phrases:
        found += IN_PHRASE
        phrases = pages.phrases.split("\n")
        if any(phrase.startswith(whole) for phrase in phrases):
            found += STARTS_PHRASE + IS_PHRASE * min(len(whole), MOST_OF_PHRASE) * (whole in phrases)
    return found


def _letters(letters: str, phrases: str) -> float:
    if not letters:
        return 0.0
    best = 0.0
    for place, phrase in enumerate(phrases.split("\n")):
        syllables = phrase.split()[: spoken.MOST_SYLLABLES]
        for part_of in (spoken.initial, spoken.whole):
            found = _begun([part_of(one) for one in syllables], [one[0] == "'" for one in syllables], letters)
            best = max(best, found * (NOT_TITLE if place else 1.0))
    return best


def _begun(said: list[str], latin: list[bool], letters: str) -> float:
    """Letters that are no more than the Latin words of a phrase are words, and count as such."""
    whole = "".join(said)
    if letters not in whole:
        return 0.0
    begin = 0
    for place, part in enumerate(said):
        if whole.startswith(letters, begin) and not all(_covered(said[place:], latin[place:], len(letters))):
            longer = LONGER * (len(whole) - len(letters))
            return SPOKEN_IS if whole == letters else (SPOKEN_WITHIN if begin else SPOKEN_BEGINS) - longer
        begin += len(part)
    return 0.0


def _covered(said: list[str], latin: list[bool], letters: int) -> Iterator[bool]:
    for part, is_latin in zip(said, latin, strict=True):
        if letters <= 0:
            return
        letters -= len(part)
        yield is_latin
