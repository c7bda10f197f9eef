"""A large knowledge base to search in: real articles, then as many as are wanted, spliced from their sentences."""

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.language import Language
from kiosk.hub.services.article_folder import read_folder
from kiosk.words import assets

#: JSONL with ``id, title, body`` to splice from, and questions (``query``) beside it in ``queries.jsonl``: the shell's
#: ARTICLES=FILE. Without it the sample campus's own articles and what it lists that people ask.
FILE = "ARTICLES"
#: A run is the same each time.
_SEED = 2026
_SENTENCE = re.compile(r"(?<=[。！？\n])")
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    title: str
    body: str


def sources() -> tuple[list[Article], list[str]]:
    """Real articles, and real questions about them."""
    named = os.environ.get(FILE)
    if not named:
        pairs = read_folder(assets() / "sample-campus").pairs
        texts = [pair.of(Language.ZH) for pair in pairs]
        return [Article(t.id, t.title, t.body) for t in texts], [question for t in texts for question in t.asked]
    path = Path(named)
    articles = [Article(row["id"], row["title"], row["body"]) for row in _rows(path)]
    beside = path.with_name("queries.jsonl")
    asked = [row["query"] for row in _rows(beside)] if beside.exists() else [article.title for article in articles]
    return articles, asked


def spliced(real: list[Article], many: int) -> Iterator[Article]:
    """``many`` in all: the real ones, then others of the same lengths."""
    chance = random.Random(_SEED)
    yield from real[:many]
    sentences = [s.strip() for article in real for s in _SENTENCE.split(article.body) if len(s) >= _SHORTEST]
    for number in range(many - len(real)):
        wanted = len(chance.choice(real).body)
        body: list[str] = []
        while sum(map(len, body)) < wanted:
            body.append(chance.choice(sentences))
        title = chance.choice(sentences)[: chance.randint(6, 20)] if number % 2 else chance.choice(real).title
        yield Article(f"spliced-{number}", title, "\n".join(body))


def typed(articles: list[Article], many: int) -> list[str]:
    """The first two, three and four characters of titles."""
    chance = random.Random(_SEED)
    titles = [article.title for article in articles if len(article.title) > 4]
    return [chance.choice(titles)[:size] for _ in range(many) for size in (2, 3, 4)]


def chosen(asked: list[str], many: int) -> list[str]:
    return random.Random(_SEED).choices(asked, k=many)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
