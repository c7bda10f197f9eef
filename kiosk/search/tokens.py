"""Text as an index counts it: characters and pairs of them in Chinese, words of Latin letters and digits.

One and two characters together found more than jieba's words on our measurements, without its 62 MB and its second at
start (performance.md 2). A *page* is a text made ready to be counted in: its sentences between line feeds, its runs of
Chinese and its words between spaces.
"""

import re
import unicodedata

from kiosk.search.characters import simplified, traditional

#: Longest text that is looked at when searching, characters.
MAX_QUERY = 100

#: CJK ideographs, the zero, and kana; everything else that is a letter or digit belongs to a word.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3040-\u30ff"
PART = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
JOINED = re.compile(rf"[^\W_{HAN}]+(?:[-'’./+&][^\W_{HAN}]+)+")
_IS_HAN = re.compile(f"[{HAN}]").match
#: What neither accents nor other forms can hide in: nothing to fold but capitals.
_PLAIN = re.compile("[\x00-\x7f\xa0-\xbf\xd7\u2010-\u206f\u2190-\u2bff\u3000-\u3029\u4e00-\u9fff]*").fullmatch
_END = re.compile(r"[。！？!?;\n]+|\.\s")


def normal(text: str) -> str:
    """Full and half width, capitals and accents, traditional and simplified characters told apart no more."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    if not _PLAIN(text):
        apart = unicodedata.normalize("NFKD", text)
        text = unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn"))
    return text if traditional().isdisjoint(text) else text.translate(simplified())


def is_han(part: str) -> bool:
    return _IS_HAN(part) is not None


def parts(text: str) -> list[str]:
    """Runs of Chinese characters and Latin words of a normal text, in order."""
    return [str(found) for found in PART.findall(text)]


def compact(text: str) -> str:
    """Only the letters, digits and characters of a normal text: ``wi-fi 密码`` is ``wifi密码``."""
    return "".join(PART.findall(text))


def joined(text: str) -> list[str]:
    """Words of a normal text that a mark holds together, without it: ``wi-fi`` is ``wifi``."""
    return [compact(word) for word in JOINED.findall(text)]


def page(text: str) -> str:
    """The sentences of ``text``, each between spaces: `` 连不上 wi fi 怎么办 wifi ``."""
    lines = []
    for sentence in _END.split(normal(text)):
        if found := [*PART.findall(sentence), *joined(sentence)]:
            lines.append(f" {' '.join(found)} ")
    return "\n".join(lines)
