"""HTTPS to a system of the campus: one trust, so many exchanges at once, each over within its seconds.

Proxies and authorities of the environment do not count, nor does SSLKEYLOGFILE; nobody is followed elsewhere.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from kiosk.deadline import Deadline

#: A socket takes no wait of nothing at all.
_LEAST_SECONDS = 0.001
_NO_ANSWER = (OSError, http.client.HTTPException, ValueError)
Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class Answer:
    """``location``: where a redirection leads, '' for none."""

    status: int
    body: bytes = field(repr=False)
    location: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """``why``: busy, certificate, slow, unreachable; with ``detail``, an exception's name."""

    why: str
    detail: str = ""


class HttpsLine:
    """Used by many threads. ``ca`` ``None``: the authorities this machine trusts. ``most`` of an answer that is read,
    bytes: what is longer counts as none."""

    def __init__(self, ca: Path | None, within: float, connections: int, most: int) -> None:
        self._within, self._most = within, most
        self._free = threading.BoundedSemaphore(connections)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        if ca is None:
            self._tls.load_default_certs()
        else:
            self._tls.load_verify_locations(ca)

    def ask(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer | NoAnswer:
        return self.in_turn(lambda left: self.exchange(method, url, headers or {}, body, left))

    def in_turn(self, ask: Callable[[float], Answer | NoAnswer]) -> Answer | NoAnswer:
        """Waiting for one's turn is part of the time an answer may take."""
        end = time.monotonic() + self._within
        if not self._free.acquire(timeout=self._within):
            return NoAnswer("busy")
        try:
            left = end - time.monotonic()
            return ask(left) if left > 0 else NoAnswer("busy")
        finally:
            self._free.release()

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, seconds: float
    ) -> Answer | NoAnswer:
        """One question within ``seconds``; to be called in turn."""
        with Deadline(seconds) as deadline:
            try:
                return self._ask(method, url, headers, body, deadline)
            except ssl.SSLCertVerificationError as error:
                return NoAnswer("certificate", error.verify_message)
            except _NO_ANSWER as error:
                return NoAnswer("slow" if deadline.is_over else "unreachable", type(error).__name__)

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, deadline: Deadline
    ) -> Answer | NoAnswer:
        parts = urlsplit(url)
        if parts.scheme != "https":
            raise ValueError(parts.scheme)
        host, port = parts.hostname or "", parts.port or 443
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with _line(host, port, deadline) as line:
            deadline.watch(line)
            with self._tls.wrap_socket(line, server_hostname=host) as safe:
                connection = http.client.HTTPConnection(host, port)
                connection.sock = safe
                connection.request(method, path, body, {"Connection": "close", **headers})
                answer = connection.getresponse()
                content = answer.read(self._most + 1)
                if deadline.is_over or len(content) > self._most or answer.length:
                    return NoAnswer("slow" if deadline.is_over else "unreachable")
                return Answer(answer.status, content, answer.getheader("Location") or "")


def _line(host: str, port: int, deadline: Deadline) -> socket.socket:
    """All addresses of the host within the time; only looking up its name takes the resolver's own."""
    failed = OSError("no address")
    for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection((str(place[0]), port), timeout=max(deadline.left(), _LEAST_SECONDS))
        except OSError as error:
            failed = error
    raise failed
