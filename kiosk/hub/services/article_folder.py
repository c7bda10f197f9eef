"""A folder of articles as people write them: everything sound in it, and a list of what is not."""

import os.path
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.article_text import AT_LINE, MAX_DOCUMENT, BadArticle, read_article
from kiosk.domain.articles import Article, ArticlePair, Picture, Topic
from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.hub.services.photos import LARGEST_FILE, made_anew, size_of
from kiosk.hub.services.spoken import spoken
from kiosk.wire.knowledge import picture_id

#: Most articles of a folder; MAX_UNPACKED of the snapshot is reached about there.
MOST_ARTICLES = 5000
MOST_TOPICS = 60
MOST_CIRCLES = 2000
#: Pictures of a folder; longest side in pixels, and bytes, of one as it is shown.
MOST_PICTURES = 2000
LONGEST_SIDE = 1200
LARGEST_PICTURE = 512 * 1024
#: Bytes a character may take.
_BYTES = 4
#: Largest topics.toml or synonyms.toml, bytes.
LARGEST_TABLE = 512 * 1024
_ELSEWHERE = "is a link to something outside of the folder; copy it here"
#: Characters of a file's name that are said.
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """``file`` relative to the folder; ``line`` counts from 1, 0 where the whole file is meant."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleFolder:
    """``topics``/``synonyms`` are ``None`` where the folder has no such file. ``pictures``: by id, made anew."""

    pairs: tuple[ArticlePair, ...]
    topics: tuple[Topic, ...] | None
    synonyms: tuple[tuple[str, ...], ...] | None
    problems: tuple[Problem, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


class _TopicRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    icon: str
    title: Text
    hint: Text
    order: int = 0


def read_folder(folder: Path) -> ArticleFolder:
    """``folder`` holds topics.toml, synonyms.toml and ``<id>.<zh|en>.md``, these also in ``articles/``. An article of
    which either language is bad or missing is left out whole. Nothing outside of ``folder`` is read, whatever a link in
    it points to. Raises OSError where the folder cannot be read."""
    folder = folder.resolve(strict=True)
    problems: list[Problem] = []
    topics = _topics(folder / "topics.toml", problems)
    synonyms = _synonyms(folder / "synonyms.toml", problems)
    texts = folder / "articles"
    if not texts.is_dir():
        texts = folder
    elif not texts.resolve().is_relative_to(folder):
        problems.append(Problem(texts.name, 0, _ELSEWHERE))
        texts = folder
    files = sorted(file for file in texts.iterdir() if file.suffix == ".md")
    if len(files) > 2 * MOST_ARTICLES:
        problems.append(Problem("", 0, f"more than {MOST_ARTICLES} articles"))
        files = []
    pictures = _Pictures(folder, texts)
    found: dict[str, dict[Language, Article]] = {}
    for file in files:
        article = _article(folder, file)
        if isinstance(article, Article):
            article = pictures.resolved(article)
        if isinstance(article, BadArticle):
            problems.append(Problem(clean(file.name, _LONGEST_NAME, lines=False), article.line, article.reason))
        else:
            found.setdefault(article.id, {})[article.language] = article
    known = {topic.id for topic in topics} if topics is not None else None
    bad = {problem.file.partition(".")[0] for problem in problems}
    pairs: list[ArticlePair] = []
    for id, both in found.items():
        pair = _pair(id, both, known, bad)
        if isinstance(pair, Problem):
            problems.append(pair)
        elif pair is not None:
            pairs.append(pair)
    wanted = {id for pair in pairs for id in pair.pictures}
    kept = {id: body for id, body in pictures.made.items() if id in wanted}
    return ArticleFolder(tuple(pairs), topics, synonyms, tuple(problems), kept)


class _Pictures:
    """Each file made anew once, whichever articles show it. ``made``: by id."""

    def __init__(self, folder: Path, beside: Path) -> None:
        self._folder, self._beside = folder, beside
        self._seen: dict[str, Picture | str] = {}
        self.made: dict[str, bytes] = {}

    def resolved(self, article: Article) -> Article | BadArticle:
        blocks = []
        for block in article.blocks:
            if block.picture is not None:
                name = block.picture.name
                if name not in self._seen:
                    self._seen[name] = self._made(name)
                picture = self._seen[name]
                if isinstance(picture, str):
                    return BadArticle(0, f"{name} {picture}")
                block = replace(block, picture=picture)
            blocks.append(block)
        return replace(article, blocks=tuple(blocks))

    def _made(self, name: str) -> Picture | str:
        if len(self.made) >= MOST_PICTURES:
            return f"is one of more than {MOST_PICTURES} pictures"
        body = _bytes_of(self._folder, self._beside / name, LARGEST_FILE)
        if isinstance(body, str):
            return body
        made = made_anew(body, LONGEST_SIDE)
        if made is None:
            return "is no PNG, JPEG or WebP that can be shown"
        if len(made) > LARGEST_PICTURE:
            return f"is larger than {LARGEST_PICTURE // 1024} KB at {LONGEST_SIDE} pixels; make it plainer"
        id = picture_id(made)
        self.made[id] = made
        return Picture(id, *size_of(made))


def _article(folder: Path, file: Path) -> Article | BadArticle:
    id, _, language = file.stem.partition(".")
    if language not in {wanted.value for wanted in Language}:
        return BadArticle(0, "the name must end in .zh.md or .en.md")
    body = _bytes_of(folder, file, MAX_DOCUMENT * _BYTES)
    if isinstance(body, str):
        return BadArticle(0, body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return BadArticle(error.object[: error.start].count(b"\n") + 1, "not UTF-8")
    return read_article(text, id, Language(language))


def _bytes_of(folder: Path, file: Path, most: int) -> bytes | str:
    """A plain file of ``folder``, or why it is not read: a pipe would never end, a link may lead anywhere."""
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(folder):
            return _ELSEWHERE
        if not real.is_file():
            return "is no file"
        with real.open("rb") as stream:
            body = stream.read(most + 1)
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError up to Python 3.12
        return f"cannot be read: {getattr(error, 'strerror', None) or 'a link to itself'}"
    return body if len(body) <= most else f"is larger than {most} bytes"


def _pair(
    id: str, both: dict[Language, Article], topics: set[str] | None, bad: set[str]
) -> ArticlePair | Problem | None:
    if len(both) < len(Language):
        if id in bad:  # told already
            return None
        there = next(iter(both))
        return Problem(f"{id}.{there.value}.md", 0, f"{id}.{there.other.value}.md is missing")
    zh, en = both[Language.ZH], both[Language.EN]
    for key in ("topic", "service", "symptom", "action"):
        if getattr(zh, key) != getattr(en, key):
            return Problem(f"{id}.en.md", 0, f"{key} is not the same in both languages")
    if topics is not None and zh.topic not in topics:
        return Problem(f"{id}.zh.md", 0, f"{zh.topic}: no such topic")
    return ArticlePair(zh, en, spoken((zh.title, *zh.tags, *zh.asked)))


def _topics(file: Path, problems: list[Problem]) -> tuple[Topic, ...] | None:
    rows = _table(file, "topics", list[_TopicRow], problems)
    if rows is None or _too_many(file, rows, MOST_TOPICS, problems):
        return None
    ordered = sorted(rows, key=lambda row: row.order)
    return tuple(Topic(row.id, row.icon, row.title, row.hint) for row in ordered)


def _synonyms(file: Path, problems: list[Problem]) -> tuple[tuple[str, ...], ...] | None:
    rows = _table(file, "groups", list[list[str]], problems)
    if rows is None or _too_many(file, rows, MOST_CIRCLES, problems):
        return None
    return tuple(tuple(row) for row in rows)


def _too_many(file: Path, rows: Iterable[object], most: int, problems: list[Problem]) -> bool:
    too_many = len(list(rows)) > most
    if too_many:
        problems.append(Problem(file.name, 0, f"more than {most} entries"))
    return too_many


def _table(file: Path, name: str, wanted: Any, problems: list[Problem]) -> Any:
    """``None`` where there is no such file, or it is not sound: then what the hub has stays."""
    if not os.path.lexists(file):
        return None
    body = _bytes_of(file.parent, file, LARGEST_TABLE)
    if isinstance(body, str):
        problems.append(Problem(file.name, 0, body))
        return None
    try:
        return msgspec.convert(tomllib.loads(body.decode("utf-8"))[name], wanted)
    except tomllib.TOMLDecodeError as error:
        line = AT_LINE.search(str(error))
        problems.append(Problem(file.name, int(line[1]) if line else 0, str(error).partition(" (at")[0]))
    except KeyError:
        problems.append(Problem(file.name, 0, f"holds no {name}"))
    except (ValueError, RecursionError) as error:
        problems.append(Problem(file.name, 0, f"{error}"))
    return None
