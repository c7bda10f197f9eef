"""POST /v1/upkeep, /v1/upkeep/log: staff do something to the kiosk before them; allowed and written down first."""

from litestar import Router, post
from litestar.params import JSONBody

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services.kiosk_logs import keep
from kiosk.hub.services.upkeep import upkeep
from kiosk.wire import routes
from kiosk.wire.upkeep import LogKept, LogSent, UpkeepNoted, UpkeepWanted


def router(parts: Parts) -> Router:
    policy = policy_of(parts.settings.rules)

    @post(
        routes.UPKEEP,
        status_code=200,
        sync_to_thread=True,
        operation_id="upkeep",
        responses=answers(400, 401, 403, 422),
    )
    def noted(request: Asked, data: JSONBody[UpkeepWanted]) -> UpkeepNoted:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(parts, request, lambda db, kiosk, now: upkeep(db, policy, kiosk, token, data, now))

    @post(
        routes.UPKEEP_LOG,
        status_code=200,
        sync_to_thread=True,
        operation_id="upkeepLog",
        responses=answers(400, 401, 403, 422),
    )
    def log(request: Asked, data: JSONBody[LogSent]) -> LogKept:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(parts, request, lambda db, kiosk, now: keep(db, policy, kiosk, token, data, now))

    return Router("/", route_handlers=[noted, log], tags=["upkeep"])
