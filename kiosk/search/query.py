"""What a typed text asks for: its concepts, each with the words that would do instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.search.tokens import MAX_QUERY, compact, is_han, normal, parts, tokens

#: What a word of the same meaning is worth beside the typed one.
SYNONYM = 0.75
#: Most circles of words with one meaning that are looked at, and tokens a query is read as.
MOST_CIRCLES = 2000
MOST_TOKENS = 48

#: How questions begin and end in Chinese, longest first: they say nothing about the matter.
_FRAMES = re.compile(
    "怎么办理|怎么办|怎么回事|怎么样|怎么弄|怎么|怎样|如何|为什么|为啥|请问|在哪里|哪里|哪儿|什么|可以|一下|我的|我想|我要"
    "|帮我|是不是|能不能|有没有|[吗呢啊吧呀的了我]"
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
class Alternative:
    tokens: tuple[str, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Query:
    """``beginnings``: those of ``tokens`` that may go on. ``whole``: all of it without spaces. ``letters``: the same
    where it can be pinyin, else ''."""

    whole: str
    letters: str
    concepts: tuple[tuple[Alternative, ...], ...]
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

    def split(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Pieces of a normal text in order, each with the words that mean the same."""
        if self._member is None:
            return [(text, ())]
        pieces: list[tuple[str, tuple[str, ...]]] = []
        end = 0
        for found in self._member.finditer(text):
            pieces += [(text[end : found.start()], ()), (found.group(), tuple(sorted(self._others[found.group()])))]
            end = found.end()
        return [*pieces, (text[end:], ())]


def understood(text: str, synonyms: Synonyms) -> Query:
    whole_text = normal(text[:MAX_QUERY])
    goes_on = bool(whole_text) and not whole_text[-1].isspace()
    concepts: list[tuple[Alternative, ...]] = []
    for piece, others in synonyms.split(whole_text):
        if others:
            alternatives = [Alternative(_asked(piece), 1.0), *(Alternative(_asked(o), SYNONYM) for o in others)]
            concepts.append(tuple(a for a in alternatives if a.tokens))
        else:
            concepts += [(Alternative((token,), 1.0),) for token in _asked(_bare(piece))]
    if not concepts:  # nothing but a frame: then that is what was asked
        concepts = [(Alternative((token,), 1.0),) for token in _asked(whole_text)]
    found = dict.fromkeys(token for concept in concepts for a in concept for token in a.tokens)
    whole = compact(whole_text)
    last = parts(whole_text)[-1:]
    beginnings = {token for token in found if len(token) == 1 and is_han(token)}
    if goes_on and last and not is_han(last[0]):
        beginnings.add(last[0])
    return Query(
        whole=whole,
        letters=whole if _LETTERS.fullmatch(whole) else "",
        concepts=tuple(concepts),
        tokens=tuple(found)[:MOST_TOKENS],
        beginnings=frozenset(beginnings & set(found)),
    )


def _bare(text: str) -> str:
    return _FRAMES.sub(" ", text)


def _asked(text: str) -> tuple[str, ...]:
    """A query's tokens: two characters, or the one there is; a joined word as a whole."""
    found: list[str] = []
    for part in parts(text):
        if is_han(part):
            found += [part[i : i + 2] for i in range(max(1, len(part) - 1))]
        elif part not in _STOP:
            found.append(part)
    joined = [token for token in tokens(text) if token not in found and token.isascii() and len(token) > 3]
    return tuple(dict.fromkeys(found + joined))
