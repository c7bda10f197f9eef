"""POST /v1/cards/look, GET /v1/card/loss, POST /v1/card/loss/cancel, POST /v1/card/replacement."""

from litestar import Router, get, post
from litestar.params import JSONBody

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services import lost_cards
from kiosk.hub.services.book import read_book
from kiosk.wire import routes
from kiosk.wire.cards_told import (
    CancelLoss,
    CardLook,
    CardLooked,
    LossCancelled,
    LossState,
    OrderReplacement,
    Replacement,
)


def router(parts: Parts) -> Router:
    house = house_of(parts)

    @post(
        routes.CARD_LOOK,
        status_code=200,
        sync_to_thread=True,
        operation_id="lookAtCard",
        responses=answers(400, 401, 403),
    )
    def look(request: Asked, data: JSONBody[CardLook]) -> CardLooked:
        return for_kiosk(parts, request, lambda db, _kiosk, _now: lost_cards.look(db, data.card), reading=True)

    @get(routes.CARD_LOSS, sync_to_thread=True, operation_id="lossState", responses=answers(401, 403, 409))
    def state(request: Asked) -> LossState:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: lost_cards.loss_state(db, read_book(db), house, kiosk, token, now),
            reading=True,
        )

    @post(
        routes.CANCEL_LOSS,
        status_code=200,
        sync_to_thread=True,
        operation_id="cancelLoss",
        responses=answers(400, 401, 403, 409, 422),
    )
    def cancel(request: Asked, data: JSONBody[CancelLoss]) -> LossCancelled:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(
            parts, request, lambda db, kiosk, now: lost_cards.cancel(db, read_book(db), house, kiosk, token, data, now)
        )

    @post(
        routes.REPLACEMENT,
        status_code=200,
        sync_to_thread=True,
        operation_id="orderReplacement",
        responses=answers(400, 401, 403, 409, 422),
    )
    def replace(request: Asked, data: JSONBody[OrderReplacement]) -> Replacement:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: lost_cards.replace(db, read_book(db), house, kiosk, token, data, now),
        )

    return Router("/", route_handlers=[look, state, cancel, replace], tags=["cards"])
