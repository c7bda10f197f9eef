"""GET and POST /s/…: a sign-in for a kiosk on the visitor's phone, by way of the campus's own page.

Plain forms, no script. Whoever follows the code gets a cookie; pressing the button takes the code for the phone that
holds it, once. From there on everything goes by that cookie: what another phone or a page elsewhere sends fits nothing.
"""

import asyncio
import hmac
from collections.abc import Mapping
from urllib.parse import quote

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath

from kiosk.domain.language import Language
from kiosk.domain.phone_sign_in import SignInEnd, SignInStep
from kiosk.hub.api.door import Asked
from kiosk.hub.api.follow_limits import FollowLimits
from kiosk.hub.api.pages import FROM_HERE, address, form_of, page_maker, text_of, too_often, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services import phone_sign_in
from kiosk.hub.services.book import read_book
from kiosk.hub.services.phone_page import GONE, NOT_KEPT, TAKEN, phone_page
from kiosk.hub.services.phone_sign_in import KEPT, Door
from kiosk.hub.sign_in_port import CampusSignIn, NotSignedIn
from kiosk.hub.tokens_made import digest, new_token
from kiosk.wire import routes

#: The phone's cookie, and the language it was shown.
PHONE, LANGUAGE = "phone", "lang"
#: Longest part of what a phone brings back that is looked at, characters; codes and tickets are far shorter.
MOST_BROUGHT = 2000


def router(parts: Parts) -> Router:
    return _router(parts, parts.sign_in) if parts.sign_in is not None else Router("/", route_handlers=[])


def _router(parts: Parts, campus: CampusSignIn) -> Router:
    make = page_maker("phone.html", "follow.css", forms=True)
    door, limits = Door(parts.keys, parts.public_url), FollowLimits()

    def language_of(request: Asked) -> Language:
        if "lang" not in request.query_params and request.cookies.get(LANGUAGE) in list(Language):
            return Language(request.cookies[LANGUAGE])
        return wanted_language(request) or Language.ZH

    def from_here(request: Asked, form: Mapping[str, object], phone: str) -> bool:
        given = form.get("form", "")
        sent = given if isinstance(given, str) else ""
        mine = hmac.compare_digest(sent.encode(), door.form(phone).encode())
        return bool(phone) and mine and request.headers.get("sec-fetch-site", "") in FROM_HERE

    def not_kept(request: Asked) -> Response[str]:
        """For a form from elsewhere, and for somebody whose phone keeps no cookie."""
        with parts.store.read() as db:
            page = phone_page(db, read_book(db), None, language_of(request), parts.clock(), said=NOT_KEPT)
        return make(page, page.status)

    def here() -> Response[str]:
        """After each form the page is asked for anew, so that going back posts nothing."""
        return Response("", status_code=303, headers={"location": routes.PHONE_HERE})

    # -- the code -----------------------------------------------------------------------------------------------
    @get(routes.PHONE + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def scanned(request: Asked, code: FromPath[str]) -> Response[str]:
        now, language = parts.clock(), language_of(request)
        if not limits.read(address(request), now):
            return too_often()
        phone = request.cookies.get(PHONE, "") or new_token()
        with parts.store.read() as db:
            row = phone_sign_in.of_code(db, code[: routes.LONGEST_CODE])
            if row is not None and row.phone == digest(phone):
                return here()
            open_now = row is not None and phone_sign_in.step_of(row, now) == SignInStep.SCAN
        origin = campus.origin() if open_now else ""
        said = SignInEnd.SILENT if isinstance(origin, NotSignedIn) else ""
        with parts.store.read() as db:
            row = phone_sign_in.of_code(db, code[: routes.LONGEST_CODE])
            taken = row is not None and row.phone not in ("", digest(phone))
            page = phone_page(db, read_book(db), row, language, now, said=TAKEN if taken else said)
        if row is None:
            limits.missed(address(request), now)
        path = f"{routes.PHONE}{code}" if row is not None else ""
        answer = make(page, page.status, path=path, token=door.form(phone), leads_to=str(origin))
        for key, value in ((PHONE, phone), (LANGUAGE, language.value)):
            answer.set_cookie(_kept(key, value))
        return answer

    @post(routes.PHONE + "{code:str}", status_code=303, include_in_schema=False)
    async def pressed(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)
        return await asyncio.to_thread(go, request, code, form)

    def go(request: Asked, code: str, form: Mapping[str, object]) -> Response[str]:
        """Takes the code and leads to the campus's page."""
        now, phone, language = parts.clock(), request.cookies.get(PHONE, ""), language_of(request)
        if not limits.write(address(request), code[: routes.LONGEST_CODE], now):
            return too_often()
        if not from_here(request, form, phone):
            return not_kept(request)
        with parts.store.write() as db:
            attempt = phone_sign_in.taken(db, door, code[: routes.LONGEST_CODE], phone, language, now)
        if attempt is None:
            return Response("", status_code=303, headers={"location": f"{routes.PHONE}{quote(code, safe='')}"})
        where = campus.begin(attempt)
        if not isinstance(where, NotSignedIn):
            return Response("", status_code=303, headers={"location": where})
        with parts.store.write() as db:
            phone_sign_in.gave_up(db, phone, where)
        return here()

    # -- and back -----------------------------------------------------------------------------------------------
    @get(routes.PHONE_BACK, sync_to_thread=True, include_in_schema=False)
    def back(request: Asked) -> Response[str]:
        now, phone, language = parts.clock(), request.cookies.get(PHONE, ""), language_of(request)
        if not limits.read(address(request), now):
            return too_often()
        query = {key: value[:MOST_BROUGHT] for key, value in request.query_params.items() if isinstance(value, str)}
        with parts.store.write() as db:
            begun = phone_sign_in.came_back(db, door, query.get("state", ""), phone, language, now)
        if begun is not None:
            op, attempt = begun
            said = campus.finish(attempt, query)
            with parts.store.write() as db:
                phone_sign_in.settle(db, op, said, parts.clock())
        return here()

    @get(routes.PHONE_HERE, sync_to_thread=True, include_in_schema=False)
    def stands(request: Asked) -> Response[str]:
        now, phone, language = parts.clock(), request.cookies.get(PHONE, ""), language_of(request)
        if not limits.read(address(request), now):
            return too_often()
        with parts.store.read() as db:
            row = phone_sign_in.of_phone(db, phone)
            page = phone_page(db, read_book(db), row, language, now, said="" if row else GONE)
        answer = make(page, page.status, path=routes.PHONE_HERE, token=door.form(phone))
        answer.set_cookie(_kept(LANGUAGE, language.value))
        return answer

    @post(routes.PHONE_HERE, status_code=303, include_in_schema=False)
    async def numbered(request: Asked) -> Response[str]:
        form = await form_of(request)
        return await asyncio.to_thread(number, request, form)

    def number(request: Asked, form: Mapping[str, object]) -> Response[str]:
        now, phone = parts.clock(), request.cookies.get(PHONE, "")
        if not limits.write(address(request), digest(phone), now):
            return too_often()
        if not from_here(request, form, phone):
            return not_kept(request)
        with parts.store.write() as db:
            phone_sign_in.typed(db, phone, text_of(dict(form), "number").strip(), now)
        return here()

    return Router("/", route_handlers=[scanned, pressed, back, stands, numbered])


def _kept(key: str, value: str) -> Cookie:
    """Lax: the campus's page leads back from elsewhere, and a form elsewhere still sends none."""
    return Cookie(
        key,
        value=value,
        path=routes.PHONE,
        max_age=int(KEPT.total_seconds()),
        secure=True,
        httponly=True,
        samesite="lax",
    )
