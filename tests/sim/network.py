"""The line between one kiosk and the hub: under the kiosk's HTTP library, above the hub's application.

A request may not arrive, arrive late, arrive twice; an answer may be withheld, cut, or be somebody else's (a portal, a
proxy). What happened to a request never depends on whether its kiosk still waits, or still lives.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Any

from requests import ConnectionError as NoConnection
from requests import ConnectTimeout, PreparedRequest, ReadTimeout, Response
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict

from kiosk.deadline import Deadline
from tests.sim.course import Course
from tests.sim.hub_side import Reply


class Fate(Enum):
    """Of one exchange. ``weight`` on a line that is up, and on one in trouble."""

    FINE = "fine", 92.3, 30.0
    REFUSED = "refused", 0.5, 10.0  # no connection
    SWALLOWED = "swallowed", 0.5, 10.0  # the request never arrives, nothing is said
    WITHHELD = "withheld", 2.0, 15.0  # it takes effect, its answer never comes
    RESET = "reset", 1.0, 8.0  # the same, and the line says so
    CUT = "cut", 0.5, 5.0  # the answer ends early
    LATE = "late", 0.5, 5.0  # it takes effect after the kiosk has given up
    TWICE = "twice", 1.5, 8.0  # somebody on the way sends it again, up to hours later
    PORTAL = "portal", 0.4, 3.0  # a sign-in page of somebody else answers
    PROXY = "proxy", 0.8, 6.0  # a proxy's error page

    def __init__(self, word: str, up: float, trouble: float) -> None:
        self.word, self.up, self.trouble = word, up, trouble


_FATES = list(Fate)
_UP = [fate.up for fate in _FATES]
_TROUBLE = [fate.trouble for fate in _FATES]
#: Seconds one way, on a good line; how late a duplicate may come.
_WAY = (0.005, 0.08)
_LATEST_COPY = 3 * 3600.0
_PORTAL = Reply(200, {"content-type": "text/html"}, b"<html><title>Sign in</title>Welcome to Airport Wi-Fi</html>")
_PROXY = Reply(502, {"content-type": "text/html"}, b"<html>Bad gateway</html>")
_REFUSED_BY_PROXY = Reply(403, {"content-type": "application/json"}, b'{"code":"blocked","detail":"by policy"}')


@dataclass
class Weather:
    """``down_until``, ``trouble_until``, ``slow_until``: seconds of the course."""

    down_until: float = 0.0
    trouble_until: float = 0.0
    slow_until: float = 0.0


class VirtualDeadline(Deadline):
    """Counts in virtual time, where nothing has to be cut from outside: the line ends in time by itself."""

    def __init__(self, seconds: float, course: Course) -> None:
        super().__init__(seconds, lambda: course.now)

    def __enter__(self) -> Deadline:
        return self


class SimulatedLine(HTTPAdapter):
    """``take`` is the hub, ``None`` while it is down; ``sleep`` waits in the kiosk's own task."""

    def __init__(
        self,
        name: str,
        course: Course,
        random: Random,
        take: Callable[[PreparedRequest, str], Reply | None],
        sleep: Callable[[float], None],
    ) -> None:
        super().__init__(max_retries=0)
        self.weather = Weather()
        self._name, self._course, self._random = name, course, random
        self._take, self._sleep = take, sleep

    def send(self, request: PreparedRequest, *_: Any, timeout: Any = None, **__: Any) -> Response:
        connect, read = timeout
        fate = self._fate()
        if fate is not Fate.FINE:
            self._course.note(self._name, "line", fate.word)
        if fate is Fate.REFUSED:
            raise self._after(self._way(), NoConnection("planned"))
        if fate is Fate.SWALLOWED:
            raise self._after(self._random.choice((connect, read)), ConnectTimeout("planned"))
        if fate in (Fate.PORTAL, Fate.PROXY):
            self._sleep(self._way())
            answers = (_PORTAL,) if fate is Fate.PORTAL else (_PROXY, _REFUSED_BY_PROXY)
            return _response(request, self._random.choice(answers))
        there = read + self._random.uniform(0.1, 600.0) if fate is Fate.LATE else self._way()
        box: list[Reply | None] = []
        self._course.after(there, lambda: box.append(self._take(request, self._name)))
        if fate is Fate.TWICE:
            self._course.after(there + self._random.uniform(0.0, 1.0) ** 4 * _LATEST_COPY, self._take, request, "copy")
        back = self._way()
        if fate is Fate.WITHHELD or there + back > read:
            raise self._after(read, ReadTimeout("planned"))
        self._sleep(there + back)
        reply = box[0]
        if reply is None or fate is Fate.RESET:
            raise NoConnection("planned")
        if fate is Fate.CUT:
            reply = Reply(reply.status, reply.headers, reply.body[: self._random.randrange(len(reply.body) + 1)])
        return _response(request, reply)

    def _fate(self) -> Fate:
        if self._course.now < self.weather.down_until:
            return Fate.REFUSED
        weights = _TROUBLE if self._course.now < self.weather.trouble_until else _UP
        return self._random.choices(_FATES, weights)[0]

    def _way(self) -> float:
        slow = self._course.now < self.weather.slow_until
        return self._random.uniform(0.5, 4.0) if slow else self._random.uniform(*_WAY)

    def _after(self, seconds: float, error: Exception) -> Exception:
        self._sleep(seconds)
        return error


def _response(request: PreparedRequest, reply: Reply) -> Response:
    response = Response()
    response.status_code = reply.status
    response.headers = CaseInsensitiveDict(reply.headers)
    response.raw = io.BytesIO(reply.body)
    response.request, response.url = request, request.url or ""
    return response
