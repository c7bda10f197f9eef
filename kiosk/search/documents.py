"""The documents of an index: what is counted in when they are ranked, and the terms that lead to them."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import add

from kiosk.domain.language import Language
from kiosk.search import spoken
from kiosk.search.postings import STEPS
from kiosk.search.tokens import HAN, compact, normal, page

#: Characters of a body that are read: nobody finds anything by what stands further down.
MOST_BODY = 20_000
#: What a word in title, tags and questions, or summary is worth beside one in the body.
TITLE, PHRASES, SUMMARY = 8.0, 6.0, 3.0
#: How soon one more of the same says nothing new, and how much a long body is discounted (BM25's k1 and b).
SATURATION = 2.0
LENGTH = 0.5
#: Times after which a term is counted no further to lead to a document.
MOST_TIMES = 12
#: A length that is assumed of this many documents before any is known, characters.
ASSUMED_LENGTH = 300
ASSUMED = 50
#: Marks of terms that are no text: how a phrase is heard, its first letters, what a title begins with, and the first
#: letters of a title, tag or question as a whole.
HEARD, INITIALS, BEGINS, WHOLE = "'", "=", "^", '"'
MOST_OF_WHOLE = 24
#: Letters in a row that are looked for among first letters.
LETTERS_IN_A_ROW = (2, 3)
_APART = "\x1f"

TABLES = (
    """CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL, language TEXT NOT NULL,
    weight INTEGER NOT NULL, title TEXT NOT NULL, pages BLOB NOT NULL)""",
    "CREATE INDEX documents_by_id ON documents (id)",
    "CREATE TABLE collection (documents INTEGER NOT NULL, length REAL NOT NULL)",
)
_NOT_HAN = re.compile(f"[^{HAN}]+")
_WORD = re.compile(rf"[^\W_{HAN}]+")


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: one article in one language. ``pinyin`` as in ``domain.articles.ArticlePair``; without it the
    index speaks title, tags and questions itself. ``weight`` 0..100: how many people it helps."""

    id: str
    language: Language
    title: str
    summary: str
    tags: tuple[str, ...]
    asked: tuple[str, ...]
    body: str
    pinyin: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """A document as it is ranked. ``name`` and ``phrases``: title, and a tag or question a line, without spaces.
    ``spoken``: title, tags and questions as they are spoken, a line each."""

    name: str
    phrases: str
    title: str
    said: str
    summary: str
    body: str
    spoken: str

    def packed(self) -> bytes:
        whole = _APART.join((self.name, self.phrases, self.title, self.said, self.summary, self.body, self.spoken))
        return zlib.compress(whole.encode("utf-8"), 4)


def unpacked(packed: bytes) -> Pages:
    return Pages(*zlib.decompress(packed).decode("utf-8").split(_APART))


def pages_of(document: Document) -> Pages:
    phrases = (*document.tags, *document.asked)
    said = tuple(normal(phrase) for phrase in (document.title, *phrases))
    if document.pinyin or document.language is not Language.ZH:
        heard: Iterable[str] = document.pinyin
    else:
        heard = map(spoken.phrase_of, said)
    return Pages(
        name=compact(said[0]),
        phrases="\n".join(map(compact, said[1:])),
        title=page(document.title),
        said="\n".join(map(page, phrases)),
        summary=page(document.summary),
        body=page(document.body[:MOST_BODY]),
        spoken="\n".join(heard),
    )


def length_of(page: str) -> int:
    """Characters of a page, for BM25."""
    return len(page) - page.count(" ")


@dataclass(frozen=True, slots=True)
class Terms:
    """What leads to a document, as ``postings.Writer.add`` takes it."""

    characters: set[str]
    counted: dict[str, int]
    steps: list[int]
    others: dict[str, int]


def terms_of(pages: Pages, mean: float) -> Terms:
    """``mean``: the length of the other bodies. Of a body only the last character of a run leads by itself: pairs lead
    better, and a list of all would be three times as long."""
    long = 1 - LENGTH + LENGTH * length_of(pages.body) / mean
    characters = set(_NOT_HAN.sub("", f"{pages.title}{pages.said}{pages.summary}{pages.body}"))
    counted = _counted(pages.body)
    head: dict[str, float] = {}
    for text, worth, most in ((pages.title, TITLE, 9), (pages.said, PHRASES, 1), (pages.summary, SUMMARY, 9)):
        if text:
            for term, times in (_counted(text) | Counter(_NOT_HAN.sub("", text))).items():
                head[term] = head.get(term, 0) + worth * min(times, most)
    others = {term: _step(value + counted.pop(term, 0) / long) for term, value in head.items()}
    others.update(_of_phrases(pages))
    return Terms(characters, counted, [_step(times / long) for times in range(MOST_TIMES)], others)


def _step(value: float) -> int:
    return min(STEPS - 1, int(STEPS * SATURATION / (value + SATURATION)))


def _counted(page: str) -> dict[str, int]:
    """Pairs of characters, the last one of each run, and words."""
    han = _NOT_HAN.sub(" ", page)
    counts = Counter(map(add, han, han[1:]))
    found = {term.rstrip(): times for term, times in counts.items() if term[0] != " "}
    if words := _WORD.findall(page):
        found.update(Counter(words))
    return found


def _of_phrases(pages: Pages) -> Iterator[tuple[str, int]]:
    """What only titles, tags and questions lead by; the shorter, the sooner."""
    found: dict[str, int] = {}

    def lead(term: str, length: int) -> None:
        step = min(STEPS - 1, length // 4)
        found[term] = min(step, found.get(term, step))

    for phrase in (pages.name, *pages.phrases.split("\n")):
        lead(WHOLE + phrase[:MOST_OF_WHOLE], 0)
    for size in (1, 2, 3):
        lead(BEGINS + pages.name[:size], len(pages.name))
    for phrase in pages.spoken.split("\n"):
        heard = spoken.heard_syllables(phrase)
        for one in heard:
            lead(HEARD + one, len(heard))
        for pair in spoken.pairs(heard):
            lead(HEARD + pair, len(heard))
        letters = spoken.initials(phrase)
        for size in LETTERS_IN_A_ROW:
            for at in range(len(letters) - size + 1):
                lead(INITIALS + letters[at : at + size], len(heard) + (at > 0) * 4)
    yield from found.items()
