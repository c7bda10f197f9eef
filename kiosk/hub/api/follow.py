"""GET and POST /f/<code>: what became of a report, for whoever holds its slip, and what they may say about it.

Plain forms, no script. A form carries a token made of the code and of the phone's session; a browser that says the
form came from elsewhere is refused. After each POST the page is asked for anew (303), so that going back posts nothing.
"""

import asyncio
import hmac
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie, UploadFile
from litestar.params import FromPath
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.queueable import Mark
from kiosk.domain.ticket_views import Act
from kiosk.hub.api.door import Asked
from kiosk.hub.api.follow_limits import FollowLimits
from kiosk.hub.api.pages import FROM_HERE, address, form_of, page_maker, text_of, too_often, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services import codes, follow_acts
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.case_ratings import LOW
from kiosk.hub.services.follow import follow_page
from kiosk.hub.services.photos import made_anew
from kiosk.hub.services.sessions import SESSION_LIFE
from kiosk.wire import routes
from kiosk.words import Speaker

#: Cookies of one code's page: the code that was sent, and the session after it was typed.
SENT, VISIT = "sent", "visit"
MARKS = (Mark.VERY_GOOD, Mark.GOOD, Mark.FAIR, Mark.POOR, Mark.VERY_POOR)
REASONS = ("answered_soon", "solved", "well_explained", "answered_late", "not_solved", "badly_explained")
#: What a page may say after a form, by a word in its address.
_SAID = frozenset(
    {
        "confirmed",
        "reopened",
        "rated",
        "rated_low",
        "talk",
        "sent",
        "proven",
        "wrong",
        "added",
        "withdrawn",
        "photo",
        "no_photo",
        "nothing",
        "arrived",
    }
)
#: Pictures that are made anew at once; more are told to come back.
MOST_PICTURES = 2
Told = tuple[str, dict[str, str]]


def router(parts: Parts) -> Router:
    make = page_maker("follow.html", "follow.css", forms=True)
    policy, limits, desk = policy_of(parts.settings.rules), FollowLimits(), codes.Desk(parts.keys, parts.notices)
    pictures = asyncio.Semaphore(MOST_PICTURES)

    def token(code: str, visit: str) -> str:
        return hmac.new(parts.keys.derived("follow form"), f"{code} {visit}".encode(), sha256).hexdigest()

    def said(
        request: Asked, code: str, form: dict[str, Any], what: Callable[[Session, Book, datetime, str], Told]
    ) -> Response[str]:
        """Refuses what is too often or from elsewhere, does it in one transaction, and leads back to the page."""
        now, visit = parts.clock(), request.cookies.get(VISIT, "")
        if not limits.write(address(request), code[: routes.LONGEST_CODE], now):
            return too_often()
        if request.headers.get("sec-fetch-site", "") not in FROM_HERE or not hmac.compare_digest(
            text_of(form, "form").encode(), token(code, visit).encode()
        ):
            return Response("", status_code=403)
        with parts.store.write() as db:
            word, cookies = what(db, read_book(db), now, visit)
        language = text_of(form, "lang")
        lang = f"&lang={language}" if language in list(Language) else ""
        kept = [
            Cookie(
                key,
                value=value,
                path=f"{routes.FOLLOW}{code}",
                max_age=int(SESSION_LIFE.total_seconds()),
                secure=True,
                httponly=True,
                samesite="strict",
            )
            for key, value in cookies.items()
        ]
        where = f"{routes.FOLLOW}{code}?said={word}{lang}"
        return Response("", status_code=303, headers={"location": where}, cookies=kept)

    @get(routes.FOLLOW + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def follow(request: Asked, code: FromPath[str]) -> Response[str]:
        now, visit = parts.clock(), request.cookies.get(VISIT, "")
        if not limits.read(address(request), now):
            return too_often()
        with parts.store.write() as db:
            page = follow_page(db, read_book(db), code, wanted_language(request), now)
            ticket = follow_acts.proven(db, policy, code, visit, now) if visit else None
            may_prove = page.is_open and ticket is None and follow_acts.may_be_proven(db, code, now)
            photos = follow_acts.photos_left(db, ticket) if ticket else 0
        if not page.found:
            limits.missed(address(request), now)
        word = request.query_params.get("said", "")
        say = Speaker(Language(page.lang))
        return make(
            page,
            200 if page.found else 404,
            say=say,
            said=say(f"follow.said_{word}") if word in _SAID else "",
            path=f"{routes.FOLLOW}{code}" if page.found else "",
            token=token(code, visit),
            op=str(uuid4()),
            marks=MARKS,
            reasons=REASONS,
            sent=bool(request.cookies.get(SENT)) and may_prove,
            may_prove=may_prove,
            may_act=ticket is not None and page.is_open,
            photos=photos,
            limit=routes.MAX_NOTE,
        )

    @post(routes.FOLLOW + "{code:str}/solved", status_code=303, include_in_schema=False)
    async def solved(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, book: Book, now: datetime, _visit: str) -> Told:
            yes = text_of(form, "answer") == "yes"
            done = follow_acts.say_whether_solved(db, book, code, yes, now)
            return ("confirmed" if yes else "reopened") if done else "nothing", {}

        return await asyncio.to_thread(said, request, code, form, what)

    @post(routes.FOLLOW + "{code:str}/rate", status_code=303, include_in_schema=False)
    async def rate(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, book: Book, now: datetime, _visit: str) -> Told:
            reasons = tuple(reason for reason in REASONS if reason in form)
            language = "en" if text_of(form, "lang") == "en" else "zh"
            mark = text_of(form, "mark")
            done = follow_acts.rate(db, book, code, mark, reasons, language, now)
            return ("rated_low" if mark in LOW else "rated") if done else "nothing", {}

        return await asyncio.to_thread(said, request, code, form, what)

    @post(routes.FOLLOW + "{code:str}/talk", status_code=303, include_in_schema=False)
    async def talk(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, book: Book, now: datetime, _visit: str) -> Told:
            around = Around(book, parts.notices, parts.public_url)
            return "talk" if follow_acts.talk(db, around, code, now) else "nothing", {}

        return await asyncio.to_thread(said, request, code, form, what)

    @post(routes.FOLLOW + "{code:str}/code", status_code=303, include_in_schema=False)
    async def code_wanted(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, _book: Book, now: datetime, _visit: str) -> Told:
            op = str(uuid4())
            return ("sent", {SENT: op}) if follow_acts.send_code(db, desk, code, op, now) else ("nothing", {})

        return await asyncio.to_thread(said, request, code, form, what)

    @post(routes.FOLLOW + "{code:str}/prove", status_code=303, include_in_schema=False)
    async def code_typed(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, _book: Book, now: datetime, _visit: str) -> Told:
            op = request.cookies.get(SENT, "")
            visit = follow_acts.prove(db, desk, code, op, text_of(form, "digits").strip(), now)
            return ("proven", {VISIT: visit}) if visit else ("wrong", {})

        return await asyncio.to_thread(said, request, code, form, what)

    @post(routes.FOLLOW + "{code:str}/act", status_code=303, include_in_schema=False)
    async def acted(request: Asked, code: FromPath[str]) -> Response[str]:
        form = await form_of(request)

        def what(db: Session, book: Book, now: datetime, visit: str) -> Told:
            wanted = Act.WITHDRAW if text_of(form, "act") == Act.WITHDRAW else Act.COMMENT
            text = text_of(form, "text") if wanted is Act.COMMENT else ""
            op = text_of(form, "op")
            done = follow_acts.act(db, book, policy, code, visit, op, wanted, text, now)
            return ("withdrawn" if wanted is Act.WITHDRAW else "added") if done else "nothing", {}

        return await asyncio.to_thread(said, request, code, form, what)

    @post(
        routes.FOLLOW + "{code:str}" + routes.PHOTO,
        status_code=303,
        include_in_schema=False,
        request_max_body_size=routes.MAX_PHOTO_REQUEST,
    )
    async def photo(request: Asked, code: FromPath[str]) -> Response[str]:
        if not await asyncio.to_thread(_may_send, request, code):
            return Response("", status_code=403)  # before a byte of the picture is read
        if pictures.locked():
            return too_often()
        async with pictures:
            form = await form_of(request)
            sent = form.get("photo")
            file = await sent.read() if isinstance(sent, UploadFile) else b""
            picture = await asyncio.to_thread(made_anew, file)

            def what(db: Session, _book: Book, now: datetime, visit: str) -> Told:
                ticket = follow_acts.proven(db, policy, code, visit, now)
                kept = ticket is not None and picture is not None
                kept = kept and follow_acts.keep_photo(db, parts.photos, ticket, picture, now)  # type: ignore[arg-type]
                return "photo" if kept else "no_photo", {}

            return await asyncio.to_thread(said, request, code, form, what)

    def _may_send(request: Asked, code: str) -> bool:
        with parts.store.write() as db:
            visit = request.cookies.get(VISIT, "")
            return follow_acts.proven(db, policy, code, visit, parts.clock()) is not None

    return Router("/", route_handlers=[follow, solved, rate, talk, code_wanted, code_typed, acted, photo])
