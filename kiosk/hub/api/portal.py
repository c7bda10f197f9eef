"""GET /v1/articles?text=…: what finds it; GET /v1/articles/<id>: one of them. For the campus's other portals, without a
token: nothing here is not on a public page too."""

from datetime import date
from threading import BoundedSemaphore
from zoneinfo import ZoneInfo

from litestar import Router, get
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from kiosk.domain.articles import Audience
from kiosk.domain.language import Language
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import portal
from kiosk.hub.services.book import read_book
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.portal import ArticlesFound, ArticleTold

#: Searches that are worked on at once: they go one after the other, and whoever stands at a kiosk must not find all of
#: the hub's threads waiting for them. More are told to come back later.
SEARCHES_AT_ONCE = 4
BUSY = No(503, "busy", "enough searches wait; come back later", 1)


def router(parts: Parts) -> Router:
    turns = BoundedSemaphore(SEARCHES_AT_ONCE)

    def today(db: Session) -> date:
        return parts.clock().astimezone(ZoneInfo(read_book(db).zone)).date()

    @get(routes.ARTICLES, sync_to_thread=True, operation_id="articles", security=[{}], responses=answers(400))
    def articles(
        text: FromQuery[str], language: FromQuery[Language] = Language.ZH, audience: FromQuery[Audience | None] = None
    ) -> ArticlesFound:
        if not turns.acquire(blocking=False):
            raise Refused(BUSY)
        try:
            with parts.store.read() as db:
                return portal.search(db, parts.finder, text, language, audience, today(db), parts.public_url)
        finally:
            turns.release()

    @get(
        routes.ARTICLES + "/{id:str}",
        sync_to_thread=True,
        operation_id="article",
        security=[{}],
        responses=answers(400, 404),
    )
    def article(id: FromPath[str], language: FromQuery[Language] = Language.ZH) -> ArticleTold:
        with parts.store.read() as db:
            found = portal.told(db, id, language, today(db), parts.public_url)
        if isinstance(found, No):
            raise Refused(found)
        return found

    return Router("/", route_handlers=[articles, article], tags=["articles"])
