"""What GLPI 11 answers to what the hub asks: sign-in, tickets, their timeline, categories."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.real.helpdesk.recorded import Answer, Asked, Clock

ACCOUNT = {"client_id": "hub", "client_secret": "a client's secret", "username": "hub", "password": "a password"}
#: By number; 4 is one that the hub's account may not see.
CATEGORIES = {1: "IT", 2: "IT > Network", 3: "Complaints"}
#: A token is taken this long.
LIFETIME = timedelta(hours=1)
_EQUALS = re.compile(r'external_id=="([^"]*)"')


@dataclass
class GlpiShape:
    clock: Clock
    account: dict[str, str] = field(default_factory=lambda: dict(ACCOUNT))
    tokens: dict[str, datetime] = field(default_factory=dict)
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    timelines: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    written: int = 0
    articles: dict[int, dict[str, Any]] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer:
        _, _, path = asked.path.partition("/api.php/")
        if path == "token":
            return self._signed_in(asked)
        until = self.tokens.get(asked.login.removeprefix("Bearer "))
        if until is None or until <= self.clock.now():
            return Answer(401, {"status": "ERROR_SESSION_TOKEN_INVALID", "title": "", "detail": None})
        match asked.method, path.removeprefix("v2/").split("/"):
            case "GET", ["Assistance", "Ticket"]:
                return self._listed(asked.query)
            case "POST", ["Assistance", "Ticket"]:
                return self._made(asked.body)
            case "GET" | "PATCH" as method, ["Assistance", "Ticket", key] if int(key) in self.tickets:
                return Answer(200, self.tickets[int(key)]) if method == "GET" else self.put(int(key), asked.body)
            case "GET", ["Assistance", "Ticket", key, "Timeline"]:
                return Answer(200, self.timelines[int(key)])
            case "POST", ["Assistance", "Ticket", key, "Timeline", "Followup"]:
                return Answer(200, {"id": self.said(int(key), asked.body), "href": asked.path})
            case "GET", ["Dropdowns", "ITILCategory", key] if int(key) in CATEGORIES:
                return Answer(200, {"id": int(key), "name": CATEGORIES[int(key)], "completename": CATEGORIES[int(key)]})
            case "GET", ["Knowledgebase", "Article"]:
                start, limit = int(asked.query["start"]), int(asked.query["limit"])
                return Answer(200, list(self.articles.values())[start : start + limit])
            case "GET", ["Knowledgebase", "Article", key] if int(key) in self.articles:
                return Answer(200, self.articles[int(key)])
            case "GET", ["Management", "Document", key, "Download"] if key in self.documents:
                return Answer(200, raw=self.documents[key])
        return Answer(404, {"status": "ERROR_ITEM_NOT_FOUND", "title": "Not found", "detail": None})

    def write(self, key: int, name: str, content: str, category: str = "校园网", **more: Any) -> None:
        dates = {"date_mod": self._now(), "date_begin": None, "date_end": None, **more}
        categories = [{"id": 1, "name": category}]
        self.articles[key] = {"id": key, "name": name, "content": content, "categories": categories, **dates}

    def put(self, key: int, fields: dict[str, Any]) -> Answer:
        if "status" in fields:
            fields = {**fields, "status": {"id": fields["status"]["id"], "name": "…"}}
        if not set(fields) <= {"status", "urgency"} or fields.get("urgency", 1) not in range(1, 6):
            return Answer(400, {"status": "ERROR_INVALID_PARAMETER", "title": "", "detail": None})
        self.tickets[key] |= {**fields, "date_mod": self._now()}
        return Answer(200, self.tickets[key])

    def said(self, key: int, fields: dict[str, Any], kind: str = "Followup", *, dated: bool = True) -> int:
        self.written += 1
        dates = {"date_creation": self._now()} if dated else {}
        self.timelines[key].append({"type": kind, "item": {**fields, "id": self.written, **dates}})
        self.tickets[key]["date_mod"] = self._now()
        return self.written

    def _signed_in(self, asked: Asked) -> Answer:
        wanted = {**self.account, "grant_type": "password", "scope": "api"}
        if asked.method != "POST" or asked.body != wanted:
            return Answer(400, {"error": "invalid_grant", "error_description": "The user credentials were incorrect."})
        token = f"token-{len(self.tokens)}"
        self.tokens[token] = self.clock.now() + LIFETIME
        return Answer(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": token})

    def _made(self, body: dict[str, Any]) -> Answer:
        if body["category"]["id"] not in CATEGORIES or body["urgency"] not in range(1, 6):
            return Answer(400, {"status": "ERROR_INVALID_PARAMETER", "title": "", "detail": None})
        key = len(self.tickets) + 1
        dates = {"date_creation": self._now(), "date_mod": self._now()}
        self.tickets[key] = {"id": key, "status": {"id": 1, "name": "New"}, **body, **dates}
        self.timelines[key] = []
        return Answer(201, {"id": key, "href": f"/Assistance/Ticket/{key}"})

    def _listed(self, query: dict[str, str]) -> Answer:
        """A filter that is not understood is told with a good status."""
        rows, wanted = list(self.tickets.values()), query.get("filter", "")
        if found := _EQUALS.fullmatch(wanted):
            rows = [one for one in rows if one["external_id"] == found[1]]
        elif wanted not in ("", "external_id=notempty="):
            return Answer(200, {"status": "ERROR", "title": "RSQL query has invalid filters", "detail": None})
        if query.get("sort") == "date_mod:desc":
            rows.sort(key=lambda one: str(one["date_mod"]), reverse=True)
        start, limit = int(query.get("start", "0")), int(query.get("limit", "100"))
        shown = rows[start : start + limit]
        return Answer(206 if start + limit < len(rows) else 200, shown)

    def _now(self) -> str:
        return self.clock.now().isoformat()
