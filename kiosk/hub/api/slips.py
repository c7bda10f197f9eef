"""POST /v1/slips/look: the ticket a slip's code leads to, for a kiosk with a scanner."""

from datetime import datetime

from litestar import Router, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.domain.ticket_views import TicketView
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.follow_limits import RETRY_AFTER_SECONDS, FollowLimits
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services.book import read_book
from kiosk.hub.services.refusal import No
from kiosk.hub.services.slip_look import NO_SLIP, look_at_slip
from kiosk.hub.services.trust import Kiosk
from kiosk.wire import routes
from kiosk.wire.tickets import SlipLook

_TOO_OFTEN = No(429, "too_often", "too many codes that lead nowhere", RETRY_AFTER_SECONDS)


def router(parts: Parts) -> Router:
    limits = FollowLimits()

    def seen(db: Session, kiosk: Kiosk, code: str, now: datetime) -> TicketView | No:
        """A kiosk is trusted, who stands before its scanner is not: guessing is counted as on the phone page."""
        if not limits.read(kiosk.id, now):
            return _TOO_OFTEN
        found = look_at_slip(db, read_book(db), code, now)
        if found is NO_SLIP:
            limits.missed(kiosk.id, now)
        return found

    @post(
        routes.SLIP_LOOK,
        status_code=200,
        sync_to_thread=True,
        operation_id="lookAtSlip",
        responses=answers(400, 401, 403, 422, 429),
    )
    def look(request: Asked, data: JSONBody[SlipLook]) -> TicketView:
        return for_kiosk(parts, request, lambda db, kiosk, now: seen(db, kiosk, data.code, now), reading=True)

    return Router("/", route_handlers=[look], tags=["tickets"])
