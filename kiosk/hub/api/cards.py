"""/v1/card: one's own card, its balance and movements, and its daily limit."""

from litestar import Router, get, post

from kiosk.domain.card_accounts import Balance, CardOverview, LimitSet, MovementList
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services.own_card import OwnCard
from kiosk.wire import routes
from kiosk.wire.cards import LimitWanted

_ANSWERS = answers(400, 401, 403, 422)


def router(parts: Parts) -> Router:
    own = OwnCard(parts.cards, policy_of(parts.settings.rules))

    @get(routes.CARD, sync_to_thread=True, operation_id="card", responses=_ANSWERS)
    def card(request: Asked) -> CardOverview:
        token = _token(request)
        return for_kiosk(parts, request, lambda db, kiosk, now: own.overview(db, kiosk, token, now), reading=True)

    @get(routes.BALANCE, sync_to_thread=True, operation_id="balance", responses=_ANSWERS)
    def balance(request: Asked) -> Balance:
        token = _token(request)
        return for_kiosk(parts, request, lambda db, kiosk, now: own.balance(db, kiosk, token, now), reading=True)

    @get(routes.MOVEMENTS, sync_to_thread=True, operation_id="movements", responses=_ANSWERS)
    def movements(request: Asked) -> MovementList:
        token = _token(request)
        return for_kiosk(parts, request, lambda db, kiosk, now: own.movements(db, kiosk, token, now), reading=True)

    @post(routes.CARD_LIMIT, status_code=200, sync_to_thread=True, operation_id="cardLimit", responses=_ANSWERS)
    def limit(request: Asked, data: LimitWanted) -> LimitSet:
        token = _token(request)
        return for_kiosk(parts, request, lambda db, kiosk, now: own.set_limit(db, kiosk, token, data, now))

    return Router("/", route_handlers=[card, balance, movements, limit], tags=["card"])


def _token(request: Asked) -> str:
    return request.headers.get(routes.VISIT_HEADER, "")
