"""A visitor's phone for the demo: follows the code on the screen to the simulated campus's page, types the number."""

import re
import ssl
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPSHandler, OpenerDirector, ProxyHandler, build_opener

#: A page has to be there within this, seconds.
WITHIN = 10.0
_MOST_OF_PAGE = 60_000


class _Form(HTMLParser):
    """The first form of a page: where it goes, and what it carries."""

    def __init__(self) -> None:
        super().__init__()
        self.action: str | None = None
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form" and self.action is None:
            self.action = held.get("action") or ""
        elif tag == "input" and held.get("type") == "hidden" and held.get("name"):
            self.fields[held["name"] or ""] = held.get("value") or ""


class DrawerPhone:
    """Of one visitor; trusts the demo's hub alone."""

    def __init__(self, ca: Path) -> None:
        tls = ssl.create_default_context(cafile=str(ca))
        self._opener: OpenerDirector = build_opener(
            ProxyHandler({}), HTTPSHandler(context=tls), HTTPCookieProcessor(CookieJar())
        )
        self._at = self.page = ""

    def open(self, address: str) -> None:
        self._get(address, None)

    def press(self, **fields: str) -> None:
        """Sends the form of the page; a page without one stays."""
        form = _Form()
        form.feed(self.page)
        if form.action is not None:
            body = urlencode({**form.fields, **fields}).encode()
            self._get(urljoin(self._at, form.action), body)

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page)
        return found.group(1) if found else ""

    def _get(self, address: str, body: bytes | None) -> None:
        """Raises OSError where no page comes."""
        if urlsplit(address).scheme != "https":
            raise OSError(f"not https: {address}")
        with self._opener.open(address, body, timeout=WITHIN) as answer:
            self._at, self.page = answer.url, answer.read(_MOST_OF_PAGE).decode()
