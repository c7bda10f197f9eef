"""One HTTPS request to a gateway outside the campus, and what it answered: of limited size, in limited time."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import ConnectionPool, HTTPConnectionPool

from kiosk.deadline import Deadline

#: Seconds to connect, and for the answer.
TIMEOUT = (5.0, 15.0)
#: For all of it, seconds.
WITHIN = 30.0
_CHUNK = 64 * 1024
#: Most of an answer that is read, bytes.
MOST_OF_ANSWER = 64 * 1024
#: ``why`` then.
TOO_LATE = "too late"
#: What is about us or about now, and not about the message.
MAY_PASS = (401, 403, 408, 429)
#: What requests and what lies below it raise where no answer comes, or a header cannot be written.
NO_ANSWER = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Silent:
    """``why``: an exception's name, never its text, which holds the address."""

    why: str


def post(url: str, body: bytes, headers: Mapping[str, str | bytes], ca: Path | None) -> Said | Silent:
    """``ca`` ``None``: the authorities this machine trusts. Follows nobody elsewhere."""
    last = time.monotonic() + WITHIN
    try:
        with (
            Deadline(WITHIN) as deadline,
            own_session(deadline) as session,
            session.post(
                url,
                data=body,
                headers=dict(headers),
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
                verify=str(ca) if ca else True,
            ) as answer,
        ):
            said = body_of(answer, MOST_OF_ANSWER, last)
            if said is None or deadline.is_over:
                return Silent(TOO_LATE)
            return Said(answer.status_code, said[:MOST_OF_ANSWER].decode("utf-8", "replace"))
    except NO_ANSWER as error:
        return Silent(TOO_LATE if deadline.is_over else type(error).__name__)


def reach(url: str, ca: Path | None) -> Silent | None:
    """``None`` where something answers there and is trusted."""
    try:
        with Deadline(WITHIN) as deadline, own_session(deadline) as session:
            session.head(url, timeout=TIMEOUT, allow_redirects=False, verify=str(ca) if ca else True)
    except NO_ANSWER as error:
        return Silent(type(error).__name__)
    return None


def body_of(answer: requests.Response, most: int, last: float) -> bytes | None:
    """The first ``most`` bytes and at most one chunk more. ``None`` where they are not there at ``last``, monotonic
    seconds: a time-out of requests counts for each read, and reading a number of bytes waits for all of them, so that
    an answer that drips would have no end."""
    said = b""
    while len(said) <= most and (chunk := answer.raw.read1(_CHUNK, decode_content=True)):
        said += chunk
        if time.monotonic() > last:
            return None
    return said


def own_session(deadline: Deadline | None = None) -> requests.Session:
    """Whom it asks and trusts, and as whom, stands in hub.toml alone: not in ~/.netrc, not in the environment. TLS is
    cut off when ``deadline`` is over, wherever it is by then: also a handshake or a header may drip."""
    session = requests.Session()
    session.trust_env = False
    if deadline is not None:
        session.mount("https://", _Watched(deadline))
    return session


class _Watched(HTTPAdapter):
    """Gives its deadline every socket that is opened for it, before TLS begins."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def get_connection_with_tls_context(self, *asked: Any, **more: Any) -> ConnectionPool:
        pool, watch = super().get_connection_with_tls_context(*asked, **more), self._deadline.watch
        assert isinstance(pool, HTTPConnectionPool)

        class Connection(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                plain = super()._new_conn()
                watch(plain)
                return plain

        pool.ConnectionCls = Connection
        return pool
