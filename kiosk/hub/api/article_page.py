"""GET /a/<id>: an article that was taken along from a kiosk."""

from litestar import Response, Router, get
from litestar.params import FromPath

from kiosk.hub.api.door import Asked
from kiosk.hub.api.pages import page_maker, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services.article_page import article_page
from kiosk.hub.services.book import read_book
from kiosk.wire import routes


def router(parts: Parts) -> Router:
    make = page_maker("article.html", "follow.css", "article.css")

    @get(routes.ARTICLE + "{id:str}", sync_to_thread=True, include_in_schema=False)
    def article(request: Asked, id: FromPath[str]) -> Response[str]:
        with parts.store.read() as db:
            page = article_page(db, read_book(db), id, wanted_language(request))
        return make(page, 200 if page.article else 404)

    return Router("/", route_handlers=[article])
