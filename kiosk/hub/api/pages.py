"""Small pages for phones: no script, no cookie, not indexed, styled by what stands in the page itself."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from litestar import Response
from markupsafe import Markup

from kiosk.hub.api.follow_limits import RETRY_AFTER_SECONDS
from kiosk.hub.web import FROM_HERE, address, form_of, text_of, wanted_language

__all__ = ["FROM_HERE", "address", "form_of", "page_maker", "text_of", "too_often", "wanted_language"]

_PAGES = Path(__file__).parent.parent / "pages"


def page_maker(
    template: str, *styles: str, forms: bool = False, pictures: bool = False
) -> "Callable[..., Response[str]]":
    """Makes a response from a page value, its status, and what else the template names; ``forms`` to this hub only, and
    to the origin they lead to (``leads_to``); ``pictures`` from it only."""
    css = "".join((_PAGES / name).read_text(encoding="utf-8") for name in styles)
    loaded = Environment(loader=FileSystemLoader(_PAGES), autoescape=True).get_template(template)
    style = b64encode(sha256(css.encode()).digest()).decode()
    target = "'self'" if forms else "'none'"
    images = "img-src 'self'; " if pictures else ""
    headers = {
        "content-security-policy": f"default-src 'none'; {images}style-src 'sha256-{style}'; frame-ancestors 'none'; "
        f"base-uri 'none'; form-action {target}",
        "x-robots-tag": "noindex, nofollow",
        "vary": "accept-language",
    }

    def make(page: object, status: int, *, leads_to: str = "", **more: object) -> Response[str]:
        # The style's digest stands in the policy above: it goes into the page as it is.
        text = loaded.render(page=page, css=Markup(css), **more)
        sent = dict(headers)
        if leads_to:  # browsers hold the answer to a form to form-action too, where it leads elsewhere
            sent["content-security-policy"] += f" {leads_to}"
        return Response(text, status_code=status, media_type="text/html", headers=sent)

    return make


def too_often() -> Response[str]:
    return Response("", status_code=429, headers={"retry-after": str(RETRY_AFTER_SECONDS)}, media_type="text/html")
