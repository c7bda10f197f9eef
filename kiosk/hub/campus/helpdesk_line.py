"""The way to a helpdesk: one question over HTTPS, one answer within its time, or none."""

import ssl
import time
from dataclasses import dataclass
from datetime import datetime
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
#: What is about us or about now: it may pass, and nothing was done.
_NOT_NOW = (401, 403, 409, 412, 423, 429)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """``at``: the server's time, ``None`` where it says none. ``data``: what stands in the answer, decoded."""

    status: int
    data: Any
    at: datetime | None


@dataclass(frozen=True, slots=True)
class HelpdeskLine:
    """``base``: what is asked for lies below the address of hub.toml and this."""

    settings: HelpdeskSettings
    base: str

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
        except NO_ANSWER as error:
            return Silent(type(error).__name__, sure=_never_arrived(error))
        if said is None or len(said) > MOST_OF_ANSWER:
            return Silent("too late or too long")
        if status in _NOT_NOW:
            return Silent(str(status), sure=True)
        if status == 408 or status >= 500 or 300 <= status < 400:
            return Silent(str(status))
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
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def object_of(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def rows_of(data: object) -> list[dict[str, Any]] | None:
    """``None`` where an answer is no list."""
    return [one for one in data if isinstance(one, dict)] if isinstance(data, list) else None


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
