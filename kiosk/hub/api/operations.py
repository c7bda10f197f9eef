"""POST /v1/operations."""

from litestar import Response, Router, post

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services.book import read_book
from kiosk.hub.services.operations import take
from kiosk.wire import routes
from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import TicketAnswer


def router(parts: Parts) -> Router:
    @post(
        routes.OPERATIONS,
        status_code=200,
        sync_to_thread=True,
        operation_id="operation",
        responses=answers(400, 401, 403, 409, 422),
    )
    def operation(request: Asked, data: Envelope) -> Response[TicketAnswer]:
        answer = for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: take(db, read_book(db), parts.keys, kiosk, data, now, parts.public_url),
        )
        return Response(answer.body, status_code=answer.status, media_type="application/json")  # type: ignore[arg-type]

    return Router("/", route_handlers=[operation], tags=["operations"])
