"""HTTPS to a card system: one authority trusted, so many exchanges at once, each over within its seconds.

A change is sent with PUT to an address of its own. Where the answer is lost, that address is asked with GET, in the
same time: what came of it is known or not, and nothing is sent twice.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kiosk.deadline import Deadline
from kiosk.hub.card_settings import RestCards

#: Of the time a change may take, the part that is kept for asking what became of it.
ASK_SHARE = 1 / 3
#: A socket takes no wait of nothing at all.
_LEAST_SECONDS = 0.001
#: Most of an answer that is read, bytes: MOST_TRANSACTIONS movements with long names.
MOST_OF_ANSWER = 2 * 1024 * 1024
_NO_ANSWER = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """``why``: busy, certificate, slow, unreachable; with ``detail``, an exception's name."""

    why: str
    detail: str = ""


class CardHttp:
    """Used by many threads. Proxies and authorities of the environment do not count, nor does SSLKEYLOGFILE."""

    def __init__(self, settings: RestCards) -> None:
        parts = urlsplit(settings.url)
        self._host, self._port, self._path = parts.hostname or "", parts.port or 443, parts.path
        self._headers = {
            "Accept": "application/json",
            "Authorization": f"Bearer {settings.secret.reveal()}",
            "Connection": "close",
        }
        self._within = settings.answer_within
        self._free = threading.BoundedSemaphore(settings.connections)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._tls.minimum_version = ssl.TLSVersion.TLSv1_2
        self._tls.load_verify_locations(settings.ca)

    def get(self, path: str) -> Answer | NoAnswer:
        return self._in_turn(lambda left: self._exchange("GET", path, None, left))

    def change(self, path: str, body: bytes) -> Answer | NoAnswer:
        """Once: asked what became of it where the answer was lost. NoAnswer: nobody knows."""

        def sent(left: float) -> Answer | NoAnswer:
            first = self._exchange("PUT", path, body, left * (1 - ASK_SHARE))
            if isinstance(first, Answer) and first.status < 500:
                return first
            asked = self._exchange("GET", path, None, left * ASK_SHARE)
            return asked if isinstance(asked, Answer) and asked.status == 200 else NoAnswer("slow")

        return self._in_turn(sent)

    def _in_turn(self, ask: Callable[[float], Answer | NoAnswer]) -> Answer | NoAnswer:
        """Waiting for one's turn is part of the time an answer may take."""
        end = time.monotonic() + self._within
        if not self._free.acquire(timeout=self._within):
            return NoAnswer("busy")
        try:
            left = end - time.monotonic()
            return ask(left) if left > 0 else NoAnswer("busy")
        finally:
            self._free.release()

    def _exchange(self, method: str, path: str, body: bytes | None, seconds: float) -> Answer | NoAnswer:
        with Deadline(seconds) as deadline:
            try:
                return self._ask(method, path, body, deadline)
            except ssl.SSLCertVerificationError as error:
                return NoAnswer("certificate", error.verify_message)
            except _NO_ANSWER as error:
                return NoAnswer("slow" if deadline.is_over else "unreachable", type(error).__name__)

    def _line(self, deadline: Deadline) -> socket.socket:
        """All addresses of the host within the time; only looking up its name takes the resolver's own."""
        failed = OSError("no address")
        for *_, place in socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM):
            try:
                return socket.create_connection(
                    (str(place[0]), self._port), timeout=max(deadline.left(), _LEAST_SECONDS)
                )
            except OSError as error:
                failed = error
        raise failed

    def _ask(self, method: str, path: str, body: bytes | None, deadline: Deadline) -> Answer | NoAnswer:
        with self._line(deadline) as line:
            deadline.watch(line)
            with self._tls.wrap_socket(line, server_hostname=self._host) as safe:
                connection = http.client.HTTPConnection(self._host, self._port)
                connection.sock = safe
                headers = {**self._headers, **({"Content-Type": "application/json"} if body is not None else {})}
                connection.request(method, self._path + path, body, headers)
                answer = connection.getresponse()
                content = answer.read(MOST_OF_ANSWER + 1)
                if deadline.is_over or len(content) > MOST_OF_ANSWER or answer.length:
                    return NoAnswer("slow" if deadline.is_over else "unreachable")
                return Answer(answer.status, content)
