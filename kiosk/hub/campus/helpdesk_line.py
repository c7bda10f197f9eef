"""The way to a helpdesk: one question over HTTPS, one answer within its time, or none."""

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
import requests
import urllib3

from kiosk.hub.campus.posting import NO_ANSWER, body_of, own_session
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: Seconds to connect.
CONNECT = 5.0
#: Most of an answer that is read, bytes: a page of a hundred tickets has a tenth of it.
MOST_OF_ANSWER = 4 * 1024 * 1024
#: Longest that a server is left alone because it says so (RFC 9110 10.2.3), seconds.
LONGEST_RETRY_AFTER = 900.0
#: What is about us or about now: it may pass, and nothing was done.
_NOT_NOW = (401, 403, 409, 412, 423, 429)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """``at``: the server's time, ``None`` where it says none. ``data``: what stands in the answer, decoded."""

    status: int
    data: Any
    at: datetime | None


@dataclass(slots=True)
class HelpdeskLine:
    """``base``: what is asked for lies below the address of hub.toml and this. Used by many threads; while the server
    wants to be left alone none of them asks it."""

    settings: HelpdeskSettings
    base: str
    monotonic: Callable[[], float] = time.monotonic
    _alone_until: float = field(default=0.0, init=False)

    def ask(
        self,
        method: str,
        path: str,
        *,
        login: str = "",
        params: dict[str, str] | None = None,
        body: dict[str, Any] | list[Any] | None = None,
        form: dict[str, str] | None = None,
    ) -> Told | Silent | Rejected:
        """``login``: what stands behind ``Authorization``. Anything but a good answer in JSON is Silent or Rejected."""
        answer = self.fetch(method, path, login=login, params=params, body=body, form=form)
        if not isinstance(answer, Told):
            return answer
        try:
            return Told(answer.status, msgspec.json.decode(answer.data), answer.at)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return Silent("not JSON")

    def fetch(
        self,
        method: str,
        path: str,
        *,
        login: str = "",
        params: dict[str, str] | None = None,
        body: dict[str, Any] | list[Any] | None = None,
        form: dict[str, str] | None = None,
    ) -> Told | Silent | Rejected:
        """As ``ask``; ``data`` of a good answer are its bytes, whatever they are."""
        alone = self._alone_until - self.monotonic()
        if alone > 0:
            return Silent("retry-after", sure=True, wait=alone)
        wanted = self.settings
        last = time.monotonic() + wanted.answer_within
        headers = {"Accept": "application/json"}
        if login:
            headers["Authorization"] = login
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            with (
                own_session() as session,
                session.request(
                    method,
                    f"{wanted.url}/{self.base}/{path}",
                    params=params,
                    data=msgspec.json.encode(body) if body is not None else form,
                    headers=headers,
                    timeout=(min(CONNECT, wanted.answer_within), wanted.answer_within),
                    allow_redirects=False,
                    stream=True,
                    verify=str(wanted.ca) if wanted.ca else True,
                ) as answer,
            ):
                said = body_of(answer, MOST_OF_ANSWER, last)
                status, at = answer.status_code, _time(answer.headers.get("Date", ""))
                later = answer.headers.get("Retry-After", "")
        except NO_ANSWER as error:
            return Silent(type(error).__name__, sure=_never_arrived(error))
        wait = _seconds(later, at) if status in (429, 503) else 0.0
        self._alone_until = max(self._alone_until, self.monotonic() + wait)
        if said is None or len(said) > MOST_OF_ANSWER:
            return Silent("too late or too long", wait=wait)
        if status in _NOT_NOW:
            return Silent(str(status), sure=True, wait=wait)
        if status == 408 or status >= 500 or 300 <= status < 400:
            return Silent(str(status), wait=wait)
        if status >= 400:
            return Rejected(str(status))
        return Told(status, said, at)


def _never_arrived(error: BaseException) -> bool:
    """Whether it is certain that the server saw nothing of the question."""
    seen: set[int] = set()
    reasons: list[BaseException] = [error]
    while reasons:
        one = reasons.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError):
            return True
        if isinstance(one, ssl.SSLCertVerificationError | requests.exceptions.ConnectTimeout):
            return True
        inner = (*one.args, getattr(one, "reason", None), one.__cause__, one.__context__)
        reasons += [each for each in inner if isinstance(each, BaseException)]
    return False


def _time(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)  # "-0000"


def _seconds(retry_after: str, at: datetime | None) -> float:
    """A number of them, or the time when (RFC 9110 10.2.3)."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), LONGEST_RETRY_AFTER)
    until = _time(retry_after)
    return min(max((until - at).total_seconds(), 0.0), LONGEST_RETRY_AFTER) if until and at else 0.0


def object_of(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def rows_of(data: object) -> list[dict[str, Any]] | None:
    """``None`` where an answer is no list."""
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else None


def listed(answer: Told | Silent | Rejected, name: str = "") -> list[dict[str, Any]] | Silent | Rejected:
    """The rows of an answer that is a list, or an object with one as ``name``. What is neither is no answer: a mark
    that is not in it may be there all the same."""
    if not isinstance(answer, Told):
        return answer
    rows = rows_of(object_of(answer.data).get(name) if name else answer.data)
    return rows if rows is not None else Silent("not a list", sure=True)


def number_of(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def moment_of(value: object) -> datetime | None:
    """RFC 3339 with an offset; Request Tracker writes the Unix epoch for never."""
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.timestamp() > 0 else None
