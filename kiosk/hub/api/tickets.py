"""GET /v1/tickets/mine."""

from litestar import Router, get

from kiosk.domain.ticket_views import TicketList
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services.book import read_book
from kiosk.hub.services.my_tickets import my_tickets
from kiosk.wire import routes


def router(parts: Parts) -> Router:
    policy = policy_of(parts.settings.rules)

    @get(routes.MY_TICKETS, sync_to_thread=True, operation_id="myTickets", responses=answers(401, 403))
    def mine(request: Asked) -> TicketList:
        token = request.headers.get(routes.VISIT_HEADER, "")
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: my_tickets(db, read_book(db), policy, kiosk, token, now),
            reading=True,
        )

    return Router("/", route_handlers=[mine], tags=["tickets"])
