"""An article's text, as people write it, becomes an Article or says where and why it cannot.

TOML between two ``+++`` lines, then paragraphs, ``## headings``, ``1.`` steps, ``-`` lists and ``> `` notes. Nothing in
it is markup beyond that: a tag or a link is shown as the characters it is made of.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kiosk.domain.article_blocks import blocks_of
from kiosk.domain.articles import Article, Audience
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.domain.why import Why, why

#: Longest document, characters; longer ones are refused whole.
MAX_DOCUMENT = 40_000
MAX_TITLE = 80
MAX_SUMMARY = 160
MAX_WORD = 80
MAX_WORDS = 40
MAX_MINUTES = 120
MAX_WEIGHT = 100
#: Ids stand in addresses and on slips' codes.
MAX_ID = 40
ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{MAX_ID - 1}}}")

_FENCE = "+++"
#: Where tomllib says a mistake is.
AT_LINE = re.compile(r"\(at line (\d+)")
_TEXTS = {"title": MAX_TITLE, "summary": MAX_SUMMARY, "owner": MAX_WORD}
_LISTS = ("tags", "asked", "devices")
_IDS = ("topic", "service", "symptom", "action")
_NUMBERS = {"minutes": MAX_MINUTES, "weight": MAX_WEIGHT}
_NEEDED = ("title", "summary", "topic", "reviewed")
_DAYS = ("reviewed", "review_by", "shown_from", "shown_until")
_KNOWN = frozenset({*_TEXTS, *_LISTS, *_IDS, *_NUMBERS, *_DAYS, "audience"})


@dataclass(frozen=True, slots=True)
class BadArticle:
    """``line`` counts from 1 in the document; ``why`` is one sentence for whoever wrote it, of ``hub_kb_why``."""

    line: int
    why: Why


class _Bad(ValueError):
    def __init__(self, key: str, why: Why) -> None:
        super().__init__(key)
        self.key, self.why = key, why


def read_article(document: str, id: str, language: Language) -> Article | BadArticle:
    """Whole or not at all; never raises, whatever the document holds."""
    if not ID.fullmatch(id):
        return BadArticle(1, why("bad_name", most=MAX_ID))
    if len(document) > MAX_DOCUMENT:
        return BadArticle(1, why("too_long", most=MAX_DOCUMENT))
    lines = document.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != _FENCE:
        return BadArticle(1, why("no_fence", fence=_FENCE))
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == _FENCE), 0)
    if not end:
        return BadArticle(len(lines), why("no_second_fence", fence=_FENCE))
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
    except (ValueError, RecursionError) as error:
        found = AT_LINE.search(str(error))
        return BadArticle(int(found.group(1)) + 1 if found else end + 1, not_toml(error))
    try:
        fields = _fields(head)
    except _Bad as bad:
        return BadArticle(_line_of(bad.key, lines[:end]) or end + 1, bad.why)
    blocks = blocks_of(lines[end + 1 :])
    if isinstance(blocks, tuple):
        if not blocks:
            return BadArticle(end + 1, why("no_text"))
        return Article(id=id, language=language, blocks=blocks, **fields)
    return BadArticle(end + 1 + blocks.line, blocks.why)


def not_toml(error: Exception) -> Why:
    return why("not_toml", detail=str(error).partition(" (at")[0])


def _fields(head: dict[str, Any]) -> dict[str, Any]:
    for key in head:
        if key not in _KNOWN:
            raise _Bad(key, why("unknown_key", field=clean(key, MAX_WORD, lines=False)))
    fields: dict[str, Any] = {key: _day(key, head.get(key)) for key in _DAYS}
    fields["audience"] = _audience(head.get("audience", []))
    for key, most in _TEXTS.items():
        fields[key] = _text(key, head.get(key, ""), most)
    for key in _LISTS:
        fields[key] = _words(key, head.get(key, []))
    for key in _IDS:
        fields[key] = _id(key, head.get(key, ""))
    for key, number in _NUMBERS.items():
        fields[key] = _number(key, head.get(key, 0), number)
    for key in _NEEDED:
        if not fields[key]:
            raise _Bad(key, why("missing", field=key))
    if fields["shown_from"] and fields["shown_until"] and fields["shown_until"] < fields["shown_from"]:
        raise _Bad("shown_until", why("never_shown"))
    return fields


def _text(key: str, value: object, most: int) -> str:
    if not isinstance(value, str):
        raise _Bad(key, why("not_text", field=key))
    if len(value) > most:
        raise _Bad(key, why("longer", field=key, most=most))
    return clean(value, most, lines=False)


def _words(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_WORDS:
        raise _Bad(key, why("not_list", field=key, most=MAX_WORDS))
    words = (_text(key, word, MAX_WORD) for word in value)
    return tuple(word for word in words if word)


def _id(key: str, value: object) -> str:
    named = isinstance(value, str) and (not value or re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", value))
    if not named or not isinstance(value, str):
        raise _Bad(key, why("not_id", field=key))
    return value


def _number(key: str, value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise _Bad(key, why("not_number", field=key, least=0, most=most))
    return value


def _audience(value: object) -> tuple[Audience, ...]:
    known = {named.value: named for named in Audience}
    if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
        raise _Bad("audience", why("not_audience", field="audience", known=", ".join(known)))
    return tuple(named for named in Audience if named.value in value)


def _day(key: str, value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else _no_day(key)
    except ValueError:
        return _no_day(key)


def _no_day(key: str) -> date:
    raise _Bad(key, why("not_date", field=key, example="2026-10-01"))


def _line_of(key: str, lines: list[str]) -> int:
    return next((i for i, line in enumerate(lines, 1) if line.partition("=")[0].strip(" \t\"'") == key), 0)
