"""Whether Request Tracker will take what visitors report: token, queues, mark, statuses, rights."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from kiosk.hub.campus.helpdesk_line import Told
from kiosk.hub.campus.request_tracker import RequestTrackerLine
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: Statuses of the lifecycle "default" as it is shipped.
_SHIPPED = frozenset({"new", "open", "stalled", "resolved", "rejected", "deleted"})


def check_request_tracker(settings: HelpdeskSettings) -> Iterator[Finding]:
    line = RequestTrackerLine(settings)
    answer = line.ask("GET", "rt")
    if not isinstance(answer, Told):
        refused = answer.why in ("401", "403")
        yield found(
            Level.BAD, "not_let_in" if refused else "no_answer", "token_file" if refused else "url", why=answer.why
        )
        return
    version = answer.data.get("Version", "") if isinstance(answer.data, dict) else ""
    yield found(Level.GOOD, "let_in", url=settings.url, version=version)
    yield from _queues(line, settings)
    yield from _statuses(line, settings)
    yield from _rights(line, settings)


def _queues(line: RequestTrackerLine, settings: HelpdeskSettings) -> Iterator[Finding]:
    field, seen = settings.operation_field, set[str]()
    for team, queue in settings.mapping.queues.items():
        if queue in seen:
            continue
        seen.add(queue)
        answer = line.ask("GET", f"queue/{quote(queue, safe='')}")
        if isinstance(answer, Silent | Rejected):
            yield found(Level.BAD, "no_queue", f"queues.{team}", queue=queue, why=answer.why)
            continue
        data: dict[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        links = [one for one in data.get("_hyperlinks", []) if isinstance(one, dict)]
        fields = {one.get("name") for one in data.get("TicketCustomFields") or [] if isinstance(one, dict)}
        may_create = any(one.get("ref") == "create" and one.get("type") == "ticket" for one in links)
        if not may_create:
            yield found(Level.BAD, "may_not_create", f"queues.{team}", queue=queue)
        if field not in fields:
            yield found(Level.BAD, "no_field", "operation_field", queue=queue, field=field)
        if may_create and field in fields:
            yield found(Level.GOOD, "queue", queue=queue, field=field)


def _statuses(line: RequestTrackerLine, settings: HelpdeskSettings) -> Iterator[Finding]:
    """Which statuses there are cannot be asked; one that is not shipped and that no ticket has may be misspelt."""
    names = [(f"states.{state}", status) for state, status in settings.mapping.states.items()]
    for at, status in names:
        if status in _SHIPPED:
            continue
        answer = line.ask("GET", "tickets", {"query": f"Status = '{status}'", "per_page": "1"})
        items = answer.data.get("items") if isinstance(answer, Told) and isinstance(answer.data, dict) else None
        if not items:
            yield found(Level.NOTE, "status_unseen", at, status=status)


def _rights(line: RequestTrackerLine, settings: HelpdeskSettings) -> Iterator[Finding]:
    """Seen on a ticket that is there: Request Tracker tells by its links what an account may."""
    query = f"'CF.{{{settings.operation_field}}}' IS NOT NULL"
    answer = line.ask("GET", "tickets", {"query": query, "orderby": "id", "order": "DESC", "per_page": "1"})
    data = answer.data if isinstance(answer, Told) and isinstance(answer.data, dict) else {}
    items = data.get("items") or []
    if not items:
        yield found(Level.NOTE, "no_ticket_yet")
        return
    shown = line.ask("GET", f"ticket/{quote(str(items[0].get('id')), safe='')}")
    links = shown.data.get("_hyperlinks", []) if isinstance(shown, Told) and isinstance(shown.data, dict) else []
    refs = {one.get("ref") for one in links if isinstance(one, dict)}
    missing = [
        right for right, ref in (("CommentOnTicket", "comment"), ("ModifyTicket", "lifecycle")) if ref not in refs
    ]
    if missing:
        yield found(Level.BAD, "may_not", "token_file", rights=", ".join(missing))
    else:
        yield found(Level.GOOD, "may")
