"""What somebody typed into a search, without what may be about a person.

People type their number, a phone, an address or a password into whatever field there is. Such a text is left out whole:
what is left of it after cutting would say as much. A name cannot be told from a word; that is why the hub shows only
what several visits had in common (hub/services/search_gaps.py).
"""

import re
import unicodedata

from kiosk.domain.plain_text import clean

#: What feedback about a search is about (domain.queueable.FeedbackDraft).
SEARCH = "search"
#: Longest search that is kept, characters: longer ones tell a story.
LONGEST = 24
#: More digits than these in all may be a number of somebody's; ``802.1x`` and ``win 11`` have no more.
MOST_DIGITS = 4
#: A longer piece without spaces, of letters and digits, may be a password; ``windows11`` is not one.
MOST_MIXED = 9

_ABOUT_ME = re.compile(
    r"我叫|我是|名叫|姓名|学号|工号|身份证|手机号|电话|密码[是为:]|"
    r"\bmy (?:name|number|phone|mail|id)\b|\bi(?: am|'m)\b|\bpassword(?: is|:)",
    re.IGNORECASE,
)
_CHINESE_DIGITS = frozenset("〇零一二三四五六七八九十两幺壹贰叁肆伍陆柒捌玖")
#: Besides letters, digits and spaces; anything else is of an address, a link or a password.
_MARKS = frozenset("-'’.,，。?？!！/、+·")


def telling(text: str) -> str:
    """``text`` in one form, or '' where it is not to leave this kiosk."""
    found = " ".join(unicodedata.normalize("NFKC", clean(text, LONGEST + 1, lines=False)).casefold().split())
    if not found or len(found) > LONGEST or _ABOUT_ME.search(found):
        return ""
    digits = sum(letter.isnumeric() and letter not in _CHINESE_DIGITS for letter in found)
    spoken = sum(letter in _CHINESE_DIGITS for letter in found)
    if digits + spoken > MOST_DIGITS:
        return ""
    if any(not (letter.isalnum() or letter.isspace() or letter in _MARKS) for letter in found):
        return ""
    if any(_is_mixed(piece) for piece in found.split()):
        return ""
    return found


def _is_mixed(piece: str) -> bool:
    latin = [letter for letter in piece if letter.isascii()]
    return len(latin) > MOST_MIXED and any(map(str.isdigit, latin)) and any(map(str.isalpha, latin))
