"""GET /v1/tickets/mine, POST /v1/tickets/act."""

from litestar import Response, Router, get, post
from litestar.params import JSONBody

from kiosk.domain.ticket_views import Acted, TicketList
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services.book import read_book
from kiosk.hub.services.my_tickets import act, my_tickets
from kiosk.wire import routes
from kiosk.wire.tickets import TicketAct


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

    @post(
        routes.TICKET_ACT,
        status_code=200,
        sync_to_thread=True,
        operation_id="ticketAct",
        responses=answers(400, 401, 403, 409, 422),
    )
    def acted(request: Asked, data: JSONBody[TicketAct]) -> Response[Acted]:
        token = request.headers.get(routes.VISIT_HEADER, "")
        body = for_kiosk(parts, request, lambda db, kiosk, now: act(db, read_book(db), policy, kiosk, token, data, now))
        return Response(body, status_code=200, media_type="application/json")  # type: ignore[arg-type]

    return Router("/", route_handlers=[mine, acted], tags=["tickets"])
