"""What Zammad 6 answers to what the hub asks: tickets, articles, groups, states, priorities, users."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.real.helpdesk.recorded import Answer, Asked, Clock

TOKEN = "a zammad token long enough to be one"
FIELD = "kiosk_operation"
CUSTOMER = "kiosk@campus.test"
GROUPS = ("Helpdesk", "Network", "Complaints", "Elsewhere")
STATES = ("new", "open", "pending reminder", "pending close", "closed", "merged")
PRIORITIES = ("1 low", "2 normal", "3 high")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]+")
_REFUSED = Answer(401, {"error": "Authentication required"})


@dataclass
class ZammadShape:
    """``rights``: of the hub's account by group. ``fields``: attributes tickets have besides their own."""

    clock: Clock
    token: str = TOKEN
    rights: dict[str, list[str]] = field(default_factory=lambda: {group: ["full"] for group in GROUPS[:3]})
    fields: tuple[str, ...] = (FIELD,)
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    articles: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, bytes] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer:
        if asked.login != f"Token token={self.token}":
            return _REFUSED
        _, _, path = asked.path.partition("/api/v1/")
        match asked.method, path.split("/"):
            case "GET", ["users", "me"]:
                groups = {str(GROUPS.index(name) + 1): rights for name, rights in self.rights.items()}
                return Answer(200, {"id": 3, "login": "hub", "group_ids": groups})
            case "GET", ["users", "search"]:
                return Answer(200, [{"id": 9, "login": CUSTOMER, "email": CUSTOMER}])
            case "GET", ["groups" | "ticket_states" | "ticket_priorities" as what]:
                names = {"groups": GROUPS, "ticket_states": STATES, "ticket_priorities": PRIORITIES}[what]
                return Answer(200, [{"id": n, "name": name, "active": True} for n, name in enumerate(names, 1)])
            case "GET", ["tickets"]:
                return Answer(200, list(self.tickets.values())[: int(asked.query["per_page"])])
            case "POST", ["tickets", "search"]:
                return Answer(200, self._found(asked.body))
            case "POST", ["tickets"]:
                return self._made(asked.body)
            case "GET" | "PUT" as method, ["tickets", key] if int(key) in self.tickets:
                return Answer(200, self.tickets[int(key)]) if method == "GET" else self.put(int(key), asked.body)
            case "GET", ["ticket_articles", "by_ticket", key]:
                return Answer(200, [one for one in self.articles if one["ticket_id"] == int(key)])
            case "POST", ["ticket_articles"] if asked.body["ticket_id"] in self.tickets:
                return Answer(201, self.said(asked.body["ticket_id"], asked.body))
            case "POST", ["knowledge_bases", "init"]:
                return Answer(200, self.knowledge())
            case "GET", ["knowledge_bases", "1", "answers", key]:
                wanted = asked.query["include_contents"].split(",")
                contents = {id: {"id": int(id), "body": self.bodies[id], "attachments": []} for id in wanted}
                return Answer(200, {"id": int(key), "assets": {"KnowledgeBaseAnswerTranslationContent": contents}})
            case "GET", ["attachments", key] if key in self.attachments:
                return Answer(200, raw=self.attachments[key])
        return Answer(404, {"error": "No route matches"})

    def knowledge(self) -> dict[str, Any]:
        """As POST /api/v1/knowledge_bases/init; an account without a right gets an empty list."""
        if not self.answers:
            return {}
        translations = {str(one["id"]): one for answer in self.answers.values() for one in answer["translations"]}
        kept = {key: {name: one[name] for name in one if name != "translations"} for key, one in self.answers.items()}
        return {
            "KnowledgeBase": {"1": {"id": 1}},
            "KnowledgeBaseCategory": {"1": {"id": 1, "knowledge_base_id": 1}, "2": {"id": 2, "knowledge_base_id": 1}},
            "KnowledgeBaseCategoryTranslation": {
                "1": {"id": 1, "title": "校园网", "kb_locale_id": 1, "category_id": 1},
                "2": {"id": 2, "title": "Network", "kb_locale_id": 2, "category_id": 1},
                "3": {"id": 3, "title": "Internal", "kb_locale_id": 2, "category_id": 2},
            },
            "KnowledgeBaseAnswer": kept,
            "KnowledgeBaseAnswerTranslation": translations,
        }

    def write(self, key: int, texts: dict[str, str], *, category: int = 1, published: bool = True, **more: str) -> None:
        """``texts`` by title; ``more``: times of its own."""
        at = self._now()
        rows = []
        for place, (title, body) in enumerate(texts.items(), 1):
            id = key * 10 + place
            self.bodies[str(id)] = body
            rows.append(
                {"id": id, "title": title, "kb_locale_id": place, "answer_id": key, "content_id": id, "updated_at": at}
            )
        dates = {"published_at": at if published else None, "archived_at": None, "updated_at": at, **more}
        self.answers[str(key)] = {"id": key, "category_id": category, "tags": ["无线"], "translations": rows, **dates}

    def put(self, key: int, fields: dict[str, Any]) -> Answer:
        known = {"state": STATES, "priority": PRIORITIES, "customer": (CUSTOMER,)}
        for name, value in fields.items():
            if value not in known[name]:
                return Answer(422, {"error": f"No lookup value found for '{name}': {value!r}"})
        self.tickets[key] |= {**fields, "updated_at": self._now()}
        return Answer(200, self.tickets[key])

    def said(self, key: int, article: dict[str, Any]) -> dict[str, Any]:
        made = {**article, "id": len(self.articles) + 1, "ticket_id": key, "created_at": self._now()}
        self.articles.append(made)
        self.tickets[key]["updated_at"] = self._now()
        return made

    def _made(self, body: dict[str, Any]) -> Answer:
        rights = self.rights.get(body["group"], [])
        if body["group"] not in GROUPS or body["state"] not in STATES or body["priority"] not in PRIORITIES:
            return Answer(422, {"error": "No lookup value found"})
        if not {"full", "create"} & set(rights):
            return Answer(403, {"error": "Not authorized"})
        prefix, _, customer = body["customer_id"].partition(":")
        if prefix != "guess" or not _ADDRESS.fullmatch(customer):
            return Answer(422, {"error": "Invalid email of customer"})
        key = len(self.tickets) + 1
        kept = {name: body[name] for name in ("title", "group", "state", "priority")}
        kept |= {name: body.get(name) for name in self.fields}
        dates = {"created_at": self._now(), "updated_at": self._now()}
        self.tickets[key] = {"id": key, "number": str(31000 + key), "customer": customer.lower(), **kept, **dates}
        self.said(key, body["article"])
        return Answer(201, self.tickets[key])

    def _found(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """A condition on an attribute that does not exist finds nothing, and does not say so."""
        ((name, condition),) = body["condition"].items()
        _, _, attribute = name.partition(".")
        value = condition["value"]
        is_whole = {"is": True, "contains": False}[condition["operator"]]
        held = [(one, one.get(attribute) or "") for one in self.tickets.values()]
        rows = [one for one, mark in held if (mark == value if is_whole else value in mark)]
        rows.sort(key=lambda one: one[body["sort_by"]], reverse=body["order_by"] == "desc")
        start = (body["page"] - 1) * body["per_page"]
        return rows[start : start + body["per_page"]]

    def _now(self) -> str:
        return (
            (self.clock.now() + timedelta(milliseconds=123)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        )
