"""POST /v1/operations and POST /v1/operations/together."""

from threading import BoundedSemaphore

import msgspec
from litestar import Response, Router, post
from litestar.params import JSONBody

from kiosk.hub.api.door import Asked
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services.operations import Answer, carry_out
from kiosk.hub.services.operations_together import carry_out_all
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.cards_told import FoundAnswer, LossAnswer
from kiosk.wire.common import Problem
from kiosk.wire.envelope import Envelope
from kiosk.wire.feedback import FeedbackAnswer
from kiosk.wire.me_too import MeTooAnswer
from kiosk.wire.operations import AnsweredOne, AnswersTogether, OperationsTogether
from kiosk.wire.tickets import ActTakenAnswer, TicketAnswer

#: Requests with several operations that are worked on at once: they take long, and whoever stands at a kiosk must not
#: wait behind those of all the kiosks that come back. More are told to come back later.
TOGETHER_AT_ONCE = 2
BUSY = No(503, "busy", "enough kiosks send what waited; come back later", 2)


def router(parts: Parts) -> Router:
    house = house_of(parts)
    turns = BoundedSemaphore(TOGETHER_AT_ONCE)

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

    @post(
        routes.OPERATIONS_TOGETHER,
        status_code=200,
        sync_to_thread=True,
        operation_id="operations_together",
        responses=answers(400, 401, 403),
    )
    def together(request: Asked, data: JSONBody[OperationsTogether]) -> AnswersTogether:
        if not turns.acquire(blocking=False):
            raise Refused(BUSY)
        try:
            outcomes = carry_out_all(parts, house, request.headers.get("authorization", ""), data.operations)
        finally:
            turns.release()
        if isinstance(outcomes, No):
            raise Refused(outcomes)
        pairs = zip(data.operations, outcomes, strict=True)
        return AnswersTogether([_answered(envelope.context.op, outcome) for envelope, outcome in pairs])

    return Router("/", route_handlers=[operation, together], tags=["operations"])


def _answered(op: str, outcome: Answer | No) -> AnsweredOne:
    if isinstance(outcome, No):
        said = msgspec.json.encode(Problem(outcome.code, outcome.detail)).decode()
        return AnsweredOne(op, outcome.status, said, outcome.retry_after or 0)
    return AnsweredOne(op, outcome.status, outcome.body.decode())
