"""GET /b/<digits>: the second code of a slip that was printed without network. Looking at it delivers it.

Elsewhere looking changes nothing, because programs look at links before people do. Here they are as welcome as anybody:
what is on the paper was asked for by whoever it was printed for, and takes effect once, however often it is looked at.
No script, no form, no cookie.
"""

from litestar import Response, Router, get
from litestar.params import FromPath

from kiosk.hub.api.door import Asked
from kiosk.hub.api.follow_limits import RETRY_AFTER_SECONDS, FollowLimits
from kiosk.hub.api.pages import address, page_maker, wanted_language
from kiosk.hub.parts import Parts, house_of
from kiosk.hub.services.book import read_book
from kiosk.hub.services.brought import Arrived, NotArrived, Why, bring
from kiosk.hub.services.brought_page import brought_page
from kiosk.wire import routes

_STATUS = {Why.UNREADABLE: 404, Why.OVER: 410, Why.RETIRED: 410, Why.REFUSED: 409, Why.TOO_OFTEN: 429}


def router(parts: Parts) -> Router:
    make, limits, house = page_maker("brought.html", "follow.css"), FollowLimits(), house_of(parts)

    def outcome_of(request: Asked, digits: str) -> Arrived | NotArrived:
        if not limits.read(address(request), parts.clock()):
            return NotArrived(Why.TOO_OFTEN)
        outcome = bring(parts, house, digits)
        if outcome == NotArrived(Why.UNREADABLE):
            limits.missed(address(request), parts.clock())
        return outcome

    @get(routes.BROUGHT + "{digits:str}", sync_to_thread=True, include_in_schema=False)
    def brought(request: Asked, digits: FromPath[str]) -> Response[str]:
        outcome = outcome_of(request, digits)
        if isinstance(outcome, Arrived) and outcome.page:
            code = outcome.page.rpartition(routes.FOLLOW)[2]
            return Response("", status_code=303, headers={"location": f"{routes.FOLLOW}{code}?said=arrived"})
        with parts.store.read() as db:
            page = brought_page(read_book(db), outcome, wanted_language(request))
        answer = make(page, 200 if isinstance(outcome, Arrived) else _STATUS[outcome.why])
        if answer.status_code == _STATUS[Why.TOO_OFTEN]:
            answer.headers["retry-after"] = str(RETRY_AFTER_SECONDS)
        return answer

    return Router("/", route_handlers=[brought])
