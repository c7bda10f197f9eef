"""GET and POST /p/<code>: the simulated provider's page. Only where it is set up; anything else has no such page."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from litestar import Response, Router, get, post
from litestar.params import FromPath
from markupsafe import Markup

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.parts import Parts
from kiosk.hub.services.pay_page import PayerSide, pay_page
from kiosk.wire import routes

_PAGES = Path(__file__).parent.parent / "pages"
_BUTTON = (
    "button{font:inherit;font-weight:700;width:100%;padding:1rem;border:0;border-radius:.75rem;"
    "background:#1d3fa6;color:#fff}"
)


def router(parts: Parts) -> Router:
    payments = parts.payments
    if not isinstance(payments, PayerSide):
        return Router("/", route_handlers=[])
    css = (_PAGES / "follow.css").read_text(encoding="utf-8") + _BUTTON
    template = Environment(loader=FileSystemLoader(_PAGES), autoescape=True).get_template("pay.html")
    style = b64encode(sha256(css.encode()).digest()).decode()
    headers = {
        "content-security-policy": f"default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'self'",
        "x-robots-tag": "noindex, nofollow",
        "vary": "accept-language",
    }

    def shown(request: Asked, code: str) -> Response[str]:
        accepted = request.headers.get("accept-language", "").lower()
        language = Language.EN if accepted.startswith("en") else Language.ZH
        page = pay_page(payments, code, language, parts.clock())
        text = template.render(page=page, css=Markup(css))
        status = 200 if page.found else 404
        return Response(text, status_code=status, media_type="text/html", headers=headers)

    @get(routes.PAY + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def see(request: Asked, code: FromPath[str]) -> Response[str]:
        return shown(request, code)

    @post(routes.PAY + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def pay(request: Asked, code: FromPath[str]) -> Response[str]:
        payments.pay(code)
        return shown(request, code)

    return Router("/", route_handlers=[see, pay])
