"""``kiosk kb …``: articles without a hub: an index from files, searches in it, and how good they are."""

import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.words import Speaker

if TYPE_CHECKING:
    from kiosk.offline.article_store import ArticleStore
    from kiosk.offline.knowledge_index import Index, Why


def import_(arguments: Namespace, _speak: Speaker) -> int:
    """The hub's own command: it is the source of all articles."""
    rest = ["kb", "import", str(arguments.path), "--data", str(arguments.data)]
    if arguments.dry_run:
        rest.append("--dry-run")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "kiosk.hub", *rest])


def index(arguments: Namespace, speak: Speaker) -> int:
    from kiosk.offline.knowledge_files import LeftOut
    from kiosk.offline.knowledge_index import build_index

    def tell(left_out: LeftOut) -> None:
        where = f"{left_out.file}:{left_out.line}" if left_out.line else left_out.file
        print(f"{where}: {speak(f'commands.{left_out.why}')}", file=sys.stderr)

    begun = time.perf_counter()
    try:
        built = build_index(arguments.source, arguments.to, tell)
    except (OSError, ValueError) as error:
        return _failed(str(error), 1)
    took = round(time.perf_counter() - begun, 2)
    print(json.dumps({"articles": built.articles, "left_out": built.left_out, "bytes": built.size, "seconds": took}))
    return 0


def search(arguments: Namespace, speak: Speaker) -> int:
    if bool(arguments.words) == bool(arguments.batch) or bool(arguments.index) == bool(arguments.data):
        return _failed(speak("commands.kb_search_usage"), 2)
    try:
        if arguments.data:
            with _store(arguments.data) as store:
                return _articles(store, arguments)
        with _index(arguments.index) as opened:
            return _batch(opened, arguments) if arguments.batch else _one(opened, arguments)
    except _NotThereError as why:
        return _failed(str(why), 1)


def evaluate(arguments: Namespace, speak: Speaker) -> int:
    from kiosk.offline.article_trial import asking_index, asking_store, read_queries, trials

    if bool(arguments.index) == bool(arguments.data):
        return _failed(speak("commands.kb_evaluate_usage"), 2)
    try:
        labelled = read_queries(arguments.queries)
        if arguments.data:
            with _store(arguments.data) as store:
                found = trials(asking_store(store), labelled)
        else:
            with _index(arguments.index) as opened:
                found = trials(asking_index(opened), labelled)
    except (OSError, ValueError) as error:
        return _failed(str(error), 1)
    if arguments.json:
        print(json.dumps({kind: asdict(trial) for kind, trial in found.items()}, ensure_ascii=False))
        return 0
    columns = ("queries", "recall_at_1", "recall_at_5", "mrr_at_10", "ms_p50", "ms_p95")
    print("".join(name.rjust(13) for name in ("", *columns)))
    for kind, trial in found.items():
        print(kind.rjust(13) + "".join(str(getattr(trial, name)).rjust(13) for name in columns))
    return 0


def _one(opened: "Index", arguments: Namespace) -> int:
    text = " ".join(arguments.words)
    hits = opened.explained(text, arguments.lang, arguments.limit)
    titles = opened.titles([id for id, _ in hits], arguments.lang)
    if arguments.json:
        rows = [
            {"id": id, "title": titles[id], "score": round(why.score, 4), **_explained(why, arguments.explain)}
            for id, why in hits
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for place, (id, why) in enumerate(hits, 1):
        print(f"{place}. {titles[id]}  ({id})")
        if arguments.explain:
            parts = (f"{name} {value:.3f}" for name, value in asdict(why).items() if value)
            print(f"   {' + '.join(parts)}".replace("+", "=", 1))
    return 0


def _explained(why: "Why", wanted: bool) -> dict[str, dict[str, float]]:
    return {"why": {name: round(value, 4) for name, value in asdict(why).items()}} if wanted else {}


def _batch(opened: "Index", arguments: Namespace) -> int:
    """A line for each question, as it is answered; a line that is no question is told and ends in 1."""
    from kiosk.offline.article_trial import read_batch

    sound = True
    try:
        for number, asked in read_batch(arguments.batch):
            if asked is None:
                sound = False
                print(f"{arguments.batch}:{number}", file=sys.stderr)
                continue
            begun = time.perf_counter()
            hits = opened.search(asked.query, arguments.lang, arguments.limit)
            took = round((time.perf_counter() - begun) * 1000, 3)
            line = {"qid": asked.qid, "ids": [hit.id for hit in hits], "ms": took}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        return _failed(f"{arguments.batch}: {error.strerror or error}", 1)
    return 0 if sound else 1


def _articles(store: "ArticleStore", arguments: Namespace) -> int:
    from kiosk.services.article_requests import FindArticles, FoundArticles

    found = store.answer(FindArticles(0, " ".join(arguments.words), arguments.lang))
    rows = found.rows[: arguments.limit] if isinstance(found, FoundArticles) else ()
    shown = [{"id": row.id, "title": row.title.of(arguments.lang), "action": row.action} for row in rows]
    print(json.dumps(shown, ensure_ascii=False))
    return 0


class _NotThereError(ValueError):
    pass


@contextmanager
def _store(data: Path) -> "Iterator[ArticleStore]":
    from kiosk.offline.article_store import ArticleStore, NoStore
    from kiosk.offline.places import Places

    file = Places(data).articles
    try:
        store = ArticleStore(file)
    except NoStore as why:
        raise _NotThereError(f"{file}: {why}") from why
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _index(folder: Path) -> "Iterator[Index]":
    from kiosk.offline.knowledge_index import NoIndexError, open_index

    try:
        yield open_index(folder)
    except NoIndexError as why:
        raise _NotThereError(str(why)) from why


def _failed(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status


#: What each word after ``kiosk kb`` does.
COMMANDS: dict[str, Callable[[Namespace, Speaker], int]] = {
    "import": import_,
    "index": index,
    "search": search,
    "evaluate": evaluate,
}
