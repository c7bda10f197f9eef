"""POST /v1/presence: a kiosk says how it is and hears which others are ready; …/health: how its parts are."""

from litestar import Router, post
from litestar.params import JSONBody

from kiosk.domain.presence import Neighbours
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import kiosk_health
from kiosk.hub.services.book import read_book
from kiosk.hub.services.presence import heard
from kiosk.wire import routes
from kiosk.wire.campus import Presence
from kiosk.wire.health import HealthHeard, HealthReport


def router(parts: Parts) -> Router:
    @post(
        routes.PRESENCE,
        status_code=200,
        sync_to_thread=True,
        operation_id="presence",
        responses=answers(400, 401, 403, 422),
    )
    def presence(request: Asked, data: JSONBody[Presence]) -> Neighbours:
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: heard(db, read_book(db), kiosk, data.readiness, now, data.memory),
        )

    @post(
        routes.HEALTH_REPORT,
        status_code=200,
        sync_to_thread=True,
        operation_id="healthReport",
        responses=answers(400, 401, 403, 422),
    )
    def health_report(request: Asked, data: JSONBody[HealthReport]) -> HealthHeard:
        return for_kiosk(parts, request, lambda db, kiosk, now: kiosk_health.heard(db, kiosk, data, now))

    return Router("/", route_handlers=[presence, health_report], tags=["campus"])
