"""GET and POST /p/<code>: the simulated provider's page. Only where it is set up; anything else has no such page."""

from litestar import Response, Router, get, post
from litestar.params import FromPath

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.api.pages import page_maker, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services.pay_page import PayerSide, pay_page
from kiosk.wire import routes


def router(parts: Parts) -> Router:
    payments = parts.payments
    if not isinstance(payments, PayerSide):
        return Router("/", route_handlers=[])
    make = page_maker("pay.html", "follow.css", "pay.css", forms=True)

    def shown(request: Asked, code: str) -> Response[str]:
        page = pay_page(payments, code, wanted_language(request) or Language.ZH, parts.clock())
        return make(page, 200 if page.found else 404)

    @get(routes.PAY + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def see(request: Asked, code: FromPath[str]) -> Response[str]:
        return shown(request, code)

    @post(routes.PAY + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def pay(request: Asked, code: FromPath[str]) -> Response[str]:
        payments.pay(code)
        return shown(request, code)

    return Router("/", route_handlers=[see, pay])
