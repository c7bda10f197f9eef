"""GET /v1/knowledge (ETag, 304): every article, packed once at import; GET /v1/pictures/<id>: one of their pictures."""

from litestar import Response, Router, get
from litestar.params import FromPath
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import knowledge
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.knowledge import MEDIA_TYPE, PICTURE_TYPE


def _picture(db: Session, id: str) -> bytes | No:
    return knowledge.picture(db, id) or No(404, "unknown", "no such picture")


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

    @get(
        routes.PICTURE + "{id:str}",
        sync_to_thread=True,
        operation_id="picture",
        media_type=PICTURE_TYPE,
        responses=answers(401, 403, 404),
    )
    def picture(request: Asked, id: FromPath[str]) -> Response[bytes]:
        found = for_kiosk(parts, request, lambda db, _kiosk, _now: _picture(db, id), reading=True)
        return Response(found, headers={"cache-control": "private, immutable"}, media_type=PICTURE_TYPE)

    return Router("/", route_handlers=[articles, picture], tags=["knowledge"])
