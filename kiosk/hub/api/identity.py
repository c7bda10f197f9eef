"""POST /v1/identity/pin, /code, /code/answer and /release, DELETE /v1/identity/session."""

from datetime import datetime
from typing import cast

from litestar import Router, delete, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts, release_desk
from kiosk.hub.rules import policy_of
from kiosk.hub.services import codes, release_use
from kiosk.hub.services.new_pin import Setting, set_pin
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import end
from kiosk.hub.services.trust import Kiosk
from kiosk.hub.web import reads_english
from kiosk.wire import routes
from kiosk.wire.identity import (
    CodeSent,
    CodeTyped,
    CodeWaits,
    CodeWanted,
    PinAccepted,
    PinAttempt,
    PinDenied,
    PinNotStored,
    PinStored,
    ReleaseTyped,
)


def router(parts: Parts) -> Router:
    policy = policy_of(parts.settings.rules)
    setting = Setting(parts.store, parts.keys, parts.hasher, parts.notices, policy, parts.clock)
    desk = codes.Desk(parts.keys, parts.notices)
    released = release_desk(parts)

    @post(
        routes.PIN,
        status_code=200,
        sync_to_thread=True,
        operation_id="pin",
        responses=answers(400, 401, 403, 409, 422),
    )
    def pin(request: Asked, data: JSONBody[PinAttempt]) -> PinAccepted | PinDenied:
        answer = try_pin(
            parts.store,
            parts.keys,
            parts.hasher,
            request.headers.get("authorization", ""),
            data,
            parts.clock,
            latin=reads_english(request),
            visit=request.headers.get(routes.VISIT_HEADER, ""),
            card=request.headers.get(routes.CARD_HEADER, ""),
            door=request.headers.get(routes.DOOR_HEADER, ""),
        )
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @post(
        routes.NEW_PIN,
        status_code=200,
        sync_to_thread=True,
        operation_id="newPin",
        responses=answers(400, 401, 403, 409, 422),
    )
    def new_pin(request: Asked, data: JSONBody[PinAttempt]) -> PinStored | PinNotStored:
        visit = request.headers.get(routes.VISIT_HEADER, "")
        answer = set_pin(setting, request.headers.get("authorization", ""), data, visit)
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @post(
        routes.CODE,
        status_code=200,
        sync_to_thread=True,
        operation_id="sendCode",
        responses=answers(400, 401, 403, 409, 422),
    )
    def code(request: Asked, data: JSONBody[CodeWanted]) -> CodeSent | CodeWaits:
        visit = request.headers.get(routes.VISIT_HEADER, "")

        def service(db: Session, kiosk: Kiosk, now: datetime) -> CodeSent | CodeWaits | No:
            return codes.send(db, desk, kiosk, data, visit, now)

        return cast("CodeSent | CodeWaits", for_kiosk(parts, request, service))  # mypy joins them to Struct

    @post(
        routes.CODE_ANSWER,
        status_code=200,
        sync_to_thread=True,
        operation_id="answerCode",
        responses=answers(400, 401, 403, 422),
    )
    def code_answer(request: Asked, data: JSONBody[CodeTyped]) -> PinAccepted | PinDenied:
        visit, latin = request.headers.get(routes.VISIT_HEADER, ""), reads_english(request)
        card = request.headers.get(routes.CARD_HEADER, "")

        def service(db: Session, kiosk: Kiosk, now: datetime) -> PinAccepted | PinDenied | No:
            return codes.judge(db, desk, kiosk, data, visit, now, latin=latin, card=card)

        return cast("PinAccepted | PinDenied", for_kiosk(parts, request, service))

    @post(
        routes.RELEASE,
        status_code=200,
        sync_to_thread=True,
        operation_id="releaseCode",
        responses=answers(400, 401, 403, 422),
    )
    def release(request: Asked, data: JSONBody[ReleaseTyped]) -> PinAccepted | PinDenied:
        authorization = request.headers.get("authorization", "")
        visit = request.headers.get(routes.VISIT_HEADER, "")
        answer = release_use.judge(released, authorization, data, visit, latin=reads_english(request))
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @delete(routes.SESSION, sync_to_thread=True, operation_id="endSession", responses=answers(401, 403))
    def session(request: Asked) -> None:
        token = request.headers.get(routes.VISIT_HEADER, "")
        for_kiosk(parts, request, lambda db, kiosk, now: end(db, kiosk, token, now))

    return Router("/", route_handlers=[pin, new_pin, code, code_answer, release, session], tags=["identity"])
