"""Text from anywhere made safe for paper: what is left has a glyph's width, one direction and no commands."""

import unicodedata

# Longest text taken from one field of a slip; what follows is never looked at.
MAX_FIELD_CHARS = 600

# Unicode general categories that leave no honest mark on paper: controls (Cc), bidi and other format characters (Cf),
# surrogates, private use, unassigned (C*), and combining marks, which can be stacked without end (M*). Composed
# letters survive because the text is normalised first.
_DROPPED = ("C", "M")


def printable(text: str) -> str:
    """``text`` in Unicode normal form C, without control, format and combining characters.

    Line feeds stay and separate paragraphs; every other run of white space becomes one space. At most
    ``MAX_FIELD_CHARS`` characters of the input are used.
    """
    paragraphs = (" ".join(_marks(part).split()) for part in text[:MAX_FIELD_CHARS].replace("\r", "\n").split("\n"))
    return "\n".join(part for part in paragraphs if part)


def one_line(text: str) -> str:
    """``printable`` text with its paragraphs joined by a space."""
    return printable(text).replace("\n", " ")


def _marks(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    return "".join(c for c in kept if unicodedata.category(c)[0] not in _DROPPED)
