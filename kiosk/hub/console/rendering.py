"""Pages from templates: every text escaped, nothing inline, nothing from elsewhere, nothing kept by the browser."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie

#: No script or style stands in a page itself; a form goes to this hub only.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
    "vary": "accept-language, cookie",
}
#: A chart is styled by itself, and may do nothing else.
PICTURE_HEADERS = {**HEADERS, "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
_PAGES = Path(__file__).parent / "pages"
#: What a browser may ask for beside the pages, with its type.
FILES = {
    "console.css": "text/css",
    "figures.css": "text/css",
    "console.js": "text/javascript",
    "console.svg": "image/svg+xml",
}


class Pages:
    """Templates are read once; a page is named as its template, without ``.html``."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_PAGES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._files = {name: (_PAGES / name).read_text(encoding="utf-8") for name in FILES}

    def make(
        self, template: str, status: int, values: dict[str, object], cookies: list[Cookie] | None = None
    ) -> Response[str]:
        text = self._environment.get_template(f"{template}.html").render(values)
        return Response(text, status_code=status, media_type="text/html", headers=HEADERS, cookies=cookies or [])

    def file(self, name: str) -> Response[str]:
        if name not in FILES:
            return Response("", status_code=404, headers=HEADERS, media_type="text/plain")
        return Response(self._files[name], media_type=FILES[name], headers=HEADERS)


def lead_to(path: str, cookies: list[Cookie] | None = None) -> Response[str]:
    """After a form: asked for anew, so that going back or reloading posts nothing."""
    headers = {**HEADERS, "location": path}
    return Response("", status_code=303, headers=headers, cookies=cookies or [], media_type="text/html")
