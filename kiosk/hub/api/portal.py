"""GET /v1/articles?text=…: what finds it; GET /v1/articles/<id>: one of them. For the campus's other portals, without a
token: nothing here is not on a public page too."""

from datetime import date
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


def router(parts: Parts) -> Router:
    def today(db: Session) -> date:
        return parts.clock().astimezone(ZoneInfo(read_book(db).zone)).date()

    @get(routes.ARTICLES, sync_to_thread=True, operation_id="articles", security=[{}], responses=answers(400))
    def articles(
        text: FromQuery[str], language: FromQuery[Language] = Language.ZH, audience: FromQuery[Audience | None] = None
    ) -> ArticlesFound:
        with parts.store.read() as db:
            return portal.search(db, parts.finder, text, language, audience, today(db), parts.public_url)

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
