"""GLPI 11 over its high-level interface (/api.php/doc).

A ticket carries our operation id as its external id, a follow-up in its last line: it has no other place for one. What
a requester adds is a private follow-up. What staff write as a public one is what requesters read, and a solution where
GLPI says when it was written. Nobody is entered as requester: the hub tells them itself.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from kiosk.hub.campus.helpdesk_line import HelpdeskLine, Told, listed, moment_of, number_of, object_of
from kiosk.hub.campus.plain_from_html import plain_from_html
from kiosk.hub.campus.rest_helpdesk import SETTLES, Page, Standing, Wanted
from kiosk.hub.helpdesk_port import Filed, Filing, Rejected, Remark, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_PAGE = 100
_TICKETS = "v2/Assistance/Ticket"
_INCIDENT = 1
_MARK = "[kiosk {op}]"
_ANY_MARK = _MARK.partition("{")[0]
#: Follow-ups and solutions are numbered apart: what orders them is the second they were written in, counted from here.
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


class GlpiLine:
    """Signs in when it is first asked, and again when GLPI no longer takes what it got then."""

    def __init__(self, settings: HelpdeskSettings) -> None:
        self._line, self._account = HelpdeskLine(settings, "api.php"), settings.account
        self._token = ""
        self._signing_in = threading.Lock()

    def ask(
        self, method: str, path: str, params: dict[str, str] | None = None, body: dict[str, Any] | None = None
    ) -> Told | Silent | Rejected:
        return self._signed_in(lambda login: self._line.ask(method, path, login=login, params=params, body=body))

    def fetch(self, path: str) -> bytes | Silent | Rejected:
        answer = self._signed_in(lambda login: self._line.fetch("GET", path, login=login))
        return answer if not isinstance(answer, Told) else bytes(answer.data)

    def rows(self, path: str, params: dict[str, str] | None = None) -> list[dict[str, Any]] | Silent | Rejected:
        """A wrong filter is told as an object, with a good status."""
        return listed(self.ask("GET", path, params))

    def _signed_in(self, ask: Callable[[str], Told | Silent | Rejected]) -> Told | Silent | Rejected:
        held = self._token
        if held:
            answer = ask(f"Bearer {held}")
            if not isinstance(answer, Silent) or answer.why != "401":
                return answer
        signed_in = self._sign_in(held)
        return ask(f"Bearer {signed_in}") if isinstance(signed_in, str) else signed_in

    def _sign_in(self, refused: str) -> str | Silent:
        with self._signing_in:
            if self._token != refused:  # another thread was faster
                return self._token
            assert self._account is not None
            form = {
                "grant_type": "password",
                "client_id": self._account.client_id,
                "client_secret": self._account.client_secret.reveal(),
                "username": self._account.user,
                "password": self._account.password.reveal(),
                "scope": "api",
            }
            answer = self._line.ask("POST", "token", form=form)
            if not isinstance(answer, Told):
                return Silent(f"sign-in:{answer.why}", sure=True)
            self._token = str(object_of(answer.data).get("access_token") or "")
            return self._token or Silent("sign-in:no token", sure=True)


class Glpi:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._mapping, self._line = settings.mapping, GlpiLine(settings)

    def find(self, filing: Filing) -> Filed | Silent | Rejected | None:
        rows = self._line.rows(_TICKETS, {"filter": f'external_id=="{filing.op}"', "limit": str(_PAGE)})
        if not isinstance(rows, list):
            return rows
        ours = sorted(number_of(one.get("id")) for one in rows if one.get("external_id") == filing.op)
        if rows and not ours:
            return Silent("mark cannot be searched", sure=True)  # not finding it would mean nothing
        return Filed(str(ours[0])) if ours else None

    def make(self, filing: Filing) -> Told | Silent | Rejected:
        body = {
            "name": filing.subject,
            "content": _html(filing.text),
            "type": _INCIDENT,
            "urgency": self._mapping.priorities[filing.priority],
            "category": {"id": number_of(self._mapping.queue(filing.team))},
            "external_id": filing.op,
        }
        return self._line.ask("POST", _TICKETS, body=body)

    def has_said(self, key: str, op: str) -> bool | Silent | Rejected:
        rows = self._line.rows(f"{_ticket(key)}/Timeline")
        return any(_MARK.format(op=op) in _content(one) for one in rows) if isinstance(rows, list) else rows

    def say(self, key: str, op: str, text: str) -> Told | Silent | Rejected:
        body = {"content": _html(f"{text}\n{_MARK.format(op=op)}"), "is_private": True}
        return self._line.ask("POST", f"{_ticket(key)}/Timeline/Followup", body=body)

    def look(self, key: str) -> Standing | Silent | Rejected:
        answer = self._line.ask("GET", _ticket(key))
        if not isinstance(answer, Told):
            return answer
        ticket = object_of(answer.data)
        status = str(object_of(ticket.get("status")).get("id"))
        return Standing(status, str(number_of(ticket.get("urgency"))), at=answer.at)

    def put(self, key: str, wanted: Wanted) -> Told | Silent | Rejected:
        body: dict[str, Any] = {}
        if wanted.status is not None:
            body["status"] = {"id": number_of(wanted.status)}
        if wanted.priority is not None:
            body["urgency"] = wanted.priority
        return self._line.ask("PATCH", _ticket(key), body=body) if body else self._line.ask("GET", _ticket(key))

    def remarks(self, key: str, after: int, standing: Standing) -> tuple[Remark, ...] | Silent | Rejected:
        """What was written in a second that is not over comes with the next look, all of it."""
        rows = self._line.rows(f"{_ticket(key)}/Timeline")
        if not isinstance(rows, list):
            return rows
        found = []
        for row in rows:
            item, at = object_of(row.get("item")), moment_of(object_of(row.get("item")).get("date_creation"))
            is_public = row.get("type") == "Solution" or (row.get("type") == "Followup" and not item.get("is_private"))
            if not is_public or at is None or _ANY_MARK in _content(row):
                continue
            number = int((at - _EPOCH).total_seconds())
            if number > after and standing.at is not None and standing.at - at > SETTLES:
                found.append(Remark(number, at, by_requester=False, text=plain_from_html(_content(row))))
        return tuple(found)

    def page(self, number: int) -> Page | Silent | Rejected:
        wanted = {"filter": "external_id=notempty=", "sort": "date_mod:desc", "start": str((number - 1) * _PAGE)}
        answer = self._line.ask("GET", _TICKETS, {**wanted, "limit": str(_PAGE)})
        rows = listed(answer)
        if not isinstance(answer, Told):
            return answer
        if not isinstance(rows, list):
            return rows
        dated = ((str(one.get("id")), moment_of(one.get("date_mod"))) for one in rows)
        return Page(tuple((key, at) for key, at in dated if at is not None), len(rows) < _PAGE, answer.at)


def _ticket(key: str) -> str:
    return f"{_TICKETS}/{quote(key, safe='')}"


def _content(row: dict[str, Any]) -> str:
    return str(object_of(row.get("item")).get("content") or "")


def _html(text: str) -> str:
    """Its texts are HTML; ours is none."""
    return f"<p>{escape(text)}</p>".replace("\n", "<br>")
