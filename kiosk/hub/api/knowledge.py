"""GET /v1/knowledge (ETag, 304): which articles there are; POST /v1/knowledge/texts: those a kiosk has not;
GET /v1/pictures/<id>: one of their pictures."""

from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Response, Router, get, post
from litestar.params import FromPath, JSONBody
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import article_list, knowledge
from kiosk.hub.services.article_list import Listed
from kiosk.hub.services.book import read_book
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.knowledge import MEDIA_TYPE, PICTURE_TYPE, TextsWanted


def _listed(db: Session, now: datetime) -> Listed:
    return article_list.listed(db, now.astimezone(ZoneInfo(read_book(db).zone)).date())


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
        found = for_kiosk(parts, request, lambda db, _kiosk, now: _listed(db, now), reading=True)
        tag = f'"{found.version}"'
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(b"", status_code=304, headers=headers, media_type=MEDIA_TYPE)
        return Response(found.body, headers=headers, media_type=MEDIA_TYPE)

    @post(
        routes.KNOWLEDGE_TEXTS,
        sync_to_thread=True,
        operation_id="knowledgeTexts",
        status_code=200,
        media_type=MEDIA_TYPE,
        responses=answers(400, 401, 403, 413, 422),
    )
    def texts(request: Asked, data: JSONBody[TextsWanted]) -> Response[bytes]:
        found = for_kiosk(parts, request, lambda db, _kiosk, _now: article_list.texts(db, data), reading=True)
        return Response(found, headers={"cache-control": "private, no-store"}, media_type=MEDIA_TYPE)

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

    return Router("/", route_handlers=[articles, texts, picture], tags=["knowledge"])
