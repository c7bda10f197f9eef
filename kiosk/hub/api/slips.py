"""POST /v1/slips/look: the ticket a slip's code leads to, for a kiosk's scanner; a report on paper is taken first."""

from collections.abc import Callable
from datetime import datetime

from litestar import Router, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.domain.on_paper import is_digits
from kiosk.domain.ticket_views import TicketView
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.follow_limits import RETRY_AFTER_SECONDS, FollowLimits
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services.book import read_book
from kiosk.hub.services.brought import bring
from kiosk.hub.services.refusal import No
from kiosk.hub.services.slip_look import NO_SLIP, look_at_brought, look_at_slip
from kiosk.hub.services.trust import Kiosk
from kiosk.wire import routes
from kiosk.wire.tickets import SlipLook

_TOO_OFTEN = No(429, "too_often", "too many codes that lead nowhere", RETRY_AFTER_SECONDS)


def router(parts: Parts) -> Router:
    limits, house = FollowLimits(), house_of(parts)

    def counted(request: Asked, found: Callable[[Session, datetime], TicketView | No]) -> TicketView:
        """A kiosk is trusted, who stands before its scanner is not: guessing is counted as on the phone page."""

        def seen(db: Session, kiosk: Kiosk, now: datetime) -> TicketView | No:
            if not limits.read(kiosk.id, now):
                return _TOO_OFTEN
            view = found(db, now)
            if view is NO_SLIP:
                limits.missed(kiosk.id, now)
            return view

        return for_kiosk(parts, request, seen, reading=True)

    def trusted(_db: Session, kiosk: Kiosk, now: datetime) -> bool | No:
        return limits.read(kiosk.id, now) or _TOO_OFTEN

    @post(
        routes.SLIP_LOOK,
        status_code=200,
        sync_to_thread=True,
        operation_id="lookAtSlip",
        responses=answers(400, 401, 403, 422, 429),
    )
    def look(request: Asked, data: JSONBody[SlipLook]) -> TicketView:
        if not is_digits(data.code):
            return counted(request, lambda db, now: look_at_slip(db, read_book(db), data.code, now))
        for_kiosk(parts, request, trusted, reading=True)
        brought = bring(parts, house, data.code)
        return counted(request, lambda db, _now: look_at_brought(db, read_book(db), brought))

    return Router("/", route_handlers=[look], tags=["tickets"])
