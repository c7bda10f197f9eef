"""Request Tracker 5 over its REST 2.0 interface (perldoc RT::REST2).

It has no idempotency key. A ticket carries our operation id in a custom field, a remark in its subject line; both are
searched for before anything is repeated. What a requester adds is a comment: staff are told of it, the requester is not
mailed their own words, and nothing is reopened unless the hub says so. What staff *reply* is what requesters read.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from kiosk.domain.tickets import TicketState
from kiosk.hub.campus.plain_from_html import plain_from_html
from kiosk.hub.campus.request_tracker_line import RequestTrackerLine, Told
from kiosk.hub.helpdesk_port import (
    Change,
    Done,
    Filed,
    Filing,
    Glance,
    Rejected,
    Remark,
    RemoteTicket,
    Silent,
)
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: Request Tracker's own maximum, and the most pages that are turned: further back nobody waits for news.
_PAGE, _MOST_PAGES = 100, 50
#: It notes changes by the second: within this time a ticket may change again and look as before.
_SETTLES = timedelta(seconds=2)
_PLAIN, _HTML = "text/plain", "text/html"

#: What is about the ticket that is to be made, and stays so.
_ABOUT_IT = ("400", "413", "422")


class RequestTracker:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._settings, self._mapping = settings, settings.mapping
        self._line = RequestTrackerLine(settings)

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected:
        queue = self._mapping.queue(filing.team)
        if again:
            found = self._find(filing.op, queue)
            if found is not None:
                return found
        body: dict[str, Any] = {
            "Queue": queue,
            "Subject": filing.subject,
            "Content": filing.text,
            "ContentType": _PLAIN,
            "Priority": self._mapping.priorities[filing.priority],
            "Status": self._mapping.states[TicketState.NEW],
            "CustomFields": {self._settings.operation_field: filing.op},
        }
        if filing.requester:
            body["Requestor"] = filing.requester
        answer = self._line.ask("POST", "ticket", body=body)
        if isinstance(answer, Rejected) and answer.why not in _ABOUT_IT:
            return Silent(answer.why, sure=True)  # about the way there, which somebody mends
        if not isinstance(answer, Told):
            return answer
        key = answer.data.get("id") if isinstance(answer.data, dict) else None
        return Filed(str(key)) if key else Silent("no id")

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:
        if change.text:
            said = self._comment(key, change, again)
            if not isinstance(said, Done):
                return said
        wanted: dict[str, Any] = {}
        if change.state is not None:
            wanted["Status"] = self._mapping.states[change.state]
        if change.priority is not None:
            wanted["Priority"] = self._mapping.priorities[change.priority]
        if change.forget_requester:
            wanted["Requestor"] = []
        return self._set(key, wanted) if wanted else Done()

    def read(self, key: str, after: int) -> RemoteTicket | Silent | Rejected:
        answer = self._line.ask("GET", f"ticket/{quote(key, safe='')}")
        if not isinstance(answer, Told):
            return answer
        ticket = _object(answer.data)
        requesters = {str(_object(one).get("id")) for one in ticket.get("Requestor") or []}
        remarks = self._remarks(key, after, requesters)
        if not isinstance(remarks, tuple):
            return remarks
        priority = self._mapping.priority(_number(ticket.get("Priority")))
        return RemoteTicket(key, str(ticket.get("Status")), priority, remarks)

    def changed_since(self, moment: datetime | None) -> tuple[Glance, ...] | Silent | Rejected:
        query = f"'CF.{{{self._settings.operation_field}}}' IS NOT NULL"
        wanted = {"query": query, "orderby": "LastUpdated", "order": "DESC", "fields": "LastUpdated"}
        found: list[Glance] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = self._line.ask("GET", "tickets", {**wanted, "per_page": str(_PAGE), "page": str(page)})
            if not isinstance(answer, Told):
                return answer
            items = _items(answer.data)
            for item in items:
                changed = _moment(item.get("LastUpdated"))
                if changed is None:
                    continue
                if moment is not None and changed < moment:
                    return tuple(found)
                settled = answer.at is not None and answer.at - changed > _SETTLES
                found.append(Glance(str(item.get("id")), changed.isoformat() if settled else "", changed))
            if len(items) < _PAGE:
                break
        return tuple(found)

    def _find(self, op: str, queue: str) -> Filed | Silent | Rejected | None:
        """``None``: it is certain that there is no ticket with this mark."""
        field = self._settings.operation_field
        shown = self._line.ask("GET", f"queue/{quote(queue, safe='')}")
        if not isinstance(shown, Told):
            return _nothing_done(shown)
        if field not in {_object(one).get("name") for one in _object(shown.data).get("TicketCustomFields") or []}:
            return Silent("mark cannot be searched", sure=True)  # not finding it would mean nothing
        wanted = {"query": f"'CF.{{{field}}}' = '{op}'", "orderby": "id", "order": "ASC", "fields": "CustomFields"}
        answer = self._line.ask("GET", "tickets", wanted)
        if not isinstance(answer, Told):
            return _nothing_done(answer)
        for item in _items(answer.data):
            if _marked(item, field, op):
                return Filed(str(item.get("id")))
        return None

    def _comment(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:
        if again:
            answer = self._line.ask(
                "POST", "attachments", body=[{"field": "Subject", "operator": "=", "value": change.op}]
            )
            if not isinstance(answer, Told):
                return _nothing_done(answer)
            if _items(answer.data):
                return Done()
        body = {"Subject": change.op, "Content": change.text, "ContentType": _PLAIN}
        said = self._line.ask("POST", f"ticket/{quote(key, safe='')}/comment", body=body)
        return Done() if isinstance(said, Told) else said

    def _set(self, key: str, wanted: dict[str, Any]) -> Done | Silent | Rejected:
        """A field that is not taken is told in words, with a good status: what counts is what is there afterwards."""
        path = f"ticket/{quote(key, safe='')}"
        answer = self._line.ask("PUT", path, body=wanted)
        if not isinstance(answer, Told):
            return answer
        after = self._line.ask("GET", path)
        if not isinstance(after, Told):
            return after
        ticket = _object(after.data)
        for name in ("Status", "Priority"):
            if name in wanted and str(ticket.get(name)) != str(wanted[name]):
                return Rejected(f"{name} not taken")
        if "Requestor" in wanted and ticket.get("Requestor"):
            return Rejected("Requestor not taken")
        return Done()

    def _remarks(self, key: str, after: int, requesters: set[str]) -> tuple[Remark, ...] | Silent | Rejected:
        """Replies, the newest first until a known one is met."""
        path = f"ticket/{quote(key, safe='')}/history"
        wanted = {"fields": "Type,Creator,Created", "orderby": "id", "order": "DESC", "per_page": str(_PAGE)}
        found: list[Remark] = []
        for page in range(1, _MOST_PAGES + 1):
            answer = self._line.ask("GET", path, {**wanted, "page": str(page)})
            if not isinstance(answer, Told):
                return answer
            items = _items(answer.data)
            for item in items:
                number, at = _number(item.get("id")), _moment(item.get("Created"))
                if number <= after or item.get("Type") != "Correspond" or at is None:
                    continue
                text = self._text(number)
                if not isinstance(text, str):
                    return text
                by_requester = str(_object(item.get("Creator")).get("id")) in requesters
                found.append(Remark(number, at, by_requester, text))
            if len(items) < _PAGE or any(_number(item.get("id")) <= after for item in items):
                break
        return tuple(sorted(found, key=lambda remark: remark.number))

    def _text(self, transaction: int) -> str | Silent | Rejected:
        wanted = {"fields": "ContentType,Filename,Content", "per_page": str(_PAGE)}
        answer = self._line.ask("GET", f"transaction/{transaction}/attachments", wanted)
        if not isinstance(answer, Told):
            return answer
        parts = [one for one in _items(answer.data) if not one.get("Filename")]
        for kind in (_PLAIN, _HTML):
            for part in parts:
                if str(part.get("ContentType")).startswith(kind):
                    text = str(part.get("Content") or "")
                    return plain_from_html(text) if kind == _HTML else text
        return ""


def _nothing_done(answer: Silent | Rejected) -> Silent:
    """A search that was not answered did nothing, and says nothing."""
    return Silent(answer.why, sure=True)


def _object(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _items(data: object) -> list[dict[str, Any]]:
    found = _object(data).get("items")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _marked(item: dict[str, Any], field: str, op: str) -> bool:
    """A query whose field is not known finds tickets that are not ours."""
    fields = item.get("CustomFields")
    shown = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    return any(one.get("name") == field and op in (one.get("values") or []) for one in shown)


def _number(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0


def _moment(value: object) -> datetime | None:
    """RFC 3339 with an offset; it writes the Unix epoch for never."""
    try:
        found = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.timestamp() > 0 else None
