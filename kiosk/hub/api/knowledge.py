"""GET /v1/knowledge (ETag, 304): every article, packed once at import."""

from litestar import Response, Router, get

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import knowledge
from kiosk.wire import routes
from kiosk.wire.knowledge import MEDIA_TYPE


def router(parts: Parts) -> Router:
    @get(
        routes.KNOWLEDGE,
        sync_to_thread=True,
        operation_id="knowledge",
        media_type=MEDIA_TYPE,
        responses=answers(304, 401, 403),
    )
    def articles(request: Asked) -> Response[bytes]:
        found = for_kiosk(parts, request, lambda db, _kiosk, _now: knowledge.snapshot(db), reading=True)
        tag = f'"{found.version}"'
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(b"", status_code=304, headers=headers, media_type=MEDIA_TYPE)
        return Response(found.body, headers=headers, media_type=MEDIA_TYPE)

    return Router("/", route_handlers=[articles], tags=["knowledge"])
