"""The console's cookies: of this hub alone, over TLS alone, for no script, with no request from another site."""

import hmac
from datetime import timedelta
from typing import Any

from litestar.datastructures import Cookie

from kiosk.domain.language import Language
from kiosk.hub.keys import HubKeys
from kiosk.hub.services.staff_sessions import form_token
from kiosk.hub.web import FROM_HERE, Asked, text_of, wanted_language

#: Browsers take a name that begins like this only with Secure, Path=/ and no Domain (RFC 6265bis, 4.1.3).
SESSION = "__Host-console"
#: What the form for signing in is bound to while there is no session.
FORM = "__Host-console-form"
LANGUAGE = "__Host-console-lang"
#: Tells a browser that staff have used before from a stranger's; opens nothing.
DEVICE = "__Host-console-device"
DEVICE_LIFE = timedelta(days=180)


def kept(name: str, value: str, life: timedelta | None = None) -> Cookie:
    """``None``: until the browser is closed; what the hub forgets earlier is worth nothing earlier."""
    seconds = int(life.total_seconds()) if life else None
    return Cookie(name, value=value, path="/", max_age=seconds, secure=True, httponly=True, samesite="strict")


def over(name: str) -> Cookie:
    return Cookie(name, value="", path="/", max_age=0, secure=True, httponly=True, samesite="strict")


def is_from_here(request: Asked, form: dict[str, Any], keys: HubKeys, cookie: str) -> bool:
    """Whether this form was made by a page of ours, for whoever holds ``cookie``."""
    made = form_token(keys, cookie).encode()
    typed = text_of(form, "form").encode("utf-8", "replace")
    return bool(cookie) and request.headers.get("sec-fetch-site", "") in FROM_HERE and hmac.compare_digest(made, typed)


def language_of(request: Asked) -> Language:
    """The page's own switch, what it was switched to before, then the browser's wish."""
    for named in (request.query_params.get("lang", ""), request.cookies.get(LANGUAGE, "")):
        if named in list(Language):
            return Language(named)
    return wanted_language(request) or Language.ZH
