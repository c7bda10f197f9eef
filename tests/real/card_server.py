"""A card system of our own over real HTTPS, in the shape the template adapter is written for (README)."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kiosk.hub import tls

TOKEN = "a token of the card system that nobody else has, long enough to be one"
FEE = Decimal(15)


class RefusedError(Exception):
    """With the ``errno`` of the answer."""


@dataclass
class Account:
    """Yuan. ``movements`` as they are told."""

    balance: Decimal = Decimal("123.45")
    status: str = "normal"
    status_time: int | None = None
    daily: Decimal = Decimal(100)
    single: Decimal = Decimal(50)
    pin: str | None = None
    movements: list[dict[str, object]] = field(default_factory=list)

    def told(self, code: str) -> dict[str, object]:
        return {
            "user": {"code": code, "name": "张三 😀"},
            "cardNo": "12345",
            "cardBalance": float(self.balance),
            "status": self.status,
            "statusTime": self.status_time,
            "dailyLimit": str(self.daily),
            "singleLimit": float(self.single),
            "pinSet": self.pin is not None,
            "expireDate": "20600101",
        }


class CardServer:
    """``at``: its clock, seconds since 1970. ``body``: what is answered instead, ``hold``: nothing is answered until it
    is set, ``lose``: so many answers to changes are lost after the change was made."""

    def __init__(self, accounts: dict[str, Account], at: int) -> None:
        self.accounts, self.at = accounts, at
        self.done: dict[str, tuple[object, dict[str, object]]] = {}
        self.asked: list[str] = []
        self.body: bytes | None = None
        self.ignores_code = False
        self.hold: threading.Event | None = None
        self.lose = 0
        self.lock = threading.Lock()
        self.port = 0

    def answer(self, method: str, path: str, body: bytes) -> dict[str, object]:
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        try:
            return {"errno": 0, "error": "success", "entities": self._entities(method, parts.path, query, body)}
        except RefusedError as error:
            return {"errno": error.args[0], "error": "no", "entities": []}

    def _entities(self, method: str, path: str, query: dict[str, str], body: bytes) -> list[dict[str, object]]:
        place, _, op = path.removeprefix("/api/v1/card").partition("/operations/")
        if op:
            return self._operation(method, op, json.loads(body) if body else None)
        code = next(iter(self.accounts)) if self.ignores_code else query["code"]
        account = self.accounts.get(code)
        if account is None:
            if place:
                raise RefusedError(40401)
            return []
        return [{"user": {"code": code}, **move} for move in account.movements] if place else [account.told(code)]

    def _operation(self, method: str, op: str, wanted: Any) -> list[dict[str, object]]:
        if op in self.done:
            asked, answer = self.done[op]
            if method == "PUT" and asked != wanted:
                raise RefusedError(40904)
            return [answer]
        if method == "GET":
            return []
        account = self.accounts.get(wanted["code"])
        if account is None:
            raise RefusedError(40401)
        answer = {"operation": op, **getattr(self, f"_{wanted['action']}")(account, wanted)}
        self.done[op] = wanted, answer
        return [answer]

    def _freeze(self, account: Account, _wanted: Any) -> dict[str, object]:
        if account.status == "replaced":
            raise RefusedError(40902)
        if account.status == "normal":
            account.status, account.status_time = "lost", self.at
        assert account.status_time is not None
        return {"statusTime": account.status_time, "effectiveTime": account.status_time + 600}

    def _unfreeze(self, account: Account, _wanted: Any) -> dict[str, object]:
        if account.status != "lost":
            raise RefusedError(40902 if account.status == "replaced" else 40901)
        account.status, account.status_time = "normal", None
        return {}

    def _replace(self, account: Account, _wanted: Any) -> dict[str, object]:
        if account.status != "lost":
            raise RefusedError(40902 if account.status == "replaced" else 40901)
        if account.balance < FEE:
            raise RefusedError(40903)
        account.status, account.balance = "replaced", account.balance - FEE
        return {"fee": float(FEE)}

    def _limits(self, account: Account, wanted: Any) -> dict[str, object]:
        account.daily = Decimal(wanted.get("dailyLimit", account.daily))
        account.single = Decimal(wanted.get("singleLimit", account.single))
        return {"dailyLimit": str(account.daily), "singleLimit": str(account.single)}

    def _pin(self, account: Account, wanted: Any) -> dict[str, object]:
        if wanted["present"] != account.pin:
            raise RefusedError(42301)
        first, account.pin = account.pin is None, wanted["new"]
        return {"first": first}

    def _topUp(self, account: Account, wanted: Any) -> dict[str, object]:
        account.balance += Decimal(wanted["amount"])
        return {"cardBalance": str(account.balance)}


@contextmanager
def card_server(folder: Path, accounts: dict[str, Account], at: int) -> Iterator[CardServer]:
    """On a free port; its authority is ``folder/ca.pem``."""
    server = CardServer(accounts, at)

    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if server.hold is not None:
                server.hold.wait()
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                self.send_error(401)
                return
            with server.lock:
                server.asked.append(f"{self.command} {self.path}")
                said = server.answer(self.command, self.path, body)
                lost = self.command == "PUT" and server.lose > 0
                server.lose -= lost
            if lost:
                self.close_connection = True
                return
            content = json.dumps(said, ensure_ascii=False).encode() if server.body is None else server.body
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = answered

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def finish_request(self, request: Any, client_address: Any) -> None:
            """The handshake is made in the connection's own thread: who is slow at it keeps nobody else waiting."""
            super().finish_request(context.wrap_socket(request, server_side=True), client_address)

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever hangs up or does not trust us is what these tests are about."""

    context: ssl.SSLContext = tls.prepare(folder)
    listening = Quiet(("127.0.0.1", 0), Handler)
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        if server.hold is not None:
            server.hold.set()
        listening.shutdown()
        listening.server_close()
        thread.join()
