"""The one thread that reads this kiosk's articles, so that the worker never waits for a search.

Of each kind of question only the latest is kept: whoever types on has no use for the answer before. When the hub has
other articles, the texts that are missing are asked for; once all of them are here, their index is built on a thread of
its own meanwhile, and takes its place between two questions.
"""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.offline.places import Places
from kiosk.services.article_requests import ArticleRequest, ArticlesAnswered, ArticlesChanged, ArticlesWanted, NoArticle
from kiosk.services.hub_requests import KnowledgeList, PictureCame, TextsCame

if TYPE_CHECKING:
    # Index and wire types are imported on the thread itself: they cost the start nothing.
    from kiosk.offline.article_pictures import PictureFolder
    from kiosk.offline.article_store import ArticleStore
    from kiosk.offline.articles_coming import ArticlesComing
    from kiosk.wire.knowledge import ArticleList

Posted = ArticlesAnswered | ArticlesChanged | ArticlesWanted
_log = logging.getLogger(__name__)


class ArticleThread:
    """``services.ports.Articles``. ``post`` gets ``ArticlesChanged`` once at the start and whenever the file was
    replaced or could not be, and ``ArticlesAnswered`` for each question that was not overtaken."""

    def __init__(self, places: Places, post: Callable[[Posted], object]) -> None:
        self._places, self._path, self._post = places, places.articles, post
        self._waiting: dict[type, ArticleRequest] = {}  # one of a kind: the bound of this queue
        self._listed: KnowledgeList | None = None
        self._texts_came: list[TextsCame] = []  # the watch asks for some at a time: that bounds it
        self._wanted: tuple[str, ArticleList] | None = None  # what is on its way, with its etag
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

    def keep(self, listed: KnowledgeList) -> None:
        with self._news:
            self._listed = listed
            self._news.notify()

    def keep_texts(self, texts: TextsCame) -> None:
        with self._news:
            self._texts_came.append(texts)
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
                texts, self._texts_came = self._texts_came, []
                listed = None if self._building else self._listed
                if listed is not None:
                    self._listed = None
            if built:
                self._open()
            for some in texts:
                self._texts(some)
            if listed is not None:
                self._begin(listed)
            for picture in came:
                self._folder().keep(picture.id, picture.body)
            if request is not None:
                self._answer(request)
        if self._store is not None:
            self._store.close()

    def _something(self) -> bool:
        new = self._listed is not None and not self._building
        came = bool(self._pictures_came) or bool(self._texts_came)
        return self._stopping or self._built or bool(self._waiting) or new or came

    def _folder(self) -> "PictureFolder":
        from kiosk.offline.article_pictures import PictureFolder

        return PictureFolder(self._places.pictures)

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

    def _coming(self) -> "ArticlesComing":
        from kiosk.offline.articles_coming import ArticlesComing

        return ArticlesComing(self._places.articles_coming, self._path)

    def _begin(self, listed: KnowledgeList) -> None:
        from kiosk.sqlite import dbapi
        from kiosk.wire.knowledge import unpacked_list

        try:
            self._wanted = (listed.etag, unpacked_list(listed.body))
            self._coming().forget_others(self._wanted[1])
            self._go_on()
        except (ValueError, OSError, dbapi.Error) as error:
            self._give_up(error)

    def _texts(self, came: TextsCame) -> None:
        from kiosk.sqlite import dbapi
        from kiosk.wire.knowledge import unpacked_texts

        if self._wanted is None:
            return
        try:
            if self._coming().keep(unpacked_texts(came.body), self._wanted[1]):
                self._go_on()
            else:  # the hub has other articles by now: they are asked for at the next look
                self._wanted = None
        except (ValueError, OSError, dbapi.Error) as error:
            self._give_up(error)

    def _go_on(self) -> None:
        if self._wanted is None or self._building:
            return
        etag, wanted = self._wanted
        if missing := self._coming().missing(wanted):
            self._post(ArticlesWanted(missing))
            return
        self._wanted, self._building = None, True
        threading.Thread(target=self._build, args=(etag, wanted), name="articles-build", daemon=True).start()

    def _give_up(self, error: Exception) -> None:
        _log.error("the new articles are not kept: %s", type(error).__name__)
        self._wanted = None
        self._coming().discard()
        self._open()

    def _build(self, etag: str, wanted: "ArticleList") -> None:
        from kiosk.offline.article_store import write
        from kiosk.offline.articles_coming import Damaged
        from kiosk.sqlite import dbapi

        coming = self._coming()
        try:
            write(self._path, etag, wanted, coming.bodies(wanted))
        except (ValueError, OSError, dbapi.Error) as error:
            _log.error("the new articles are not kept: %s", type(error).__name__)
        except Damaged:
            _log.error("a text of an article is damaged: all of them are asked for again")
            self._path.unlink(missing_ok=True)
        coming.discard()
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
