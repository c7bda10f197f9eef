"""What a typed text asks for: its characters, pairs and words, and the words that would do instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.search.tokens import JOINED, MAX_QUERY, PART, compact, is_han, normal

#: Most circles of words with one meaning that are looked at, and grams a query is read as.
MOST_CIRCLES = 2000
MOST_GRAMS = 160

#: What a pair of characters is worth of which one belongs to a question's frame.
PARTLY = 0.5

#: How questions begin and end in Chinese, longest first: they say nothing about the matter.
_FRAMES = re.compile(
    "怎么办理|怎么办|怎么回事|怎么样|怎么弄|怎么|怎样|如何|为什么|为何|为啥|请问|什么时候|什么地方|什么样|什么|哪一个|哪一|哪些|哪个"
    "|在哪里|哪里|哪儿|哪种|哪|谁|何时|何处|何|多少|几|可以|一下|我的|我想|我要|帮我|是不是|能不能|有没有|[吗呢啊吧呀的了我是]"
)
_STOP = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are at be can could did do does for from get have how i if in is it me my of on or please so that "
        "the there this to want was what when where which why will with would you your",
    )
)
_LETTERS = re.compile(r"[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Gram:
    """A character, a pair of them, or a word (between spaces, or after one where it may go on), as a page holds it.
    ``begin`` and ``end``: where it stands in the normal text. ``share`` 0..1: how much of it is no question's frame."""

    text: str
    begin: int
    end: int
    share: float = 1.0

    @property
    def is_word(self) -> bool:
        return self.text[0] == " "

    @property
    def goes_on(self) -> bool:
        return self.is_word and self.text[-1] != " "


@dataclass(frozen=True, slots=True)
class Circle:
    """A piece of the text, and texts of the same meaning."""

    begin: int
    end: int
    others: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """``normal``: the text, folded. ``whole``: all of it without spaces. ``letters``: the same where it can be pinyin,
    else ''. ``tokens`` and ``beginnings`` are what is marked in a title: pairs of characters and words, and those of
    them that may go on."""

    normal: str
    whole: str
    letters: str
    grams: tuple[Gram, ...]
    circles: tuple[Circle, ...] = ()
    tokens: tuple[str, ...] = ()
    beginnings: frozenset[str] = field(default_factory=frozenset)


class Synonyms:
    """Circles of words that mean the same, found in a text by their longest member first."""

    def __init__(self, circles: Iterable[Iterable[str]]) -> None:
        self._others: dict[str, set[str]] = {}
        for circle, _ in zip(circles, range(MOST_CIRCLES), strict=False):
            members = {word for member in circle if (word := normal(member).strip())}
            for word in members:
                self._others.setdefault(word, set()).update(members - {word})
        words = sorted(map(re.escape, self._others), key=len, reverse=True)
        # a Latin word counts only whole: "ap" is not in "laptop"
        bounded = (rf"(?<![a-z0-9]){word}(?![a-z0-9])" if word.isascii() else word for word in words)
        self._member = re.compile("|".join(bounded)) if words else None

    def found(self, text: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Where a word of a circle stands in a normal text, and the words that mean the same."""
        if self._member is None:
            return []
        places = self._member.finditer(text)
        return [(place.start(), place.end(), tuple(sorted(self._others[place.group()]))) for place in places]


def understood(text: str, synonyms: Synonyms) -> Query:
    asked = normal(text[:MAX_QUERY])
    goes_on = bool(asked) and not asked[-1].isspace()
    found = synonyms.found(asked)
    circles = tuple(Circle(begin, end, tuple(map(texts, others))) for begin, end, others in found)
    grams = _grams(asked, goes_on, _framed(asked, found))
    if not any(gram.share == 1.0 for gram in grams):  # nothing but a frame: then that is what was asked
        grams = [Gram(gram.text, gram.begin, gram.end) for gram in grams]
    whole = compact(asked)
    marked = dict.fromkeys(gram.text.strip() for gram in grams if gram.share == 1.0 and _is_marked(asked, gram))
    marked |= dict.fromkeys(text.strip() for circle in circles for other in circle.others for text in other)
    last = [gram.text.strip() for gram in grams if gram.goes_on]
    return Query(
        normal=asked,
        whole=whole,
        letters=whole if _LETTERS.fullmatch(whole) else "",
        grams=tuple(grams[:MOST_GRAMS]),
        circles=circles,
        tokens=tuple(marked),
        beginnings=frozenset({*last, *(text for text in marked if len(text) == 1 and is_han(text))}),
    )


def texts(text: str) -> tuple[str, ...]:
    """The grams of a text that says something by itself: pairs and words, a character where it stands alone."""
    found = [gram for gram in _grams(text, False, []) if _is_marked(text, gram)]
    return tuple(dict.fromkeys(gram.text for gram in found))


def _framed(text: str, circles: list[tuple[int, int, tuple[str, ...]]]) -> list[tuple[int, int]]:
    """Where a question's frame stands: not within a word that means something."""
    frames = [frame.span() for frame in _FRAMES.finditer(text)]
    return [(a, b) for a, b in frames if not any(begin < b and a < end for begin, end, _ in circles)]


def _grams(text: str, goes_on: bool, frames: list[tuple[int, int]]) -> list[Gram]:
    found: dict[str, Gram] = {}

    def add(gram: str, begin: int, end: int, share: float = 1.0) -> None:
        if any(a <= begin and end <= b for a, b in frames):
            share = 0.0
        elif any(a < end and begin < b for a, b in frames):
            share = PARTLY
        found.setdefault(gram, Gram(gram, begin, end, share))

    for part in PART.finditer(text):
        word, begin, end = part.group(), part.start(), part.end()
        if is_han(word):
            for size in (1, 2):
                for at in range(len(word) - size + 1):
                    add(word[at : at + size], begin + at, begin + at + size)
        else:
            last = goes_on and end == len(text)
            add(f" {word}" if last else f" {word} ", begin, end, float(word not in _STOP or last))
    for place in JOINED.finditer(text):
        add(f" {compact(place.group())} ", place.start(), place.end())
    return list(found.values())


def _is_marked(text: str, gram: Gram) -> bool:
    """A single character only where it stands alone."""
    if gram.is_word or len(gram.text) > 1:
        return True
    around = text[gram.begin - 1 : gram.begin] + text[gram.end : gram.end + 1]
    return not any(map(is_han, around))
