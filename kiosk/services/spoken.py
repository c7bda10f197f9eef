"""How a text of the screen is said aloud: codes spelled, money and times as words, each script by its voice.

What comes out is words: nothing an engine could take for markup, phonemes or a command is left in it.
"""

import re
import unicodedata
from collections.abc import Callable

from kiosk.domain.language import Language
from kiosk.domain.speech import MOST_LETTERS, Piece
from kiosk.words import say, table

_ZH, _EN = Language.ZH, Language.EN
#: Capitals that are read as a word, not letter by letter.
_AS_WORDS = frozenset({"PIN", "SIM", "LAN"})
_RANGE = re.compile(r"(?<![\d:])(\d{1,2}:\d{2})\s*[-–—~]\s*(\d{1,2}:\d{2})(?![\d:])")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])")
_LEFT = re.compile(r"(\d{1,3}):(\d{2})")
_MONEY = re.compile(r"([-−]?)[¥￥]\s?([-−]?)(\d[\d,]*)(?:\.(\d{1,2}))?")
_HIDDEN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]*(?:[•●]+|\*{2,})[0-9A-Za-z•●*]*")
_HIDDEN_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\*+(?=[\u4e00-\u9fff]|\b|$)|(?<=[A-Za-z])\*+")
_REFERENCE = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{2}-\d{4,}-[A-Z](?![A-Za-z0-9])")
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{1,4}(?![A-Za-z0-9])")
_PHONE = re.compile(r"(?<!\d)\+?\d{3,4}(?:[ \u00a0-]\d{3,4}){1,3}(?!\d)")
_LONG = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,6}(?![A-Za-z])")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[A-Za-zÀ-ɏ '’.,@_-]*[A-Za-zÀ-ɏ])?")
_HAN = re.compile(r"[\u3400-\u9fff](?:[\u3400-\u9fff，。、；：？！ ]*[\u3400-\u9fff])?")
_PAUSES = str.maketrans({"·": ",", "|": ",", "\n": ",", "\t": " ", "\u00a0": " ", "…": ".", "—": ",", "–": ","})
#: Brackets are how engines are given phonemes, angles and ampersands how they are given markup.
_DROPPED = re.compile(r"[\[\]{}<>\\^~`|→←↑↓✓✕✗⌫␣#*&_=]")
_SPACES = re.compile(r"\s+")


def spoken(text: str, language: Language) -> tuple[Piece, ...]:
    """What is said for ``text`` to whoever reads ``language``; at most ``MOST_LETTERS``, and nothing for nothing."""
    text = _printable(text[:MOST_LETTERS])
    if len(text.strip()) == 1 and (name := sign(text.strip(), language)):
        return (Piece(language, name),)
    for pattern, told in _RULES:
        text = pattern.sub(lambda found, told=told: told(found, language), text)  # type: ignore[misc]
    text = _SPACES.sub(" ", _DROPPED.sub(" ", text.translate(_PAUSES))).strip(" ,")
    return _by_voice(text, language)


def time_left(text: str, language: Language) -> str:
    """``1:48`` of a countdown in words; '' where it is none."""
    found = _LEFT.fullmatch(text)
    if not found:
        return ""
    minutes, seconds = int(found[1]), int(found[2])
    return say(language, "ear.time_left", minutes=minutes, seconds=seconds)


def spelled(text: str) -> str:
    """One by one; groups stay groups."""
    return ", ".join(" ".join(group) for group in re.split(r"[\s\u00a0-]+", text) if group)


def _printable(text: str) -> str:
    """Without what is no character to be said: controls (an engine obeys some) and marks of direction."""
    return "".join(letter if letter == "\n" or unicodedata.category(letter)[0] != "C" else " " for letter in text)


def sign(letter: str, language: Language) -> str:
    """The name of one sign, as keys carry it; '' for what is none, or has no name here."""
    if len(letter) != 1 or letter.isalnum():
        return ""
    key = re.sub(r"[ -]", "_", unicodedata.name(letter, "").lower())
    return table(language, "sign").get(key, "")


def _clock(hour: str, minute: str, language: Language) -> str:
    if minute == "00":
        return say(language, "ear.hour", hour=int(hour))
    key = "ear.clock_early" if minute[0] == "0" else "ear.clock"
    return say(language, key, hour=int(hour), minute=int(minute))


def _told_clock(found: re.Match[str], language: Language) -> str:
    return _clock(found[1], found[2], language)


def _told_range(found: re.Match[str], language: Language) -> str:
    begin, end = (_CLOCK.sub(lambda clock: _told_clock(clock, language), part) for part in found.groups())
    return say(language, "ear.range", begin=begin, end=end)


def _told_money(found: re.Match[str], language: Language) -> str:
    yuan, cents = int(found[3].replace(",", "")), int((found[4] or "").ljust(2, "0"))
    words = say(language, "ear.yuan", yuan=yuan) if yuan or not cents else ""
    if cents:
        tenths, fen = divmod(cents, 10)
        words += say(language, "ear.jiao", jiao=tenths) if tenths and language is _ZH else ""
        words += say(language, "ear.fen", fen=fen if language is _ZH else cents) if fen or language is _EN else ""
    return (say(language, "ear.minus") if found[1] or found[2] else "") + words


def _told_hidden(found: re.Match[str], language: Language) -> str:
    parts = [" ".join(part) for part in re.split(r"[•●*]+", found[0])]
    return f" {say(language, 'ear.hidden')} ".join(parts)


def _told_hidden_name(_: re.Match[str], language: Language) -> str:
    return f" {say(language, 'ear.hidden')} "


def _told_spelled(found: re.Match[str], _: Language) -> str:
    return spelled(found[0])


def _told_capitals(found: re.Match[str], _: Language) -> str:
    return found[0] if found[0] in _AS_WORDS else " ".join(found[0])


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Language], str]], ...] = (
    (_MONEY, _told_money),
    (_HIDDEN, _told_hidden),
    (_HIDDEN_NAME, _told_hidden_name),
    (_RANGE, _told_range),
    (_CLOCK, _told_clock),
    (_REFERENCE, _told_spelled),
    (_CODE, _told_spelled),
    (_PHONE, _told_spelled),
    (_LONG, _told_spelled),
    (_CAPITALS, _told_capitals),
)


def _by_voice(text: str, language: Language) -> tuple[Piece, ...]:
    """Words in the other script get that script's voice; digits and signs go with the language of the screen."""
    other, pattern = (_EN, _LATIN) if language is _ZH else (_ZH, _HAN)
    pieces: list[Piece] = []
    at = 0
    for found in pattern.finditer(text):
        _add(pieces, language, text[at : found.start()])
        _add(pieces, other, found[0])
        at = found.end()
    _add(pieces, language, text[at:])
    return tuple(pieces)


def _add(pieces: list[Piece], language: Language, text: str) -> None:
    if any(letter.isalnum() for letter in text):
        pieces.append(Piece(language, text.strip()))
