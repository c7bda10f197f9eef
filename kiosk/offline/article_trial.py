"""Questions with known answers, asked as a visitor would ask them: how good the search is, in figures."""

import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import msgspec

from kiosk.domain.language import Language
from kiosk.offline.article_store import ArticleStore
from kiosk.search.index import Index
from kiosk.services.article_requests import FindArticles, FoundArticles

#: How far down an answer still counts.
FIRST_FEW = 5
FIRST_TEN = 10

#: Kind -> what was typed, and the articles that answer it.
Labelled = Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]
#: Ids of what is found, best first.
Ask = Callable[[str, Language], list[str]]


@dataclass(frozen=True, slots=True)
class Trial:
    """Shares 0..1; ``ms`` the median and the 95th percentile of a search; ``missed``: what was typed in vain."""

    queries: int
    recall_at_1: float
    recall_at_5: float
    mrr_at_10: float
    ms_p50: float
    ms_p95: float
    missed: tuple[str, ...]


class Asked(msgspec.Struct, frozen=True):
    """A line of a batch, or of labelled questions: ``rel`` answers it, ``set`` or ``kind`` says what sort it is."""

    query: str
    qid: str = ""
    rel: tuple[str, ...] = ()
    set: str = ""
    kind: str = ""


def read_queries(file: Path) -> Labelled:
    """TOML with ``[kind]`` tables of ``"typed" = ["id", …]``, or JSONL of ``Asked``. Raises OSError or ValueError."""
    if file.suffix != ".toml":
        return _labelled_lines(file)
    try:
        found = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), dict[str, dict[str, tuple[str, ...]]])
    except msgspec.ValidationError as error:
        raise ValueError(f"{file}: {error}") from error
    return {kind: list(queries.items()) for kind, queries in found.items()}


def read_batch(file: Path) -> Iterator[tuple[int, Asked | None]]:
    """Lines by their numbers from 1; None for one that is no question. Raises OSError."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                yield number, msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=Asked)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                yield number, None


def _labelled_lines(file: Path) -> Labelled:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for number, asked in read_batch(file):
        if asked is None or not asked.rel:
            raise ValueError(f"{file}:{number}")
        found.setdefault(asked.set or asked.kind or "queries", []).append((asked.query, asked.rel))
    return found


def asking_store(store: ArticleStore) -> Ask:
    def ask(text: str, language: Language) -> list[str]:
        outcome = store.answer(FindArticles(0, text, language))
        return [row.id for row in outcome.rows] if isinstance(outcome, FoundArticles) else []

    return ask


def asking_index(index: Index) -> Ask:
    return lambda text, language: [hit.id for hit in index.search(text, language, FIRST_TEN)]


def trials(ask: Ask, labelled: Labelled) -> dict[str, Trial]:
    """One for each kind, and ``all``."""
    every = [(kind, typed, wanted) for kind, queries in labelled.items() for typed, wanted in queries]
    found = [(kind, typed, *_asked(ask, kind, typed, wanted)) for kind, typed, wanted in every]
    by_kind = {kind: _trial([row for row in found if row[0] == kind]) for kind in labelled}
    return {**by_kind, "all": _trial(found)} if found else {}


def _asked(ask: Ask, kind: str, typed: str, wanted: tuple[str, ...]) -> tuple[int, float]:
    """Place of the first right answer, 0 where there is none, and milliseconds."""
    language = Language.EN if kind in ("en", "misspelt") else Language.ZH
    begun = time.perf_counter()
    ids = ask(typed, language)
    took = (time.perf_counter() - begun) * 1000
    return next((place for place, id in enumerate(ids, 1) if id in wanted), 0), took


def _trial(rows: list[tuple[str, str, int, float]]) -> Trial:
    places = [place for *_, place, _ in rows]
    times = [took for *_, took in rows]
    cuts = quantiles(times, n=20) if len(times) > 1 else times * 19
    return Trial(
        queries=len(rows),
        recall_at_1=_share(place == 1 for place in places),
        recall_at_5=_share(0 < place <= FIRST_FEW for place in places),
        mrr_at_10=round(sum(1 / place for place in places if 0 < place <= FIRST_TEN) / len(places), 3),
        ms_p50=round(cuts[9], 2),
        ms_p95=round(cuts[18], 2),
        missed=tuple(typed for _, typed, place, _ in rows if not 0 < place <= FIRST_FEW),
    )


def _share(hits: Iterable[bool]) -> float:
    every = list(hits)
    return round(sum(every) / len(every), 3)
