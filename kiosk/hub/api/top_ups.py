"""/v1/card/top-up: order, ask, cancel. Each takes its own transactions: a provider is asked between them."""

from litestar import Router, post
from litestar.params import JSONBody

from kiosk.domain.top_ups import TopUpOrder
from kiosk.hub.api.door import Asked
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services.refusal import No
from kiosk.hub.services.top_ups import NOT_OFFERED, TopUps
from kiosk.wire import routes
from kiosk.wire.cards import TopUpNamed, TopUpWanted

_ANSWERS = answers(400, 401, 403, 409, 422)


def top_ups_of(parts: Parts) -> TopUps | None:
    """``None`` where no provider is set up."""
    if parts.payments is None:
        return None
    return TopUps(parts.store, parts.clock, policy_of(parts.settings.rules), parts.cards, parts.payments)


def router(parts: Parts) -> Router:
    top_ups = top_ups_of(parts)

    @post(routes.TOP_UP, status_code=200, sync_to_thread=True, operation_id="topUp", responses=_ANSWERS)
    def order(request: Asked, data: JSONBody[TopUpWanted]) -> TopUpOrder:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return _accepted(top_ups.order(_bearer(request), token, data) if top_ups else NOT_OFFERED)

    @post(routes.TOP_UP_STATE, status_code=200, sync_to_thread=True, operation_id="topUpState", responses=_ANSWERS)
    def state(request: Asked, data: JSONBody[TopUpNamed]) -> TopUpOrder:
        return _accepted(top_ups.ask(_bearer(request), data.op) if top_ups else NOT_OFFERED)

    @post(routes.TOP_UP_CANCEL, status_code=200, sync_to_thread=True, operation_id="topUpCancel", responses=_ANSWERS)
    def cancel(request: Asked, data: JSONBody[TopUpNamed]) -> TopUpOrder:
        return _accepted(top_ups.ask(_bearer(request), data.op, cancel=True) if top_ups else NOT_OFFERED)

    return Router("/", route_handlers=[order, state, cancel], tags=["card"])


def _bearer(request: Asked) -> str:
    return request.headers.get("authorization", "")


def _accepted(answer: TopUpOrder | No) -> TopUpOrder:
    if isinstance(answer, No):
        raise Refused(answer)
    return answer
