"""Around every request, whatever becomes of it: an id, limits, the hub's time, safe headers, one log line."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from kiosk.hub.clock import Clock, shown
from kiosk.hub.logs import event, trouble
from kiosk.hub.web import CONSOLE, CONSOLE_LIVE, MAX_ARTICLE_REQUEST
from kiosk.wire import routes
from kiosk.wire.common import Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Requests at once; more are told to come back.
MOST_AT_ONCE = 64
RETRY_AFTER_SECONDS = 2
#: A request's body has to be here within this time.
BODY_SECONDS = 15.0
PHOTO_SECONDS = 90.0
#: Where the console's articles are typed.
_ARTICLE_FORMS = frozenset({f"{CONSOLE}/article-draft", f"{CONSOLE}/article-show"})
REQUEST_ID_HEADER = "Campus-Request"

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
]
_NAMED = {value for key, value in vars(routes).items() if key.isupper() and isinstance(value, str) and "/v1/" in value}


class _BodyTooLarge(Exception):
    pass


class Frame:
    """The outermost ASGI application."""

    def __init__(self, inner: Application, clock: Clock) -> None:
        self._inner, self._clock = inner, clock
        self._at_once = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            return
        request = secrets.token_hex(8)
        status, begun = 0, time.monotonic()

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [
                    (routes.HUB_TIME_HEADER.lower().encode(), shown(self._clock()).encode()),
                    (REQUEST_ID_HEADER.lower().encode(), request.encode()),
                    *_HEADERS,
                ]
                own = {name.lower() for name, _ in message["headers"]}
                extra = [header for header in headers if header[0] not in own]
                if b"cache-control" not in own:
                    extra.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        # What stays open as long as somebody looks at it has a limit of its own.
        counted = scope["path"] != CONSOLE_LIVE or scope["method"] != "GET"
        self._at_once += counted
        try:
            if self._at_once > MOST_AT_ONCE:
                await _answer(framed, 503, "busy")
            else:
                await self._inner(scope, _bounded(receive, *_limits(scope["path"])), framed)
        except _BodyTooLarge:
            await _answer(framed, 413, "too_large")
        except TimeoutError:
            await _answer(framed, 408, "too_slow")
        except Exception as error:
            trouble("request failed", error, request=request)
            if not status:
                await _answer(framed, 500, "broken")
        finally:
            self._at_once -= counted
            event(
                "request",
                request=request,
                method=scope["method"],
                path=_shown_path(scope["path"]),
                status=status,
                ms=round((time.monotonic() - begun) * 1000),
            )


def _limits(path: str) -> tuple[int, float]:
    """Bytes and seconds a body may take."""
    if path.startswith(routes.FOLLOW) and path.endswith(routes.PHOTO):
        return routes.MAX_PHOTO_REQUEST, PHOTO_SECONDS
    if path in _ARTICLE_FORMS:
        return MAX_ARTICLE_REQUEST, BODY_SECONDS
    return routes.MAX_REQUEST, BODY_SECONDS


def _bounded(receive: Receive, most: int, seconds: float) -> Receive:
    deadline = time.monotonic() + seconds
    read = 0

    async def bounded() -> Message:
        nonlocal read
        if read < 0:
            return await receive()  # after the body only a disconnect comes
        async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
            message = await receive()
        if message["type"] == "http.request":
            read += len(message["body"])
            if read > most:
                raise _BodyTooLarge
            if not message["more_body"]:
                read = -1
        return message

    return bounded


async def _answer(send: Send, status: int, code: str) -> None:
    body = msgspec.json.encode(Problem(code))
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status == 503:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _shown_path(path: str) -> str:
    """What follows a phone page's address, and anything a stranger asks for, stays out of the log."""
    if path in _NAMED:
        return path
    known = (
        *(routes.FOLLOW, routes.ARTICLE, routes.DECIDE, routes.NOT_MINE, routes.PHONE, routes.BROUGHT),
        f"{CONSOLE}/",
    )
    return next((each for each in known if path.startswith(each)), "other")
