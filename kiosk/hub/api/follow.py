"""GET /f/<code>: one small page for phones; no script, no cookie, not indexed."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from litestar import Response, Router, get
from markupsafe import Markup

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.parts import Parts
from kiosk.hub.services.book import read_book
from kiosk.hub.services.follow import follow_page
from kiosk.wire import routes

_PAGES = Path(__file__).parent.parent / "pages"


def router(parts: Parts) -> Router:
    css = (_PAGES / "follow.css").read_text(encoding="utf-8")
    template = Environment(loader=FileSystemLoader(_PAGES), autoescape=True).get_template("follow.html")
    style = b64encode(sha256(css.encode()).digest()).decode()
    headers = {
        "content-security-policy": f"default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'none'",
        "x-robots-tag": "noindex, nofollow",
        "vary": "accept-language",
    }

    @get(routes.FOLLOW + "{code:str}", sync_to_thread=True, include_in_schema=False)
    def follow(request: Asked, code: str) -> Response[str]:
        wanted = _language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        with parts.store.read() as db:
            page = follow_page(db, read_book(db), code, wanted, parts.clock())
        # The style's digest stands in the policy above: it goes into the page as it is.
        text = template.render(page=page, css=Markup(css))
        status = 200 if page.found else 404
        return Response(text, status_code=status, media_type="text/html", headers=headers)

    return Router("/", route_handlers=[follow])


def _language(asked: str, accepted: str) -> Language | None:
    """The page's own switch first, then the phone's first wish."""
    for named in (asked, accepted.strip()):
        for language in Language:
            if named.lower().startswith(language.value):
                return language
    return None
