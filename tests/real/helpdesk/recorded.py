"""Helpdesks that cannot be started here, as servers of our own over real HTTPS: they keep state, answer in the shapes
the systems' documentation and sources give, and fail in the ways a test tells them to.

What they do not know is refused with an error: nothing passes because a server is kinder than the real one.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from tests.real.directory.servers import make_certificate
from tests.real.helpdesk.tls_front import TlsFront


@dataclass(frozen=True)
class Asked:
    """``query`` and ``body`` as they came; ``login`` what stood behind Authorization."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    login: str


@dataclass(frozen=True)
class Answer:
    status: int
    data: Any = None
    #: Sent instead of ``data``.
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Shape(Protocol):
    def answer(self, asked: Asked) -> Answer: ...


@dataclass
class Clock:
    """The server's time: real, and ahead of it by what a test has moved it."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return (datetime.now(UTC) + self.ahead).replace(microsecond=0)


@dataclass
class RecordedServer:
    """``instead``: answered to everything; ``refused``: to changes of state and content alone, which are not done;
    ``asked``: what came, in order."""

    shape: Shape
    clock: Clock
    folder: Path
    port: int = 0
    tls_port: int = 0
    instead: Answer | None = None
    refused: Answer | None = None
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def ca(self) -> Path:
        return self.folder / "tls" / "ca.pem"

    @property
    def other_ca(self) -> Path:
        return self.folder / "other" / "ca.pem"

    def answer(self, asked: Asked) -> Answer:
        with self.lock:
            self.asked.append(f"{asked.method} {asked.path}")
            changes = asked.method != "GET" and not asked.path.endswith(("/search", "/token"))
            instead = self.instead or (self.refused if changes else None)
            return instead or self.shape.answer(asked)


@contextmanager
def recorded_server(shape: Shape, clock: Clock, folder: Path) -> Iterator[RecordedServer]:
    """On free ports of this machine; its authority is ``folder/tls/ca.pem``."""
    make_certificate(folder / "tls", "test helpdesk CA")
    make_certificate(folder / "other", "another CA")
    server = RecordedServer(shape, clock, folder)

    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            parts = urlsplit(self.path)
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            is_form = "form-urlencoded" in self.headers.get("Content-Type", "")
            body = _flat(said.decode()) if is_form else json.loads(said) if said else {}
            asked = Asked(self.command, parts.path, _flat(parts.query), body, self.headers.get("Authorization", ""))
            answer = server.answer(asked)
            content = answer.raw if answer.raw is not None else json.dumps(answer.data, ensure_ascii=False).encode()
            self.send_response_only(answer.status)
            now = self.date_time_string(clock.now().timestamp())
            for name, value in {"Date": now, "Content-Length": str(len(content)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = answered

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever hangs up is what these tests are about."""

    listening = Quiet(("127.0.0.1", 0), Handler)
    server.port = int(listening.server_address[1])
    front = TlsFront(server.port, folder / "tls")
    server.tls_port = front.port
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        front.stop()
        listening.shutdown()
        listening.server_close()
        thread.join()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
