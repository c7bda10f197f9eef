"""Zammad 6 over its REST interface (docs.zammad.org/en/latest/api).

A ticket carries our operation id in an attribute of its own, an article in its subject. Tickets are searched by
``condition``, which the database answers at once; ``query`` is answered by an index that may be minutes behind. What a
requester adds is an internal note: staff are told of it, the requester is not mailed their own words. Articles of staff
that are not internal are what requesters read; what triggers send is the system's, and no answer.
"""

from typing import Any
from urllib.parse import quote

from kiosk.domain.tickets import TicketState
from kiosk.hub.campus.helpdesk_line import HelpdeskLine, Told, listed, moment_of, number_of, object_of
from kiosk.hub.campus.plain_from_html import plain_from_html
from kiosk.hub.campus.rest_helpdesk import Page, Standing, Wanted
from kiosk.hub.helpdesk_port import Filed, Filing, Rejected, Remark, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_PAGE = 100
_PLAIN = "text/plain"
_STAFF, _REQUESTER = "Agent", "Customer"
#: Names instead of numbers in an answer.
_NAMES = {"expand": "true"}


class ZammadLine:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._line, self._login = HelpdeskLine(settings, "api/v1"), f"Token token={settings.token.reveal()}"

    def ask(
        self, method: str, path: str, params: dict[str, str] | None = None, body: dict[str, Any] | None = None
    ) -> Told | Silent | Rejected:
        return self._line.ask(method, path, login=self._login, params=params, body=body)

    def fetch(self, path: str) -> bytes | Silent | Rejected:
        answer = self._line.fetch("GET", path, login=self._login)
        return answer if not isinstance(answer, Told) else bytes(answer.data)

    def rows(self, path: str, params: dict[str, str] | None = None) -> list[dict[str, Any]] | Silent | Rejected:
        return listed(self.ask("GET", path, params))


class Zammad:
    def __init__(self, settings: HelpdeskSettings) -> None:
        self._settings, self._mapping, self._line = settings, settings.mapping, ZammadLine(settings)

    def find(self, filing: Filing) -> Filed | Silent | Rejected | None:
        field = self._settings.operation_field
        some = self._line.rows("tickets", {**_NAMES, "page": "1", "per_page": "1"})
        if not isinstance(some, list):
            return some
        if any(field not in one for one in some):
            return Silent("mark cannot be searched", sure=True)  # not finding it would mean nothing
        rows = listed(self._search("is", filing.op, 1))
        if not isinstance(rows, list):
            return rows
        ours = sorted(number_of(one.get("id")) for one in rows if one.get(field) == filing.op)
        return Filed(str(ours[0])) if ours else None

    def make(self, filing: Filing) -> Told | Silent | Rejected:
        body = {
            "title": filing.subject,
            "group": self._mapping.queue(filing.team),
            "customer_id": f"guess:{filing.requester or self._settings.customer}",
            "priority": self._mapping.priorities[filing.priority],
            "state": self._mapping.states[TicketState.NEW],
            self._settings.operation_field: filing.op,
            "article": {
                "subject": filing.op,
                "body": filing.text,
                "content_type": _PLAIN,
                "type": "web" if filing.requester else "note",
                "sender": _REQUESTER,
                "internal": False,
            },
        }
        return self._line.ask("POST", "tickets", body=body)

    def has_said(self, key: str, op: str) -> bool | Silent | Rejected:
        articles = self._articles(key)
        return any(one.get("subject") == op for one in articles) if isinstance(articles, list) else articles

    def say(self, key: str, op: str, text: str) -> Told | Silent | Rejected:
        note = {"ticket_id": number_of(key), "subject": op, "body": text, "content_type": _PLAIN}
        return self._line.ask(
            "POST", "ticket_articles", body={**note, "type": "note", "sender": _STAFF, "internal": True}
        )

    def look(self, key: str) -> Standing | Silent | Rejected:
        answer = self._line.ask("GET", _ticket(key), _NAMES)
        if not isinstance(answer, Told):
            return answer
        ticket = object_of(answer.data)
        customer = str(ticket.get("customer") or "")
        nobody = customer.casefold() in ("", "-", self._settings.customer.casefold())
        return Standing(
            str(ticket.get("state")),
            str(ticket.get("priority")),
            frozenset() if nobody else frozenset({customer}),
            answer.at,
            str(ticket.get(self._settings.operation_field) or ""),
        )

    def put(self, key: str, wanted: Wanted) -> Told | Silent | Rejected:
        body: dict[str, Any] = {"customer": self._settings.customer} if wanted.forget_requester else {}
        if wanted.status is not None:
            body["state"] = wanted.status
        if wanted.priority is not None:
            body["priority"] = wanted.priority
        return self._line.ask("PUT", _ticket(key), body=body)

    def remarks(self, key: str, after: int, standing: Standing) -> tuple[Remark, ...] | Silent | Rejected:
        articles = self._articles(key)
        if not isinstance(articles, list):
            return articles
        found = []
        for one in articles:
            number, at, sender = number_of(one.get("id")), moment_of(one.get("created_at")), one.get("sender")
            hidden = one.get("internal") is not False or sender not in (_STAFF, _REQUESTER)
            if hidden or number <= after or at is None or (standing.mark and one.get("subject") == standing.mark):
                continue
            text = str(one.get("body") or "")
            is_html = str(one.get("content_type")).startswith("text/html")
            found.append(Remark(number, at, sender == _REQUESTER, plain_from_html(text) if is_html else text))
        return tuple(found)

    def page(self, number: int) -> Page | Silent | Rejected:
        answer = self._search("contains", "-", number)  # every mark has one
        rows = listed(answer)
        if not isinstance(answer, Told):
            return answer
        if not isinstance(rows, list):
            return rows
        ours = [one for one in rows if one.get(self._settings.operation_field)]
        dated = ((str(one.get("id")), moment_of(one.get("updated_at"))) for one in ours)
        return Page(tuple((key, at) for key, at in dated if at is not None), len(rows) < _PAGE, answer.at)

    def _search(self, operator: str, value: str, page: int) -> Told | Silent | Rejected:
        condition = {f"ticket.{self._settings.operation_field}": {"operator": operator, "value": value}}
        order = {"sort_by": "updated_at", "order_by": "desc", "page": page, "per_page": _PAGE}
        return self._line.ask("POST", "tickets/search", body={"condition": condition, **order, "expand": True})

    def _articles(self, key: str) -> list[dict[str, Any]] | Silent | Rejected:
        return self._line.rows(f"ticket_articles/by_ticket/{quote(key, safe='')}", _NAMES)


def _ticket(key: str) -> str:
    return f"tickets/{quote(key, safe='')}"
