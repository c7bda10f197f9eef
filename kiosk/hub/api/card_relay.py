"""POST /v1/cards/proof and /said: a card proves itself to the hub through a kiosk."""

from datetime import datetime
from typing import cast

from litestar import Router, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import card_relays
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import Kiosk
from kiosk.wire import routes
from kiosk.wire.card_relay import CardAsk, CardMet, CardNotProven, CardProven, CardRelayed, CardSaid


def router(parts: Parts) -> Router:
    keys, cards = parts.keys, parts.settings.card_keys

    @post(
        routes.CARD_MET,
        status_code=200,
        sync_to_thread=True,
        operation_id="meetCard",
        responses=answers(400, 401, 403, 422),
    )
    def met(request: Asked, data: JSONBody[CardMet]) -> CardAsk | CardProven | CardNotProven:
        def service(db: Session, kiosk: Kiosk, now: datetime) -> CardRelayed | No:
            return card_relays.begin(db, keys, cards, kiosk, data, now)

        return cast("CardRelayed", for_kiosk(parts, request, service))  # mypy joins them to Struct

    @post(
        routes.CARD_SAID,
        status_code=200,
        sync_to_thread=True,
        operation_id="cardSaid",
        responses=answers(400, 401, 403, 422),
    )
    def said(request: Asked, data: JSONBody[CardSaid]) -> CardAsk | CardProven | CardNotProven:
        def service(db: Session, kiosk: Kiosk, now: datetime) -> CardRelayed | No:
            return card_relays.go_on(db, keys, cards, kiosk, data, now)

        return cast("CardRelayed", for_kiosk(parts, request, service))

    return Router("/", route_handlers=[met, said], tags=["cards"])
