"""Signing in, the first time too, and out. Nothing typed comes back in a page, and none of it says what was wrong."""

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.datastructures import Cookie

from kiosk.hub.console import sitemap
from kiosk.hub.console.cookies import DEVICE, DEVICE_LIFE, FORM, SESSION, is_from_here, kept, language_of, over
from kiosk.hub.console.door import Form, campus_values, language_cookies
from kiosk.hub.console.qr import squares
from kiosk.hub.console.rendering import Pages, lead_to
from kiosk.hub.parts import Parts
from kiosk.hub.ports import Password
from kiosk.hub.services import staff_guesses, staff_sign_in
from kiosk.hub.services.book import read_book
from kiosk.hub.services.staff_factor import app_address
from kiosk.hub.services.staff_sessions import Present, StaffDesk, Stage, form_token, present
from kiosk.hub.services.staff_sign_in import LONGEST_NUMBER, LONGEST_PASSWORD, Held, NotIn, SignedIn, Typed
from kiosk.hub.web import CONSOLE, Asked, address, text_of
from kiosk.words import Speaker

_FORM_BYTES = 24
_STATUS = {NotIn.WRONG: 401, NotIn.SILENT: 503}
#: Letters of the secret in one group, for whoever types it.
_GROUP = 4


class Entrance:
    """``sees`` and ``does`` say which addresses are open to somebody who is not signed in."""

    sees = frozenset({sitemap.SIGN_IN, sitemap.FIRST, sitemap.FACTOR})
    does = frozenset({sitemap.SIGN_IN, sitemap.FIRST, sitemap.FACTOR, sitemap.SIGN_OUT})

    def __init__(self, parts: Parts, desk: StaffDesk, pages: Pages) -> None:
        self._parts, self._desk, self._pages = parts, desk, pages

    def see(self, request: Asked) -> Response[str]:
        path, who = request.scope["path"].rstrip("/"), present(self._desk, request.cookies.get(SESSION, ""))
        if who is not None and who.stage is Stage.FULL:
            return lead_to(CONSOLE)
        if path == sitemap.FACTOR:
            return self._factor(request, who) if who is not None else lead_to(sitemap.SIGN_IN)
        said = "console_in.said_out" if request.query_params.get("said") == "out" else ""
        return self._form(request, path, 200, "", said)

    def do(self, request: Asked, form: Form) -> Response[str]:
        path, cookie = request.scope["path"].rstrip("/"), request.cookies.get(SESSION, "")
        if path == sitemap.SIGN_OUT:
            if not is_from_here(request, form, self._parts.keys, cookie):
                return lead_to(CONSOLE)
            staff_sign_in.sign_out(self._desk, cookie)
            return lead_to(f"{sitemap.SIGN_IN}?said=out", [over(SESSION)])
        if path == sitemap.FACTOR:
            return self._finish(request, form, cookie)
        if not is_from_here(request, form, self._parts.keys, request.cookies.get(FORM, "")):
            return self._form(request, path, 403, "console.form_over")
        password = text_of(form, "password")
        typed = Typed(
            text_of(form, "number").strip().upper()[: LONGEST_NUMBER + 1],
            Password(password if len(password) <= LONGEST_PASSWORD else ""),
            text_of(form, "code"),
            address(request),
            cookie,
            request.cookies.get(DEVICE, ""),
        )
        signing = staff_sign_in.sign_in if path == sitemap.SIGN_IN else staff_sign_in.begin_first
        answer = signing(self._desk, typed)
        if isinstance(answer, SignedIn):
            cookies = [kept(SESSION, answer.cookie), over(FORM)]
            if path == sitemap.FIRST:
                return lead_to(sitemap.FACTOR, cookies)
            return lead_to(CONSOLE, [*cookies, self._device(typed.number)])
        return self._not_in(request, path, answer)

    def _finish(self, request: Asked, form: Form, cookie: str) -> Response[str]:
        who = present(self._desk, cookie)
        if who is None or who.stage is Stage.FULL:
            return lead_to(CONSOLE)
        if not is_from_here(request, form, self._parts.keys, cookie):
            return self._factor(request, who, 403, "console.form_over")
        answer = staff_sign_in.finish_first(self._desk, cookie, text_of(form, "code"), address(request))
        match answer:
            case SignedIn():
                return lead_to(CONSOLE, [kept(SESSION, answer.cookie), self._device(who.number)])
            case Held():
                return self._factor(request, who, 429, "console_in.held", until=answer.until)
            case _:
                return self._factor(request, who, _STATUS[answer], "console_in.wrong_code")

    def _device(self, number: str) -> Cookie:
        return kept(DEVICE, staff_guesses.device_of(self._parts.keys, number), DEVICE_LIFE)

    def _not_in(self, request: Asked, path: str, answer: NotIn | Held) -> Response[str]:
        if isinstance(answer, Held):
            return self._form(request, path, 429, "console_in.held", until=answer.until)
        return self._form(request, path, _STATUS[answer], f"console_in.{answer.value}")

    def _form(
        self, request: Asked, path: str, status: int, wrong: str, said: str = "", until: datetime | None = None
    ) -> Response[str]:
        """``wrong`` and ``said`` are keys of the catalogue."""
        cookie = request.cookies.get(FORM, "") or secrets.token_urlsafe(_FORM_BYTES)
        values = self._values(request, wrong, said, until) | {
            "first": path == sitemap.FIRST,
            "path": path,
            "token": form_token(self._parts.keys, cookie),
            "longest": (LONGEST_NUMBER, LONGEST_PASSWORD),
        }
        return self._pages.make("sign_in", status, values, [kept(FORM, cookie), *language_cookies(request)])

    def _factor(
        self, request: Asked, who: Present, status: int = 200, wrong: str = "", until: datetime | None = None
    ) -> Response[str]:
        cookie = request.cookies.get(SESSION, "")
        secret = staff_sign_in.secret_shown(self._desk, cookie)
        if secret is None:
            return lead_to(sitemap.SIGN_IN, [over(SESSION)])
        values = self._values(request, wrong, "", until)
        # The label of the account in the app: the campus and the person's own number, which they typed themselves.
        uri = app_address(secret, who.number, str(values["campus"])).reveal()
        plain = secret.reveal()
        values |= {
            "path": sitemap.FACTOR,
            "uri": uri,
            "code": squares(uri),
            "secret": " ".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP)),
            "token": form_token(self._parts.keys, cookie),
        }
        return self._pages.make("factor", status, values, language_cookies(request))

    def _values(self, request: Asked, wrong: str, said: str, until: datetime | None) -> dict[str, object]:
        with self._parts.store.read() as db:
            book = read_book(db)
        say = Speaker(language_of(request))
        time = f"{until.astimezone(ZoneInfo(book.zone)):%H:%M:%S}" if until else ""
        return {
            **campus_values(book, say),
            "wrong": say(wrong, time=time) if wrong else "",
            "said": say(said) if said else "",
        }
