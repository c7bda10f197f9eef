"""POST /v1/identity/pin, DELETE /v1/identity/session."""

from litestar import Router, delete, post

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import end
from kiosk.wire import routes
from kiosk.wire.identity import PinAccepted, PinAttempt, PinDenied


def router(parts: Parts) -> Router:
    @post(
        routes.PIN,
        status_code=200,
        sync_to_thread=True,
        operation_id="pin",
        responses=answers(400, 401, 403, 409, 422),
    )
    def pin(request: Asked, data: PinAttempt) -> PinAccepted | PinDenied:
        answer = try_pin(
            parts.store,
            parts.keys,
            parts.hasher,
            request.headers.get("authorization", ""),
            data,
            parts.clock,
            latin=request.headers.get("accept-language", "").lower().startswith("en"),
            visit=request.headers.get(routes.VISIT_HEADER, ""),
        )
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @delete(routes.SESSION, sync_to_thread=True, operation_id="endSession", responses=answers(401, 403))
    def session(request: Asked) -> None:
        token = request.headers.get(routes.VISIT_HEADER, "")
        for_kiosk(parts, request, lambda db, kiosk, now: end(db, kiosk, token, now))

    return Router("/", route_handlers=[pin, session], tags=["identity"])
