"""Searching a hundred thousand articles, question by question beside plain FTS5 and tantivy with jieba."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.articles import Article, chosen, sources, spliced, typed
from bench.rows import Row, percentile, row
from bench.search_anchors import PlainFts5, TantivyJieba
from kiosk.domain.language import Language
from kiosk.offline.knowledge_index import FILE, open_index

ARTICLES = 100_000
QUESTIONS = 300
FOUND = 10
#: What a process grows by: the engine, an index, and questions put to it. It has what a kiosk has before.
_GROWTH = """
import json, sys
from pathlib import Path
import psutil
import kiosk.backstage, kiosk.offline.article_thread, kiosk.sqlite
from kiosk.domain.language import Language
own = psutil.Process()
before = own.memory_full_info().uss
loaded = [name for name in sys.modules if name.startswith("kiosk.search.")]
from kiosk.offline.knowledge_index import open_index
index = open_index(Path(sys.argv[1]))
for text in json.loads(sys.argv[2]):
    index.search(text, Language.ZH, 10)
print(json.dumps([own.memory_full_info().uss - before, len(loaded)]))
"""
_MB = 2**20
T = TypeVar("T")


def measure(articles: int = 0, questions: int = 0) -> list[Row]:
    articles, questions = articles or ARTICLES, questions or QUESTIONS
    real, asked = sources()
    with TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        every = list(spliced(real, articles))
        text = sum(len(f"{article.title}{article.body}".encode()) for article in every)
        built = _timed(lambda: _build(folder, every))
        fts5, fts5_built = _made(lambda: PlainFts5(folder, every))
        tantivy, tantivy_built = _made(lambda: TantivyJieba(folder, every))
        index = open_index(folder)
        sides: tuple[Callable[[str], object], ...] = (
            lambda text: index.search(text, Language.ZH, FOUND),
            fts5.search,
            tantivy.search,
        )
        whole = _interleaved(sides, chosen(asked, questions))
        begun = _interleaved(sides, typed(real, questions // 3))
        fts5.close()
        grown, loaded = _growth(folder, chosen(asked, questions))
        size = (folder / FILE).stat().st_size
        many = f"search: {len(every):,} articles"
        return [
            *_beside(f"{many}, a question, p50", [percentile(times, 0.5) for times in whole], "ms", "<= 4"),
            *_beside(f"{many}, a question, p95", [percentile(times, 0.95) for times in whole], "ms", "<= 8"),
            *_beside(f"{many}, 2-4 characters, p95", [percentile(times, 0.95) for times in begun], "ms", "<= 8"),
            *_beside(f"{many}, build", [built, fts5_built, tantivy_built], "s", "<= 60"),
            row(f"{many}, index beside its text", size / _MB, text / _MB, "MB", "ratio <= 2"),
            row(f"{many}, the process grows by", grown / _MB, None, "MB", "<= 40"),
            row("search: parts loaded with the kiosk's other parts", loaded, None, "modules", "0"),
        ]


def _beside(name: str, values: Sequence[float], unit: str, goal: str) -> list[Row]:
    ours, fts5, tantivy = values
    return [
        row(f"{name} beside FTS5, pairs", ours, fts5, unit, goal),
        row(f"{name} beside tantivy, jieba", ours, tantivy, unit, goal),
    ]


def _build(folder: Path, articles: list[Article]) -> None:
    lines = folder / "articles.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for article in articles:
            row = {"id": article.id, "title": article.title, "body": article.body, "lang": "zh"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "kiosk", "kb", "index", "--from", str(lines), "--to", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _interleaved(sides: Sequence[Callable[[str], object]], texts: list[str]) -> list[list[float]]:
    """Milliseconds of each side, question by question: what else runs here meets all of them alike."""
    times: list[list[float]] = [[] for _ in sides]
    for text in texts:
        for side, found in zip(sides, times, strict=True):
            found.append(_timed(lambda side=side, text=text: side(text)) * 1000)  # type: ignore[misc]
    return times


def _growth(folder: Path, texts: list[str]) -> tuple[int, int]:
    command = [sys.executable, "-c", _GROWTH, str(folder), json.dumps(texts)]
    grown, loaded = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return max(0, grown), loaded


def _made(make: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    made = make()
    return made, time.perf_counter() - begun


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
