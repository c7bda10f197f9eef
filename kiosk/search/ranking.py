"""What a candidate is worth to a query: how much of what was asked it says, and where."""

from dataclasses import dataclass
from math import log

from kiosk.domain.language import Language
from kiosk.search import spoken
from kiosk.search.query import Alternative, Query

#: What a token is worth in title, questions asked, tags and summary.
FIELDS = (1.0, 0.9, 0.8, 0.55)
#: The whole text in the title, at its beginning, and in a question or tag.
IN_TITLE, STARTS_TITLE, IN_PHRASE, IS_PHRASE = 0.45, 0.2, 0.3, 0.3
#: bm25's opinion, which has read the body too.
RANK = 0.4
LANGUAGE = 0.12
WEIGHT = 0.0012
#: A typed beginning that is a phrase, begins it, or stands within it, by first letters or in full.
SPOKEN_IS, SPOKEN_BEGINS, SPOKEN_WITHIN = 1.5, 1.25, 0.95
#: The same in a tag or question instead of the title.
NOT_TITLE = 0.9
#: Of two that begin the same way the shorter one stands first: what each further letter costs.
LONGER = 0.004


@dataclass(frozen=True, slots=True)
class Candidate:
    """``words``: tokens of title, questions, tags and summary, each between spaces. ``rank`` 0..1: bm25's share of the
    best one's."""

    id: str
    language: Language
    weight: int
    title: str
    phrases: list[str]
    words: list[str]
    spoken: list[str]
    rank: float


def score(query: Query, candidate: Candidate, language: Language, counts: dict[str, int], size: int) -> float:
    said = _said(query, candidate, counts, size) + RANK * candidate.rank + _phrase(query.whole, candidate)
    found = max(said if candidate.rank else 0.0, _spoken(query.letters, candidate.spoken))
    if not found:
        return 0.0
    return found + LANGUAGE * (candidate.language is language) + WEIGHT * candidate.weight


def _said(query: Query, candidate: Candidate, counts: dict[str, int], size: int) -> float:
    """0..1: the share of the concepts that is covered, rare ones counting more."""
    total = reached = 0.0
    for concept in query.concepts:
        rarity = max(log(1 + size / (1 + counts.get(token, 0))) for token in concept[0].tokens)
        total += rarity
        reached += rarity * max(a.worth * _covered(a, candidate.words, query.beginnings) for a in concept)
    return reached / total if total else 0.0


def _covered(alternative: Alternative, words: list[str], beginnings: frozenset[str]) -> float:
    covered = 0.0
    for token in alternative.tokens:
        sought = f" {token}" if token in beginnings else f" {token} "
        covered += next((worth for worth, field in zip(FIELDS, words, strict=True) if sought in field), 0.0)
    return covered / len(alternative.tokens)


def _phrase(whole: str, candidate: Candidate) -> float:
    if len(whole) < 2:
        return 0.0
    found = 0.0
    if whole in candidate.title:
        found = IN_TITLE + STARTS_TITLE * candidate.title.startswith(whole)
    if any(whole in phrase for phrase in candidate.phrases):
        found += IN_PHRASE + IS_PHRASE * (whole in candidate.phrases)
    return found


def _spoken(letters: str, phrases: list[str]) -> float:
    if not letters:
        return 0.0
    best = 0.0
    for place, phrase in enumerate(phrases):
        for said, tokens in (
            (spoken.initials(phrase), spoken.initial_tokens(phrase)),
            (spoken.whole(phrase), spoken.whole_tokens(phrase)),
        ):
            if said == letters:
                found = SPOKEN_IS
            elif said.startswith(letters):
                found = SPOKEN_BEGINS - LONGER * (len(said) - len(letters))
            elif any(token.startswith(letters) for token in tokens):
                found = SPOKEN_WITHIN - LONGER * (len(said) - len(letters))
            else:
                continue
            best = max(best, found * (NOT_TITLE if place else 1.0))
    return best
