"""Request Tracker 5 over its REST 2.0 interface (perldoc RT::REST2).

A ticket carries our operation id in a custom field, a remark in its subject line. What a requester adds is a comment:
staff are told of it, the requester is not mailed their own words, and nothing is reopened unless the hub says so. What
staff *reply* is what requesters read.
"""

from typing import Any
from urllib.parse import quote

from kiosk.domain.tickets import TicketState
from kiosk.hub.campus.helpdesk_line import HelpdeskLine, Told, listed, moment_of, number_of, object_of, rows_of
from kiosk.hub.campus.plain_from_html import plain_from_html
from kiosk.hub.campus.rest_helpdesk import MOST_PAGES, Page, Standing, Wanted
from kiosk.hub.helpdesk_port import Filed, Filing, Rejected, Remark, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: Request Tracker's own maximum.
_PAGE = 100
#: What its lists stand as.
_ITEMS = "items"
_PLAIN, _HTML = "text/plain", "text/html"


class RequestTrackerLine:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._line, self._login = HelpdeskLine(settings, "REST/2.0"), f"token {settings.token.reveal()}"

    def ask(
        self,
        method: str,
        path: str,
        params: dict[str, str] | None = None,
        body: dict[str, Any] | list[Any] | None = None,
    ) -> Told | Silent | Rejected:
        return self._line.ask(method, path, login=self._login, params=params, body=body)


class RequestTracker:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._settings, self._mapping = settings, settings.mapping
        self._line = RequestTrackerLine(settings)

    def find(self, filing: Filing) -> Filed | Silent | Rejected | None:
        field, op = self._settings.operation_field, filing.op
        shown = self._line.ask("GET", f"queue/{quote(self._mapping.queue(filing.team), safe='')}")
        if not isinstance(shown, Told):
            return shown
        if field not in {object_of(one).get("name") for one in object_of(shown.data).get("TicketCustomFields") or []}:
            return Silent("mark cannot be searched", sure=True)  # not finding it would mean nothing
        wanted = {"query": f"'CF.{{{field}}}' = '{op}'", "orderby": "id", "order": "ASC", "fields": "CustomFields"}
        rows = listed(self._line.ask("GET", "tickets", wanted), _ITEMS)
        if not isinstance(rows, list):
            return rows
        for item in rows:
            if _marked(item, field, op):
                return Filed(str(item.get("id")))
        return None

    def make(self, filing: Filing) -> Told | Silent | Rejected:
        body: dict[str, Any] = {
            "Queue": self._mapping.queue(filing.team),
            "Subject": filing.subject,
            "Content": filing.text,
            "ContentType": _PLAIN,
            "Priority": self._mapping.priorities[filing.priority],
            "Status": self._mapping.states[TicketState.NEW],
            "CustomFields": {self._settings.operation_field: filing.op},
        }
        if filing.requester:
            body["Requestor"] = filing.requester
        return self._line.ask("POST", "ticket", body=body)

    def has_said(self, key: str, op: str) -> bool | Silent | Rejected:  # noqa: ARG002
        wanted = [{"field": "Subject", "operator": "=", "value": op}]
        rows = listed(self._line.ask("POST", "attachments", body=wanted), _ITEMS)
        return bool(rows) if isinstance(rows, list) else rows

    def say(self, key: str, op: str, text: str) -> Told | Silent | Rejected:
        body = {"Subject": op, "Content": text, "ContentType": _PLAIN}
        return self._line.ask("POST", f"{_ticket(key)}/comment", body=body)

    def look(self, key: str) -> Standing | Silent | Rejected:
        answer = self._line.ask("GET", _ticket(key))
        if not isinstance(answer, Told):
            return answer
        ticket = object_of(answer.data)
        requesters = frozenset(str(object_of(one).get("id")) for one in ticket.get("Requestor") or [])
        return Standing(str(ticket.get("Status")), str(number_of(ticket.get("Priority"))), requesters, answer.at)

    def put(self, key: str, wanted: Wanted) -> Told | Silent | Rejected:
        body: dict[str, Any] = {"Requestor": []} if wanted.forget_requester else {}
        if wanted.status is not None:
            body["Status"] = wanted.status
        if wanted.priority is not None:
            body["Priority"] = wanted.priority
        return self._line.ask("PUT", _ticket(key), body=body)

    def remarks(self, key: str, after: int, standing: Standing) -> tuple[Remark, ...] | Silent | Rejected:
        """Replies, the newest first until a known one is met."""
        wanted = {"fields": "Type,Creator,Created", "orderby": "id", "order": "DESC", "per_page": str(_PAGE)}
        found: list[Remark] = []
        for page in range(1, MOST_PAGES + 1):
            items = listed(self._line.ask("GET", f"{_ticket(key)}/history", {**wanted, "page": str(page)}), _ITEMS)
            if not isinstance(items, list):
                return items
            for item in items:
                number, at = number_of(item.get("id")), moment_of(item.get("Created"))
                if number <= after or item.get("Type") != "Correspond" or at is None:
                    continue
                text = self._text(number)
                if not isinstance(text, str):
                    return text
                by_requester = str(object_of(item.get("Creator")).get("id")) in standing.requesters
                found.append(Remark(number, at, by_requester, text))
            if len(items) < _PAGE or any(number_of(item.get("id")) <= after for item in items):
                break
        return tuple(found)

    def page(self, number: int) -> Page | Silent | Rejected:
        query = f"'CF.{{{self._settings.operation_field}}}' IS NOT NULL"
        wanted = {"query": query, "orderby": "LastUpdated", "order": "DESC", "fields": "LastUpdated"}
        answer = self._line.ask("GET", "tickets", {**wanted, "per_page": str(_PAGE), "page": str(number)})
        items = listed(answer, _ITEMS)
        if not isinstance(answer, Told):
            return answer
        if not isinstance(items, list):
            return items
        dated = ((str(item.get("id")), moment_of(item.get("LastUpdated"))) for item in items)
        return Page(tuple((key, at) for key, at in dated if at is not None), len(items) < _PAGE, answer.at)

    def _text(self, transaction: int) -> str | Silent | Rejected:
        """Which parts there are first, then the one that is read: what somebody attached to it is not fetched."""
        path = f"transaction/{transaction}/attachments"
        shown = {"fields": "ContentType,Filename", "orderby": "id", "per_page": str(_PAGE)}
        parts = listed(self._line.ask("GET", path, shown), _ITEMS)
        if not isinstance(parts, list):
            return parts
        for kind in (_PLAIN, _HTML):
            for place, part in enumerate(parts, 1):
                if part.get("Filename") or not str(part.get("ContentType")).startswith(kind):
                    continue
                only = {"fields": "Content", "orderby": "id", "per_page": "1", "page": str(place)}
                rows = listed(self._line.ask("GET", path, only), _ITEMS)
                if not isinstance(rows, list):
                    return rows
                text = "".join(str(one.get("Content") or "") for one in rows)
                return plain_from_html(text) if kind == _HTML else text
        return ""


def _ticket(key: str) -> str:
    return f"ticket/{quote(key, safe='')}"


def _marked(item: dict[str, Any], field: str, op: str) -> bool:
    """A query whose field is not known finds tickets that are not ours."""
    shown = rows_of(item.get("CustomFields")) or []
    return any(one.get("name") == field and op in (one.get("values") or []) for one in shown)
