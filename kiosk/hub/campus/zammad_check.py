"""Whether Zammad will take what visitors report: token, groups and their rights, states, priorities, mark, customer."""

from collections.abc import Iterator
from typing import Any

from kiosk.hub.campus.helpdesk_line import Told, object_of
from kiosk.hub.campus.zammad import ZammadLine
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: Of a group; "full" is all of them.
_RIGHTS = ("read", "create", "change")


def check_zammad(settings: HelpdeskSettings) -> Iterator[Finding]:
    line = ZammadLine(settings)
    answer = line.ask("GET", "users/me")
    if not isinstance(answer, Told):
        refused = answer.why in ("401", "403")
        yield found(
            Level.BAD, "not_let_in" if refused else "no_answer", "token_file" if refused else "url", why=answer.why
        )
        return
    yield found(Level.GOOD, "account_let_in", url=settings.url)
    yield from _groups(line, settings, object_of(object_of(answer.data).get("group_ids")))
    mapping = settings.mapping
    states = [(f"states.{ours}", theirs) for ours, theirs in mapping.states.items()]
    yield from _named(line, "ticket_states", "no_state", states)
    priorities = [(f"priorities.{ours}", str(theirs)) for ours, theirs in mapping.priorities.items()]
    yield from _named(line, "ticket_priorities", "no_priority", priorities)
    yield from _mark(line, settings)
    yield from _customer(line, settings)


def _groups(line: ZammadLine, settings: HelpdeskSettings, rights: dict[str, Any]) -> Iterator[Finding]:
    rows = line.rows("groups")
    known = {one.get("name"): one for one in rows if one.get("active")} if isinstance(rows, list) else {}
    seen: set[str] = set()
    for team, queue in settings.mapping.queues.items():
        if queue in seen:
            continue
        seen.add(queue)
        at, group = f"queues.{team}", known.get(queue)
        if group is None:
            yield found(Level.BAD, "no_group", at, queue=queue)
            continue
        held = rights.get(str(group.get("id"))) or []
        missing = [] if "full" in held else [right for right in _RIGHTS if right not in held]
        if missing:
            yield found(Level.BAD, "group_rights", at, queue=queue, rights=", ".join(missing))
        else:
            yield found(Level.GOOD, "group", queue=queue)


def _named(line: ZammadLine, path: str, words: str, wanted: list[tuple[str, str]]) -> Iterator[Finding]:
    rows = line.rows(path)
    if not isinstance(rows, list):
        yield found(Level.NOTE, "unseen", path=path, why=rows.why)
        return
    known = {one.get("name") for one in rows if one.get("active", True)}
    seen: set[str] = set()
    for at, name in wanted:
        if name not in known and name not in seen:
            seen.add(name)
            yield found(Level.BAD, words, at, name=name, known=", ".join(sorted(map(str, known))))


def _mark(line: ZammadLine, settings: HelpdeskSettings) -> Iterator[Finding]:
    """Seen on any ticket: which attributes there are is told to administrators alone."""
    rows = line.rows("tickets", {"page": "1", "per_page": "1", "expand": "true"})
    field = settings.operation_field
    if not isinstance(rows, list) or not rows:
        yield found(Level.NOTE, "mark_unseen", field=field)
    elif field not in rows[0]:
        yield found(Level.BAD, "no_attribute", "operation_field", field=field)


def _customer(line: ZammadLine, settings: HelpdeskSettings) -> Iterator[Finding]:
    wanted = settings.customer.casefold()
    rows = line.rows("users/search", {"query": settings.customer, "limit": "10"})
    if isinstance(rows, list) and not any(
        wanted in (str(one.get("email")).casefold(), str(one.get("login")).casefold()) for one in rows
    ):
        yield found(Level.BAD, "no_customer", "customer", customer=settings.customer)
