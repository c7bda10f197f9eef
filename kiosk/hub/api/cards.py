"""/v1/card: one's own card, its balance and movements, its limits and the PIN tills ask for."""

from litestar import Router, get, post
from litestar.params import JSONBody

from kiosk.domain.card_accounts import Balance, CardOverview, LimitsSet, MovementList
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services.book import read_book
from kiosk.hub.services.card_pin import CardPins
from kiosk.hub.services.own_card import OwnCard
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.cards import CardPinDenied, CardPinStored, CardPinWanted, LimitsWanted

_ANSWERS = answers(400, 401, 403, 422)
_PIN_ANSWERS = answers(400, 401, 403, 409, 422)


def router(parts: Parts) -> Router:
    own = OwnCard(house_of(parts))
    pins = CardPins(parts.store, parts.clock, house_of(parts))

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

    @post(routes.CARD_LIMITS, status_code=200, sync_to_thread=True, operation_id="cardLimits", responses=_ANSWERS)
    def limits(request: Asked, data: JSONBody[LimitsWanted]) -> LimitsSet:
        token = _token(request)
        return for_kiosk(
            parts, request, lambda db, kiosk, now: own.set_limits(db, read_book(db), kiosk, token, data, now)
        )

    @post(routes.CARD_PIN, status_code=200, sync_to_thread=True, operation_id="cardPin", responses=_PIN_ANSWERS)
    def card_pin(request: Asked, data: JSONBody[CardPinWanted]) -> CardPinStored | CardPinDenied:
        answer = pins.set(request.headers.get("authorization", ""), _token(request), data)
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    return Router("/", route_handlers=[card, balance, movements, limits, card_pin], tags=["card"])


def _token(request: Asked) -> str:
    return request.headers.get(routes.VISIT_HEADER, "")
