"""GET and POST /d/<code>: a request somebody has to agree to, for whoever has the mailed link. Works without script.

Reading changes nothing, so that a mail scanner that opens links decides nothing.
"""

import asyncio
import hmac
from hashlib import sha256

from litestar import Response, Router, get, post
from litestar.params import FromPath

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.api.follow_limits import FollowLimits
from kiosk.hub.api.pages import FROM_HERE, address, form_of, page_maker, text_of, too_often, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services.approval_page import approval_page
from kiosk.hub.services.approvals import Decision, decide_by_link
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import read_book
from kiosk.wire import routes
from kiosk.words import Speaker

#: What the page may say after its form, by a word in the address.
_SAID = frozenset({"approved", "declined", "nothing"})


def router(parts: Parts) -> Router:
    make = page_maker("approval.html", "follow.css", forms=True)
    limits = FollowLimits()

    def token(code: str) -> str:
        return hmac.new(parts.keys.derived("approval form"), code.encode(), sha256).hexdigest()

    def decided(request: Asked, code: str, form: dict[str, object]) -> Response[str]:
        now = parts.clock()
        if not limits.write(address(request), code[: routes.LONGEST_CODE], now):
            return too_often()
        right = hmac.compare_digest(text_of(form, "form").encode(), token(code).encode())
        if request.headers.get("sec-fetch-site", "") not in FROM_HERE or not right:
            return Response("", status_code=403)
        wanted = text_of(form, "decision")
        word = "nothing"
        if wanted in list(Decision):
            with parts.store.write() as db:
                around = Around(read_book(db), parts.notices, parts.public_url)
                refused = decide_by_link(db, around, code, Decision(wanted), text_of(form, "words"), now)
            word = "nothing" if refused else wanted
        language = text_of(form, "lang")
        lang = f"&lang={language}" if language in list(Language) else ""
        return Response("", status_code=303, headers={"location": f"{routes.DECIDE}{code}?said={word}{lang}"})

    @get(routes.DECIDE + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def see(request: Asked, code: FromPath[str]) -> Response[str]:
        now = parts.clock()
        if not limits.read(address(request), now):
            return too_often()
        with parts.store.read() as db:
            page = approval_page(db, read_book(db), code, wanted_language(request), now)
        if not page.found:
            limits.missed(address(request), now)
        say, word = Speaker(Language(page.lang)), request.query_params.get("said", "")
        return make(
            page,
            200 if page.found else 404,
            say=say,
            said=say(f"approval.said_{word}") if page.found and word in _SAID else "",
            path=f"{routes.DECIDE}{code}" if page.found else "",
            token=token(code) if page.found else "",
            limit=routes.MAX_NOTE,
        )

    @post(routes.DECIDE + "{code:str}", status_code=303, include_in_schema=False)
    async def decide(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)
        return await asyncio.to_thread(decided, request, code, form)

    return Router("/", route_handlers=[see, decide])
