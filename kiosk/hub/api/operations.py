"""POST /v1/operations."""

from litestar import Response, Router, post
from litestar.params import JSONBody

from kiosk.hub.api.door import Asked
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services.operations import carry_out
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.cards_told import FoundAnswer, LossAnswer
from kiosk.wire.envelope import Envelope
from kiosk.wire.feedback import FeedbackAnswer
from kiosk.wire.me_too import MeTooAnswer
from kiosk.wire.tickets import ActTakenAnswer, TicketAnswer


def router(parts: Parts) -> Router:
    house = house_of(parts)

    @post(
        routes.OPERATIONS,
        status_code=200,
        sync_to_thread=True,
        operation_id="operation",
        responses=answers(400, 401, 403, 409, 422, 429),
    )
    def operation(
        request: Asked, data: JSONBody[Envelope]
    ) -> Response[TicketAnswer | LossAnswer | FoundAnswer | FeedbackAnswer | MeTooAnswer | ActTakenAnswer]:
        answer = carry_out(parts, house, request.headers.get("authorization", ""), data)
        if isinstance(answer, No):
            raise Refused(answer)
        return Response(answer.body, status_code=answer.status, media_type="application/json")  # type: ignore[arg-type]

    return Router("/", route_handlers=[operation], tags=["operations"])
