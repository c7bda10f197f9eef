"""Every answer that is not 2xx is a wire.common.Problem; nothing a client sent is echoed in it."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from kiosk.hub.logs import trouble
from kiosk.hub.services.book import NoCampus
from kiosk.hub.services.refusal import No
from kiosk.wire.common import Problem

_CODES = {400: "malformed", 404: "no_such_page", 405: "no_such_method", 413: "too_large", 415: "malformed"}
_MEANINGS = {
    304: "not changed",
    400: "the request is not what the document says",
    401: "no valid token, or no valid session of a person",
    403: "this kiosk was revoked",
    404: "there is none",
    409: "in conflict with what the hub already has",
    413: "too large",
    422: "understood and refused; sending the same again cannot help",
    429: "too many tries",
    500: "a fault of the hub",
    503: "not now; come back later",
}


class Refused(Exception):
    """Raised by a handler, after its transaction, to answer a No."""

    def __init__(self, no: No) -> None:
        super().__init__(no.code)
        self.no = no


def problem(no: No) -> Response[Problem]:
    headers = {"retry-after": str(no.retry_after)} if no.retry_after else {}
    return Response(Problem(no.code, no.detail), status_code=no.status, headers=headers, media_type="application/json")


def on_refused(_request: Request[Any, Any, Any], error: Refused) -> Response[Problem]:
    return problem(error.no)


def on_http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    return problem(No(error.status_code, _CODES.get(error.status_code, "refused"), _where(error)))


def on_malformed(_request: Request[Any, Any, Any], _error: Exception) -> Response[Problem]:
    return problem(No(400, "malformed"))


def on_no_campus(_request: Request[Any, Any, Any], _error: Exception) -> Response[Problem]:
    return problem(No(503, "no_campus", "this hub holds no campus yet", 30))


def on_bug(_request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    trouble("handler failed", error)
    return problem(No(500, "broken"))


HANDLERS: dict[Any, Any] = {
    Refused: on_refused,
    HTTPException: on_http_error,
    msgspec.ValidationError: on_malformed,
    NoCampus: on_no_campus,
    Exception: on_bug,
}


def answers(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented answers of a route beside its 2xx; every route may also fail with 500 and 503."""
    return {
        status: ResponseSpec(
            data_container=Problem if status != 304 else None,
            description=_MEANINGS[status],
            generate_examples=False,
        )
        for status in (*statuses, 500, 503)
    }


def _where(error: HTTPException) -> str:
    """Names of the fields at fault, never their values."""
    extra = error.extra if isinstance(error.extra, list) else []
    keys = [str(entry["key"]) for entry in extra if isinstance(entry, dict) and "key" in entry]
    return f"at: {', '.join(keys)}"[:200] if keys else ""
