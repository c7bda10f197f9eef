"""A kiosk that gets other articles and is killed on the way, by SIGKILL, at a step or a moment of its own.

Started as a program: it forks one kiosk after the other (threads of its own it has none), looks at what each of them
left, and prints one JSON line for each kill.
"""

import json
import os
import queue
import random
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from kiosk.domain.articles import Knowledge
from kiosk.domain.language import Language
from kiosk.offline import article_pictures, article_store, article_texts, article_thread, articles_coming, durable_file
from kiosk.offline.article_store import ArticleStore
from kiosk.offline.article_thread import ArticleThread
from kiosk.offline.places import Places
from kiosk.search import index
from kiosk.services.article_requests import (
    ArticlesChanged,
    ArticlesWanted,
    FindArticles,
    FoundArticles,
    ListArticles,
    ReadArticle,
)
from kiosk.sqlite import dbapi
from tests.search.stores import SAMPLE, came, etag_of, listed, texts_of

#: A step is a line of one of these.
STEPS_OF = (article_thread, articles_coming, article_texts, article_store, article_pictures, durable_file, index)
#: Texts brought at once, so that a set comes in several answers.
AT_ONCE = 2
#: Seconds after which a kiosk that does not end is a failure, not slow.
WITHIN = 120


@dataclass(frozen=True, slots=True)
class Left:
    """What one kill left: ``whole`` 'old' or 'new', else what is wrong; ``kept``: texts that had come and were not
    asked for again by the kiosk that went on."""

    killed_at: float
    whole: str
    kept: int
    ended: str


def sets(size: int) -> tuple[Knowledge, Knowledge]:
    """An old and a new set that share most of their articles."""
    old = replace(SAMPLE, version="old", articles=SAMPLE.articles[:size])
    fresh = tuple(
        replace(pair, zh=replace(pair.zh, title=f"新 {pair.zh.title}"[:80])) for pair in old.articles[: size // 2]
    )
    more = SAMPLE.articles[size : size + size // 2]
    return old, replace(SAMPLE, version="new", articles=(*fresh, *old.articles[size // 2 :], *more))


def get(places: Places, wanted: Knowledge, texts: dict[str, bytes]) -> int:
    """A kiosk's whole way to these articles; how many texts it asked the hub for."""
    posted: queue.Queue[Any] = queue.Queue()
    thread = ArticleThread(places, posted.put)
    thread.start()
    posted.get(timeout=WITHIN)
    asked = 0
    thread.keep(listed(wanted))
    while True:
        event = posted.get(timeout=WITHIN)
        if isinstance(event, ArticlesWanted):
            asked += len(event.texts[:AT_ONCE])
            thread.keep_texts(came(event.texts[:AT_ONCE], texts))
        elif isinstance(event, ArticlesChanged) and event.etag == etag_of(wanted):
            break
        else:
            thread.keep(listed(wanted))
    thread.stop(WITHIN)
    return asked


def what_is_there(places: Places, old: Knowledge, new: Knowledge) -> str:
    """As a visitor would meet it: every article read and found, and SQLite's own opinion of both of its tables."""
    store = ArticleStore(places.articles)
    try:
        known = {etag_of(knowledge): knowledge for knowledge in (old, new)}
        knowledge = known.get(store.etag)
        if knowledge is None:
            return f"of neither: {store.etag}"
        if any(store.answer(ReadArticle(1, pair.id)) != pair for pair in knowledge.articles):
            return "another text"
        listed_ids = {row.id for topic in store.topics for row in _rows(store, ListArticles(1, topic.id))}
        if listed_ids != {pair.id for pair in knowledge.articles}:
            return "another list"
        if any(pair.id not in {row.id for row in _rows(store, FindArticles(1, pair.zh.title, Language.ZH))}
               for pair in knowledge.articles):  # fmt: skip
            return "not found"
    finally:
        store.close()
    connection = dbapi.connect(f"{places.articles.absolute().as_uri()}?mode=ro", uri=True)
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    return str(knowledge.version) if sound else "damaged"


def _rows(store: ArticleStore, request: FindArticles | ListArticles) -> tuple[Any, ...]:
    found = store.answer(request)
    return found.rows if isinstance(found, FoundArticles) else ()


def trace_to(step: int) -> list[int]:
    """Counts the lines of STEPS_OF on every thread from now on; at line ``step`` the process is killed."""
    files = {module.__file__ for module in STEPS_OF}
    count, lock = [0], threading.Lock()

    def line(_frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            with lock:
                count[0] += 1
                if count[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)
        return line

    def call(frame: FrameType, event: str, argument: object) -> Any:
        return line(frame, event, argument) if frame.f_code.co_filename in files else None

    threading.settrace(call)
    sys.settrace(call)
    return count


def forked(places: Places, new: Knowledge, texts: dict[str, bytes], step: int = 0, life: float = 0.0) -> str:
    """Runs a kiosk until it is killed or done: 'killed', 'done', or what it ended with."""
    child = os.fork()
    if not child:
        status = 1
        try:
            if step:
                trace_to(step)
            get(places, new, texts)
            status = 0
        finally:
            os._exit(status)
    if life:
        time.sleep(life)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return {-signal.SIGKILL: "killed", 0: "done"}.get(os.waitstatus_to_exitcode(status), f"ended {status}")


def drill(folder: Path, size: int, kills: Iterator[tuple[int, float]]) -> Iterator[Left]:
    """``kills``: a step, or where that is 0 a share of the time it takes."""
    old, new = sets(size)
    all_texts = {**texts_of(old), **texts_of(new)}
    places = Places(folder / "measured")
    places.make()
    get(places, old, all_texts)
    begun = time.monotonic()
    get(places, new, all_texts)
    takes = time.monotonic() - begun
    needed = len(texts_of(new).keys() - texts_of(old).keys())
    for number, (step, share) in enumerate(kills):
        places = Places(folder / str(number))
        places.make()
        get(places, old, all_texts)
        ended = forked(places, new, all_texts, step, share * takes)
        try:
            whole = what_is_there(places, old, new)
        except (ValueError, dbapi.Error) as error:
            whole = f"{type(error).__name__}: {error}"
        asked = get(places, new, all_texts)
        if what_is_there(places, old, new) != "new":
            whole = f"{whole}, and did not go on"
        yield Left(step or share, whole, needed - asked, ended)


def steps(size: int, folder: Path) -> int:
    """How many there are."""
    old, new = sets(size)
    all_texts = {**texts_of(old), **texts_of(new)}
    places = Places(folder / "counted")
    places.make()
    get(places, old, all_texts)
    count = trace_to(0)
    get(places, new, all_texts)
    sys.settrace(None)
    threading.settrace(None)
    return count[0]


def main() -> None:
    folder, size, many, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    total = steps(size, folder)
    each = max(1, total // many)
    at_steps = [(step, 0.0) for step in range(1 + chance.randrange(each), total, each)]
    at_times = [(0, chance.random()) for _ in range(many // 2)]
    print(json.dumps({"steps": total}), flush=True)
    for left in drill(folder, size, iter([*at_steps, *at_times])):
        print(json.dumps(asdict(left), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
