"""A CAS 3 server of our own on 127.0.0.1, over TLS, in the shapes the protocol's text gives (CAS Protocol 3.0)."""

import json
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kiosk.hub import tls

_XML = '<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">{}</cas:serviceResponse>'


@dataclass
class CasServer:
    """``people``: attributes by who signs in. ``services``: beginnings of addresses it leads back to. ``as_json``: how
    it answers; ``says``: status and body of a validation instead; ``hold``: nothing is answered until it is set."""

    port: int = 0
    people: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    services: tuple[str, ...] = ("https://",)
    as_json: bool = False
    says: tuple[int, bytes] | None = None
    hold: threading.Event | None = None
    tickets: dict[str, tuple[str, str]] = field(default_factory=dict)
    renewed: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.port}/cas"

    def ticket(self, service: str, who: str) -> str:
        made = f"ST-{len(self.tickets) + 1}-{secrets.token_hex(12)}-cas01"
        self.tickets[made] = service, who
        return made

    def answer(self, request: Request) -> Response:
        if self.hold is not None:
            self.hold.wait()
        service = request.args.get("service", "")
        if request.path == "/cas/login":
            if not service.startswith(self.services):
                return Response("Application Not Authorized to Use CAS", 403)
            self.renewed.append(request.args.get("renew", ""))
            if request.method == "GET":
                page = '<form method="post"><label>Who <input name="who"></label><button>Enter</button></form>'
                return Response(page, content_type="text/html")
            query = urlencode({"ticket": self.ticket(service, request.form["who"])})
            return Response("", 302, {"Location": f"{service}&{query}"})
        if request.path != "/cas/p3/serviceValidate":
            return Response("", 204 if request.path == "/favicon.ico" else 404)
        if self.says is not None:
            return Response(self.says[1], self.says[0])
        return self._validated(service, request.args.get("ticket", ""))

    def _validated(self, service: str, ticket: str) -> Response:
        if not service.startswith(self.services):
            return self._refused("INVALID_SERVICE", service)
        made_for, who = self.tickets.pop(ticket, ("", ""))
        if not made_for:
            return self._refused("INVALID_TICKET", ticket)
        if made_for != service:
            return self._refused("INVALID_SERVICE", service)
        attributes = self.people[who]
        if self.as_json:
            good = {"user": who, "attributes": attributes}
            return Response(json.dumps({"serviceResponse": {"authenticationSuccess": good}}))
        inside = "".join(
            f"<cas:{name}>{escape(value)}</cas:{name}>" for name, values in attributes.items() for value in values
        )
        good_xml = f"<cas:user>{escape(who)}</cas:user><cas:attributes>{inside}</cas:attributes>"
        return Response(_XML.format(f"<cas:authenticationSuccess>{good_xml}</cas:authenticationSuccess>"))

    def _refused(self, code: str, what: str) -> Response:
        if self.as_json:
            bad = {"code": code, "description": what}
            return Response(json.dumps({"serviceResponse": {"authenticationFailure": bad}}))
        return Response(
            _XML.format(f'<cas:authenticationFailure code="{code}">{escape(what)}</cas:authenticationFailure>')
        )


@contextmanager
def cas_server(folder: Path) -> Iterator[CasServer]:
    """On a free port; its authority is ``folder/ca.pem``."""
    running = HTTPServer(host="127.0.0.1", port=0, ssl_context=tls.prepare(folder), threaded=True)
    server = CasServer()
    running.expect_request(re.compile("/.*")).respond_with_handler(server.answer)
    running.start()
    server.port = running.port
    try:
        yield server
    finally:
        if server.hold is not None:
            server.hold.set()
        running.stop()
