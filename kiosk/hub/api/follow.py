"""GET /f/<code>: what became of a report, for whoever holds its slip."""

from litestar import Response, Router, get

from kiosk.hub.api.door import Asked
from kiosk.hub.api.pages import page_maker, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services.book import read_book
from kiosk.hub.services.follow import follow_page
from kiosk.wire import routes


def router(parts: Parts) -> Router:
    make = page_maker("follow.html", "follow.css")

    @get(routes.FOLLOW + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def follow(request: Asked, code: str) -> Response[str]:
        with parts.store.read() as db:
            page = follow_page(db, read_book(db), code, wanted_language(request), parts.clock())
        return make(page, 200 if page.found else 404)

    return Router("/", route_handlers=[follow])
