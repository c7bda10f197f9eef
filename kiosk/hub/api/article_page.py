"""GET /a/<id>: an article that was taken along from a kiosk, and the pictures in it."""

from litestar import Response, Router, get
from litestar.params import FromPath

from kiosk.domain.articles import BlockKind
from kiosk.hub.api.door import Asked
from kiosk.hub.api.pages import page_maker, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_page import article_page
from kiosk.hub.services.book import read_book
from kiosk.wire import routes
from kiosk.wire.knowledge import PICTURE_TYPE


def router(parts: Parts) -> Router:
    plain = page_maker("article.html", "follow.css", "article.css")
    # What allows pictures lets browsers ask for a page's icon too, which there is none of.
    pictured = page_maker("article.html", "follow.css", "article.css", pictures=True)

    @get(routes.ARTICLE + "{id:str}", sync_to_thread=True, include_in_schema=False)
    def article(request: Asked, id: FromPath[str]) -> Response[str]:
        with parts.store.read() as db:
            page = article_page(db, read_book(db), id, wanted_language(request), parts.clock())
        blocks = page.article.blocks if page.article else ()
        make = pictured if any(block.kind is BlockKind.PICTURE for block in blocks) else plain
        return make(page, 200 if page.article else 404)

    @get(routes.PHONE_PICTURE + "{id:str}", sync_to_thread=True, include_in_schema=False)
    def picture(id: FromPath[str]) -> Response[bytes]:
        with parts.store.read() as db:
            found = knowledge.picture(db, id)
        headers = {"cache-control": "public, max-age=31536000, immutable"} if found else {}
        return Response(found or b"", status_code=200 if found else 404, headers=headers, media_type=PICTURE_TYPE)

    return Router("/", route_handlers=[article, picture])
