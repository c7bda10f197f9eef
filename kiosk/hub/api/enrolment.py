"""POST /v1/enrol, /v1/enrol/ask, /v1/token, /v1/numbers; GET /v1/authority."""

from datetime import datetime
from typing import cast

from litestar import Router, get, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_anyone, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services.book import read_book
from kiosk.hub.services.enrolment import enrol as enrol_kiosk
from kiosk.hub.services.numbers import give_block
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import buy_token
from kiosk.hub.services.waiting_kiosks import ask
from kiosk.hub.web import address
from kiosk.wire import routes
from kiosk.wire.enrolment import (
    Assertion,
    Authority,
    Block,
    Enrol,
    EnrolAnswer,
    EnrolAsk,
    Enrolled,
    NumbersWanted,
    Token,
)
from kiosk.wire.fingerprint import digest_of


def router(parts: Parts) -> Router:
    @post(
        routes.ENROL,
        status_code=200,
        sync_to_thread=True,
        operation_id="enrol",
        security=[],
        responses=answers(400, 409, 422, 429),
    )
    def enrol(data: JSONBody[Enrol]) -> Enrolled:
        return for_anyone(parts, lambda db, now: enrol_kiosk(db, read_book(db), parts.keys.public, data, now))

    @post(
        routes.ENROL_ASK,
        status_code=200,
        sync_to_thread=True,
        operation_id="enrolAsk",
        security=[],
        responses=answers(400, 409, 422, 429),
    )
    def enrol_ask(request: Asked, data: JSONBody[EnrolAsk]) -> EnrolAnswer:
        here, own = address(request), digest_of(parts.authority)

        def asked(db: Session, now: datetime) -> EnrolAnswer | No:
            return ask(db, parts.keys.public, own, data, here, now)

        return cast("EnrolAnswer", for_anyone(parts, asked))

    @get(routes.AUTHORITY, sync_to_thread=False, operation_id="authority", security=[], responses=answers())
    def authority() -> Authority:
        return Authority(parts.authority)

    @post(
        routes.TOKEN,
        status_code=200,
        sync_to_thread=True,
        operation_id="token",
        security=[],
        responses=answers(400, 401, 403),
    )
    def token(data: JSONBody[Assertion]) -> Token:
        return for_anyone(parts, lambda db, now: buy_token(db, data.assertion, now))

    @post(
        routes.NUMBERS,
        status_code=200,
        sync_to_thread=True,
        operation_id="numbers",
        responses=answers(400, 401, 403, 409, 422),
    )
    def numbers(request: Asked, data: JSONBody[NumbersWanted]) -> Block:
        return for_kiosk(parts, request, lambda db, kiosk, _now: give_block(db, kiosk, data.op))

    return Router("/", route_handlers=[enrol, enrol_ask, authority, token, numbers], tags=["enrolment"])
