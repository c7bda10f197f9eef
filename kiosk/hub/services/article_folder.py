"""A folder of articles as people write them: everything sound in it, and a list of what is not."""

import os.path
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.article_text import AT_LINE, MAX_DOCUMENT, BadArticle, not_toml, read_article
from kiosk.domain.articles import Article, ArticlePair, Topic
from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.domain.why import Why, why
from kiosk.hub.services.article_batch import FOLDER, MOST_ARTICLES, ArticleBatch, Pictures, Problem
from kiosk.hub.services.photos import LARGEST_FILE
from kiosk.hub.services.spoken import spoken

MOST_TOPICS = 60
MOST_CIRCLES = 2000
#: Bytes a character may take.
_BYTES = 4
#: Largest topics.toml or synonyms.toml, bytes.
LARGEST_TABLE = 512 * 1024
_ELSEWHERE = why("elsewhere")
#: What both languages of an article say alike.
_SAME = ("topic", "service", "symptom", "action", "audience", "review_by", "shown_from", "shown_until")
#: Characters of a file's name that are said.
_LONGEST_NAME = 120


class _TopicRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    icon: str
    title: Text
    hint: Text
    order: int = 0


def read_folder(folder: Path) -> ArticleBatch:
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
        problems.append(Problem("", 0, why("many_articles", most=MOST_ARTICLES)))
        files = []
    pictures = Pictures(lambda name: _bytes_of(folder, texts / name, LARGEST_FILE))
    found: dict[str, dict[Language, Article]] = {}
    for file in files:
        article = _article(folder, file)
        if isinstance(article, Article):
            article = pictures.resolved(article)
        if isinstance(article, BadArticle):
            problems.append(Problem(clean(file.name, _LONGEST_NAME, lines=False), article.line, article.why))
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
    sound = tuple(pairs)
    return ArticleBatch(sound, topics, synonyms, tuple(problems), pictures.of(sound))


@dataclass(frozen=True, slots=True)
class FolderSource:
    folder: Path
    name: str = FOLDER

    def fetch(self, known: Mapping[str, str]) -> ArticleBatch:  # noqa: ARG002
        """Whole each time: reading a folder costs nothing."""
        return read_folder(self.folder)


def _article(folder: Path, file: Path) -> Article | BadArticle:
    id, _, language = file.stem.partition(".")
    if language not in {wanted.value for wanted in Language}:
        return BadArticle(0, why("bad_suffix"))
    body = _bytes_of(folder, file, MAX_DOCUMENT * _BYTES)
    if isinstance(body, Why):
        return BadArticle(0, body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return BadArticle(error.object[: error.start].count(b"\n") + 1, why("not_utf8", encoding="UTF-8"))
    return read_article(text, id, Language(language))


def _bytes_of(folder: Path, file: Path, most: int) -> bytes | Why:
    """A plain file of ``folder``, or why it is not read: a pipe would never end, a link may lead anywhere."""
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(folder):
            return _ELSEWHERE
        if not real.is_file():
            return why("no_file")
        with real.open("rb") as stream:
            body = stream.read(most + 1)
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError up to Python 3.12
        return why("unreadable", detail=getattr(error, "strerror", None) or "a link to itself")
    return body if len(body) <= most else why("too_large", most=most)


def _pair(
    id: str, both: dict[Language, Article], topics: set[str] | None, bad: set[str]
) -> ArticlePair | Problem | None:
    if len(both) < len(Language):
        if id in bad:  # told already
            return None
        there = next(iter(both))
        return Problem(f"{id}.{there.value}.md", 0, why("no_pair", file=f"{id}.{there.other.value}.md"))
    zh, en = both[Language.ZH], both[Language.EN]
    for key in _SAME:
        if getattr(zh, key) != getattr(en, key):
            return Problem(f"{id}.en.md", 0, why("differs", field=key))
    if topics is not None and zh.topic not in topics:
        return Problem(f"{id}.zh.md", 0, why("no_topic", topic=zh.topic))
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
        problems.append(Problem(file.name, 0, why("many_entries", most=most)))
    return too_many


def _table(file: Path, name: str, wanted: Any, problems: list[Problem]) -> Any:
    """``None`` where there is no such file, or it is not sound: then what the hub has stays."""
    if not os.path.lexists(file):
        return None
    body = _bytes_of(file.parent, file, LARGEST_TABLE)
    if isinstance(body, Why):
        problems.append(Problem(file.name, 0, body))
        return None
    try:
        return msgspec.convert(tomllib.loads(body.decode("utf-8"))[name], wanted)
    except tomllib.TOMLDecodeError as error:
        line = AT_LINE.search(str(error))
        problems.append(Problem(file.name, int(line[1]) if line else 0, not_toml(error)))
    except KeyError:
        problems.append(Problem(file.name, 0, why("no_table", name=name)))
    except (ValueError, RecursionError) as error:
        problems.append(Problem(file.name, 0, why("not_as_wanted", detail=error)))
    return None
