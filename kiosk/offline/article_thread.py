"""The one thread that reads this kiosk's articles, so that the worker never waits for a search.

Of each kind of question only the latest is kept: whoever types on has no use for the answer before. A new snapshot is
built on a thread of its own meanwhile, and takes its place between two questions.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.services.article_requests import ArticleRequest, ArticlesAnswered, ArticlesChanged, NoArticle
from kiosk.services.hub_requests import KnowledgeSnapshot, PictureCame

if TYPE_CHECKING:
    # Index and wire types are imported on the thread itself: they cost the start nothing.
    from kiosk.offline.article_pictures import PictureFolder
    from kiosk.offline.article_store import ArticleStore

_log = logging.getLogger(__name__)


class ArticleThread:
    """``services.ports.Articles``. ``post`` gets ``ArticlesChanged`` once at the start and whenever the file was
    replaced, and ``ArticlesAnswered`` for each question that was not overtaken."""

    def __init__(
        self, path: Path, pictures: Path, post: Callable[[ArticlesAnswered | ArticlesChanged], object]
    ) -> None:
        self._path, self._pictures, self._post = path, pictures, post
        self._waiting: dict[type, ArticleRequest] = {}  # one of a kind: the bound of this queue
        self._snapshot: KnowledgeSnapshot | None = None
        self._pictures_came: list[PictureCame] = []  # the watch asks for one at a time: that bounds it
        self._building = self._built = self._stopping = False
        self._news = threading.Condition()
        self._store: ArticleStore | None = None
        self._thread = threading.Thread(target=self._run, name="articles", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask(self, request: ArticleRequest) -> None:
        with self._news:
            self._waiting.pop(type(request), None)
            self._waiting[type(request)] = request
            self._news.notify()

    def keep(self, snapshot: KnowledgeSnapshot) -> None:
        with self._news:
            self._snapshot = snapshot
            self._news.notify()

    def keep_picture(self, picture: PictureCame) -> None:
        with self._news:
            self._pictures_came.append(picture)
            self._news.notify()

    def stop(self, seconds: float) -> bool:
        """False where the question under way took longer than ``seconds``."""
        with self._news:
            self._stopping = True
            self._news.notify()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._open()
        while True:
            with self._news:
                self._news.wait_for(self._something)
                if self._stopping:
                    break
                built, self._built = self._built, False
                request = self._waiting.pop(next(iter(self._waiting))) if self._waiting else None
                came, self._pictures_came = self._pictures_came, []
                snapshot = None if self._building else self._snapshot
                if snapshot is not None:
                    self._snapshot, self._building = None, True
            if built:
                self._open()
            if snapshot is not None:
                threading.Thread(target=self._build, args=(snapshot,), name="articles-build", daemon=True).start()
            for picture in came:
                self._folder().keep(picture.id, picture.body)
            if request is not None:
                self._answer(request)
        if self._store is not None:
            self._store.close()

    def _something(self) -> bool:
        new = self._snapshot is not None and not self._building
        return self._stopping or self._built or bool(self._waiting) or new or bool(self._pictures_came)

    def _folder(self) -> "PictureFolder":
        from kiosk.offline.article_pictures import PictureFolder

        return PictureFolder(self._pictures)

    def _open(self) -> None:
        """The file as it is now; one that is no store counts as none."""
        from kiosk.offline.article_store import ArticleStore, NoStore

        if self._store is not None:
            self._store.close()
        try:
            self._store = ArticleStore(self._path)
            folder, wanted = self._folder(), self._store.pictures
            folder.forget_others(wanted)
            self._post(ArticlesChanged(self._store.etag, self._store.topics, folder.missing(wanted)))
        except NoStore as why:
            _log.info("no articles here: %s", why)
            self._store = None
            self._post(ArticlesChanged(""))

    def _build(self, snapshot: KnowledgeSnapshot) -> None:
        from kiosk.offline.article_store import write
        from kiosk.sqlite import dbapi

        try:
            write(self._path, snapshot)
        except (ValueError, OSError, dbapi.Error) as error:
            _log.error("the new articles are not kept: %s", type(error).__name__)
        with self._news:
            self._building, self._built = False, True
            self._news.notify()

    def _answer(self, request: ArticleRequest) -> None:
        from kiosk.sqlite import dbapi

        try:
            outcome = self._store.answer(request) if self._store else NoArticle()
        except (dbapi.Error, ValueError) as error:
            _log.error("the articles are damaged: %s", type(error).__name__)
            self._path.unlink(missing_ok=True)
            self._open()
            outcome = NoArticle()
        self._post(ArticlesAnswered(request, outcome))
