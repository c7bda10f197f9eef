"""GET and POST /n/<code>: "that was not me", for the person in whose name something was told or a code was given.

A plain form, no script. Looking changes nothing: messengers and mail programs look at links before people do.
"""

import asyncio
from datetime import datetime

from litestar import Response, Router, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.api.follow_limits import FollowLimits
from kiosk.hub.api.pages import address, page_maker, too_often, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services import not_mine, release_disowned
from kiosk.hub.services.book import read_book
from kiosk.wire import routes


def router(parts: Parts) -> Router:
    make, limits = page_maker("not_mine.html", "follow.css", forms=True), FollowLimits()

    def page_of(db: Session, code: str, request: Asked, now: datetime) -> not_mine.NotMinePage:
        """Of a report, or of a release code: two kinds of links, which look alike."""
        book, language = read_book(db), wanted_language(request)
        released = release_disowned.page(db, book, code, language, now)
        return released or not_mine.not_mine_page(db, book, code, language, now)

    @get(routes.NOT_MINE + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def see(request: Asked, code: FromPath[str]) -> Response[str]:
        now = parts.clock()
        if not limits.read(address(request), now):
            return too_often()
        with parts.store.read() as db:
            page = page_of(db, code, request, now)
        if not page.found:
            limits.missed(address(request), now)
        return make(page, 200 if page.found else 404)

    @post(routes.NOT_MINE + "{code:str}", status_code=303, include_in_schema=False)
    async def say_so(request: Asked, code: FromPath[str]) -> Response[str]:
        def done() -> Response[str]:
            now = parts.clock()
            if not limits.write(address(request), code[: routes.LONGEST_CODE], now):
                return too_often()
            with parts.store.write() as db:
                if not release_disowned.disown(db, parts.notices, code, now):
                    not_mine.disown(db, read_book(db), code, now)
                page = page_of(db, code, request, now)
            if not page.found:
                return make(page, 404)
            lang = request.query_params.get("lang", "")
            asked = f"?lang={lang}" if lang in list(Language) else ""
            return Response("", status_code=303, headers={"location": f"{routes.NOT_MINE}{code}{asked}"})

        return await asyncio.to_thread(done)

    return Router("/", route_handlers=[see, say_so])
