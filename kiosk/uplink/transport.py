"""One exchange with the hub: limits, deadlines, and every way it can fail as a value."""

import http.client
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import urllib3

from kiosk.deadline import Deadline
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.uplink.http import HTTPAdapter, requests
from kiosk.uplink.pinned import PinnedAdapter
from kiosk.wire import routes

#: Seconds to connect, between two reads, and for a whole request with everything it needs.
CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
TOTAL_SECONDS = 8.0
#: Longest wait we let the hub ask for, seconds.
LONGEST_RETRY_AFTER = 3600.0
_CHUNK = 64 * 1024
#: What somebody who does not speak our language over this line looks like.
_GARBAGE = (
    ssl.SSLError,
    http.client.BadStatusLine,
    http.client.LineTooLong,
    requests.exceptions.InvalidHeader,
    requests.exceptions.ContentDecodingError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read whole. It is the hub's: it carries the hub's time. JSON is not looked at yet."""

    status: int
    body: bytes
    etag: str
    content_type: str
    retry_after: float


class Transport:
    """Used by one thread. ``hub`` is ``https://host:port``; ``heard`` gets the hub's time of every answer, errors too.

    Every exchange has a connection of its own: a kiosk speaks rarely, and an idle one is what middleboxes drop.
    ``line`` and ``deadline`` are where a simulation puts its network and its time. Where ``total_seconds`` are more
    than usual, so is the time between two reads.
    """

    def __init__(
        self,
        hub: str,
        ca_pem: str,
        heard: Callable[[datetime], None],
        total_seconds: float = TOTAL_SECONDS,
        line: HTTPAdapter | None = None,
        deadline: Callable[[float], Deadline] = Deadline,
    ) -> None:
        if not hub.startswith("https://"):
            raise ValueError("the hub's address must start with https://")
        self._hub = hub.rstrip("/")
        self._heard = heard
        self._total_seconds = total_seconds
        self._read_seconds = max(READ_SECONDS, total_seconds - CONNECT_SECONDS)
        self._new_deadline = deadline
        self._deadline: Deadline | None = None
        self._session = requests.Session()
        self._session.trust_env = False  # no proxies, no .netrc, no CA bundles from the environment
        self._session.headers.clear()
        self._session.adapters.clear()
        self._session.mount("https://", line or PinnedAdapter(ca_pem, self._watch))

    def _watch(self, connection: object) -> None:
        if self._deadline is not None:
            self._deadline.watch(connection)  # type: ignore[arg-type]

    @contextmanager
    def within_deadline(self) -> Iterator[None]:
        """All exchanges inside share TOTAL_SECONDS."""
        with self._new_deadline(self._total_seconds) as deadline:
            self._deadline = deadline
            try:
                yield
            finally:
                self._deadline = None

    def exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer | Unreachable:
        """Only inside ``within_deadline``."""
        deadline = self._deadline
        if deadline is None:
            raise RuntimeError("an exchange without a deadline")
        if deadline.left() == 0.0:
            return Unreachable(Unreached.TIMED_OUT)
        try:
            return self._exchange(method, path, body, headers, deadline)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return Unreachable(Unreached.TIMED_OUT if deadline.is_over else _why(error))
        finally:
            # Who does not answer "Connection: close" may still close: the next request must not go into that.
            self._session.close()

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], deadline: Deadline
    ) -> Answer | Unreachable:
        sent = {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close", **headers}
        if body is not None:
            sent["Content-Type"] = "application/json"
        limits = (min(CONNECT_SECONDS, deadline.left()), min(self._read_seconds, deadline.left()))
        with self._session.request(
            method, self._hub + path, data=body, headers=sent, timeout=limits, stream=True, allow_redirects=False
        ) as response:
            content = bytearray()
            for chunk in response.iter_content(_CHUNK):
                content += chunk
                if len(content) > routes.MAX_ANSWER:
                    return Unreachable(Unreached.NOT_THE_HUB)
            if deadline.is_over:
                return Unreachable(Unreached.TIMED_OUT)  # a cut looks like the end of a body without a length
            return self._answer(response, bytes(content))

    def _answer(self, response: requests.Response, content: bytes) -> Answer | Unreachable:
        retry_after = _seconds(response.headers.get("Retry-After", ""))
        hub_time = _hub_time(response.headers.get(routes.HUB_TIME_HEADER, ""))
        if hub_time is not None:
            self._heard(hub_time)
        if is_later(response.status_code):
            return Unreachable(Unreached.HUB_ERROR, retry_after, _is_not_now(response.status_code, hub_time))
        if hub_time is None:
            return Unreachable(Unreached.NOT_THE_HUB)
        return Answer(
            response.status_code,
            content,
            response.headers.get("ETag", ""),
            response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            retry_after,
        )

    def close(self) -> None:
        self._session.close()


def is_later(status: int) -> bool:
    """The same request may succeed another time."""
    return status in (408, 429) or status >= 500


def _is_not_now(status: int, hub_time: datetime | None) -> bool:
    """Too often, or a system behind the hub is silent: other questions are answered. A proxy says no hub's time."""
    return hub_time is not None and status in (429, 503)


def _hub_time(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _seconds(text: str) -> float:
    """Retry-After in seconds (RFC 9110 10.2.3); its date form is not used by our hub and counts as not said."""
    return min(float(text), LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() else 0.0


def _why(error: Exception) -> Unreached:
    """urllib3 and requests wrap each other's exceptions; what happened is the innermost one that tells."""
    seen: list[BaseException] = []
    stack: list[object] = [error]
    while stack:
        found = stack.pop()
        if isinstance(found, BaseException) and found not in seen:
            seen.append(found)
            stack += [found.__cause__, found.__context__, getattr(found, "reason", None), *found.args]
    if any(isinstance(found, ssl.SSLCertVerificationError) for found in seen):
        return Unreached.WRONG_CERTIFICATE
    if any(isinstance(found, urllib3.exceptions.NewConnectionError) for found in seen):
        return Unreached.NO_CONNECTION  # refused or no such name; urllib3 counts it among the time-outs
    if any(isinstance(found, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError) for found in seen):
        return Unreached.TIMED_OUT
    if any(isinstance(found, _GARBAGE) and not isinstance(found, ConnectionError) for found in seen):
        return Unreached.NOT_THE_HUB
    return Unreached.NO_CONNECTION
