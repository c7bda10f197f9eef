"""Text from anywhere else, made harmless before it is stored, shown or printed."""

import unicodedata

#: Characters of a note or description a visitor types.
NOTE_LIMIT = 200
#: Combining marks kept on one base; no living orthography stacks more, a screen's line height does not survive more.
MOST_MARKS = 4
#: Input beyond this multiple of the limit is not looked at: cost is bounded by the limit, not by the sender.
_LOOK_AT = 8

#: Control, format (all bidi controls are), surrogate, private use. Unassigned ones stay: this Python's tables are
#: older than the newest ideographs, which occur in names.
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co"})
#: Non-joiner and joiner, needed inside emoji and inside Indic and Persian words: kept after a base.
_JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})


def clean(text: str, limit: int, *, lines: bool = True) -> str:
    """``text`` in NFC with at most ``limit`` code points, whole combining sequences only, trimmed at both ends.

    Removed: control and format characters (bidi controls of UAX #9, BOM, soft hyphen, tags), lone surrogates,
    private-use and non-character code points, combining marks beyond four on one base or without a base. Ends of
    line become ``\\n``, or a space where ``lines`` is false.
    """
    looked_at = text[: limit * _LOOK_AT].replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)
    if not lines:
        looked_at = looked_at.replace("\n", " ")
    kept: list[str] = []
    size = 0
    for sequence in _sequences(unicodedata.normalize("NFC", "".join(c for c in looked_at if _allowed(c)))):
        if size + len(sequence) > limit:
            break
        kept.append(sequence)
        size += len(sequence)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _allowed(character: str) -> bool:
    if character == "\n" or character in _JOINERS:
        return True
    return unicodedata.category(character) not in _REMOVED and not _is_noncharacter(ord(character))


def _is_noncharacter(point: int) -> bool:
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def _sequences(text: str) -> list[str]:
    """Base characters with what hangs on them; marks and joiners without a base are left out."""
    found: list[str] = []
    for character in text:
        if character in _JOINERS or unicodedata.category(character).startswith("M"):
            if found and not found[-1].isspace() and len(found[-1]) <= MOST_MARKS:
                found[-1] += character
        else:
            found.append(character)
    return found
