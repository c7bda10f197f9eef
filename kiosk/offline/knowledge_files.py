"""Articles in files, for an index of their own: a folder of Markdown, or JSONL with a line for each.

What is not sound is left out and named with file, line and reason; nothing in a text is markup for anybody.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.domain.article_text import read_article
from kiosk.domain.articles import Article
from kiosk.domain.language import Language
from kiosk.search.index import Document
from kiosk.search.tokens import is_han

#: Articles of one index, bytes of one line or file, and what is kept of a title, a tag and a body, characters.
MOST_ARTICLES = 1_000_000
LARGEST = 8 * 1024 * 1024
MOST_TITLE = 300
MOST_TAG = 120
MOST_TAGS = 100
MOST_BODY = 100_000
#: Circles of words with one meaning, in a folder or beside a JSONL file.
SYNONYMS = "synonyms.toml"
_MARKS = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+|[*_`~|]+|<[^<>\n]{0,200}>|!?\[|\]\([^)\n]*\)", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_FENCE = "+++"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``line`` counts from 1, 0 where the whole file is meant; ``why`` names a text of ``commands``."""

    file: str
    line: int
    why: str


class _Row(msgspec.Struct):
    id: str
    title: str
    body: str
    tags: list[str] = []
    lang: str = ""
    summary: str = ""
    asked: list[str] = []
    weight: int = 0


def read(path: Path) -> Iterator[Document | LeftOut]:
    """Raises OSError where ``path`` itself cannot be read."""
    seen: set[tuple[str, Language]] = set()
    for found in _folder(path) if path.is_dir() else _lines(path):
        if isinstance(found, LeftOut):
            yield found
        elif (found.document.id, found.document.language) in seen:
            yield LeftOut(found.file, found.line, "kb_twice")
        elif len(seen) >= MOST_ARTICLES:
            yield LeftOut(found.file, found.line, "kb_many")
            return
        else:
            seen.add((found.document.id, found.document.language))
            yield found.document


def synonyms_beside(path: Path) -> tuple[tuple[str, ...], ...]:
    """Raises ValueError where the file is no such list."""
    file = (path if path.is_dir() else path.parent) / SYNONYMS
    if not file.is_file():
        return ()
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _Circles).groups
    except (msgspec.ValidationError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error


class _Circles(msgspec.Struct):
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    document: Document
    file: str
    line: int


def _lines(path: Path) -> Iterator[_Found | LeftOut]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                yield LeftOut(path.name, number, "kb_large")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LARGEST)
                continue
            if not line.strip():
                continue
            try:
                row = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=_Row)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                yield LeftOut(path.name, number, "kb_no_row")
                continue
            if not row.id.strip() or not (row.title.strip() or row.body.strip()):
                yield LeftOut(path.name, number, "kb_empty")
                continue
            yield _Found(_of_row(row), path.name, number)


def _of_row(row: _Row) -> Document:
    return Document(
        id=row.id,
        language=Language(row.lang) if row.lang in set(Language) else language_of_text(row.title + row.body),
        title=row.title[:MOST_TITLE],
        summary=row.summary[:MOST_TITLE],
        tags=tuple(tag[:MOST_TAG] for tag in row.tags[:MOST_TAGS]),
        asked=tuple(tag[:MOST_TAG] for tag in row.asked[:MOST_TAGS]),
        body=row.body[:MOST_BODY],
        weight=max(0, min(100, row.weight)),
    )


def language_of_text(text: str) -> Language:
    """Chinese as soon as a twentieth of it is."""
    looked_at = text[:2000]
    return Language.ZH if sum(map(is_han, looked_at)) * 20 >= len(looked_at) else Language.EN


def _folder(path: Path) -> Iterator[_Found | LeftOut]:
    folder = path.resolve(strict=True)
    for file in sorted(folder.rglob("*.md")):
        name = str(file.relative_to(folder))
        if not file.resolve().is_relative_to(folder) or not file.is_file():
            yield LeftOut(name, 0, "kb_elsewhere")
        elif file.stat().st_size > LARGEST:
            yield LeftOut(name, 0, "kb_large")
        else:
            try:
                text = file.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                yield LeftOut(name, 0, "kb_no_text")
                continue
            document = _of_text(text, name)
            yield LeftOut(name, 0, "kb_empty") if document is None else _Found(document, name, 0)


def _of_text(text: str, name: str) -> Document | None:
    """An article as the hub takes them, else any Markdown: its first heading is the title."""
    stem = name.removesuffix(".md")
    id, _, suffix = stem.rpartition(".")
    if suffix not in set(Language):
        id, suffix = stem, ""
    if text.startswith(_FENCE):
        article = read_article(text, id.rpartition("/")[2], Language(suffix or language_of_text(text)))
        if isinstance(article, Article):
            return Document(
                *(article.id, article.language, article.title, article.summary, article.tags, article.asked),
                body=article.body,
                weight=article.weight,
            )
    heading = _HEADING.search(text)
    body = _MARKS.sub(" ", text[:MOST_BODY]).strip()
    if not body:
        return None
    title = (heading.group(1) if heading else id.rpartition("/")[2])[:MOST_TITLE]
    return Document(id, Language(suffix) if suffix else language_of_text(text), title, "", (), (), body)
