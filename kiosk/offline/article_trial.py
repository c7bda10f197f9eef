"""Questions with known answers, asked as a visitor would ask them: how good the search is, in figures."""

import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import msgspec

from kiosk.domain.language import Language
from kiosk.offline.article_store import ArticleStore
from kiosk.services.article_requests import FindArticles, FoundArticles

#: How far down an answer still counts.
FIRST_FEW = 5
FIRST_TEN = 10

#: Kind -> what was typed -> articles that answer it.
Labelled = Mapping[str, Mapping[str, tuple[str, ...]]]


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


def read_queries(file: Path) -> Labelled:
    """``[kind]`` tables of ``"typed" = ["id", …]``. Raises ValueError."""
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), dict[str, dict[str, tuple[str, ...]]])
    except msgspec.ValidationError as error:
        raise ValueError(f"{file}: {error}") from error


def trials(store: ArticleStore, labelled: Labelled) -> dict[str, Trial]:
    """One for each kind, and ``all``."""
    every = [(kind, typed, wanted) for kind, queries in labelled.items() for typed, wanted in queries.items()]
    found = [(kind, typed, *_asked(store, kind, typed, wanted)) for kind, typed, wanted in every]
    by_kind = {kind: _trial([row for row in found if row[0] == kind]) for kind in labelled}
    return {**by_kind, "all": _trial(found)} if found else {}


def _asked(store: ArticleStore, kind: str, typed: str, wanted: tuple[str, ...]) -> tuple[int, float]:
    """Place of the first right answer, 0 where there is none, and milliseconds."""
    language = Language.EN if kind == "en" else Language.ZH
    begun = time.perf_counter()
    outcome = store.answer(FindArticles(0, typed, language))
    took = (time.perf_counter() - begun) * 1000
    ids = [row.id for row in outcome.rows] if isinstance(outcome, FoundArticles) else []
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
