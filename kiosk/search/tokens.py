"""Text as tokens an index can hold: two characters of Chinese, words of Latin letters and digits.

Two-character tokens found as much as jieba's words on our measurements without its 62 MB and its second at start
(performance.md 2). The last character of a run stands alone as well, so that one typed character finds every place.
"""

import re
import unicodedata

#: Longest text that is looked at when searching, characters.
MAX_QUERY = 100

#: CJK ideographs, the zero, and kana; everything else that is a letter or digit belongs to a word.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3040-\u30ff"
_PART = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_JOINED = re.compile(rf"[^\W_{HAN}]+(?:[-'’./+&][^\W_{HAN}]+)+")


def normal(text: str) -> str:
    """Full and half width, capitals and accents told apart no more."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in folded if unicodedata.category(c) != "Mn"))


def is_han(part: str) -> bool:
    return re.match(f"[{HAN}]", part) is not None


def parts(text: str) -> list[str]:
    """Runs of Chinese characters and Latin words of a normal text, in order."""
    return [str(found) for found in _PART.findall(text)]


def compact(text: str) -> str:
    """Only the letters, digits and characters of a normal text: ``wi-fi 密码`` is ``wifi密码``."""
    return "".join(parts(text))


def tokens(text: str) -> list[str]:
    """The tokens of a text for the index; ``wi-fi`` counts as wi, fi and wifi."""
    text = normal(text)
    found: list[str] = []
    for part in parts(text):
        found += _of_run(part) if is_han(part) else [part]
    found += [compact(word) for word in _JOINED.findall(text)]
    return found


def _of_run(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] + [run[-1]]
