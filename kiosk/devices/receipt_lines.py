"""Line breaking for Chinese and English on a narrow strip.

Chinese may break between any two characters except where a punctuation mark would start a line or an opening
bracket would end one (W3C, Requirements for Chinese Text Layout, 3.1.3); Latin words break at spaces only, and a
word wider than the strip anywhere.
"""

from collections.abc import Callable, Iterator

Width = Callable[[str], float]  # dots a piece of text takes: the sum of its characters'

ELLIPSIS = "…"
NEVER_FIRST = frozenset("，。、；：？！…·～—）》」』】〕〉〗”’％℃,.;:?!)]}%")
NEVER_LAST = frozenset("（《「『【〔〈〖“‘￥$([{#")


def wrap(text: str, dots: float, width: Width) -> list[str]:
    """``text`` as lines of at most ``dots``. Line feeds always break. A line can only be wider when a single
    character is wider than ``dots``."""
    return [line for part in text.split("\n") if part for line in _wrap_paragraph(part, dots, width)]


def shorten(lines: list[str], count: int, dots: float, width: Width) -> list[str]:
    """The first ``count`` lines, the last of them ending in an ellipsis when something was left out."""
    if len(lines) <= count or count <= 0:
        return lines[: max(count, 0)]
    last = lines[count - 1]
    while last and width(last + ELLIPSIS) > dots:
        last = last[:-1]
    return [*lines[: count - 1], last.rstrip() + ELLIPSIS]


def _wrap_paragraph(text: str, dots: float, width: Width) -> Iterator[str]:
    line, wide = "", 0.0
    for piece in _pieces(text):
        if line and wide + width(piece.rstrip()) > dots:
            yield line.rstrip()
            line, wide = "", 0.0
        if not line:
            piece = piece.lstrip()
        line, wide = line + piece, wide + width(piece)
        while wide > dots and len(line) > 1 and width(line.rstrip()) > dots:
            head = _longest_head(line, dots, width)
            yield line[:head].rstrip()
            line = line[head:].lstrip()
            wide = width(line)
    if line.strip():
        yield line.rstrip()


def _longest_head(line: str, dots: float, width: Width) -> int:
    """How many characters of an unbreakable piece fit; at least one. Punctuation is not left to start the rest."""
    low, high = 1, len(line) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(line[:middle]) <= dots else (low, middle - 1)
    head = low
    while head > 1 and (line[head] in NEVER_FIRST or line[head - 1] in NEVER_LAST):
        head -= 1
    return head if head > 1 else low


def _pieces(text: str) -> Iterator[str]:
    """Text cut at every place where a line may break; spaces stay at the end of their piece."""
    start = 0
    for at in range(1, len(text)):
        if _may_break(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(char: str) -> bool:
    """Han, kana, hangul and the full-width forms: scripts written without spaces."""
    return (
        "\u2e80" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7af"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef"
        or "\U00020000" <= char <= "\U0003ffff"
    )
