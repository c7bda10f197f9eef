"""Whether GLPI will take what visitors report: client, account, right to tickets, categories."""

from collections.abc import Iterator

from kiosk.hub.campus.glpi import GlpiLine
from kiosk.hub.campus.helpdesk_line import Told, object_of
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.helpdesk_port import Rejected
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_SIGN_IN = "sign-in:"


def check_glpi(settings: HelpdeskSettings) -> Iterator[Finding]:
    line = GlpiLine(settings)
    rows = line.rows("v2/Assistance/Ticket", {"limit": "1"})
    if not isinstance(rows, list):
        if rows.why.startswith(f"{_SIGN_IN}4"):
            yield found(Level.BAD, "not_signed_in", "user", why=rows.why.removeprefix(_SIGN_IN))
        elif rows.why in ("401", "403"):
            yield found(Level.BAD, "no_ticket_right", "user", why=rows.why)
        else:
            yield found(Level.BAD, "no_answer", "url", why=rows.why)
        return
    yield found(Level.GOOD, "account_let_in", url=settings.url)
    seen: set[str] = set()
    for team, queue in settings.mapping.queues.items():
        if queue in seen:
            continue
        seen.add(queue)
        answer = line.ask("GET", f"v2/Dropdowns/ITILCategory/{queue}")
        if isinstance(answer, Told):
            name = object_of(answer.data).get("completename") or object_of(answer.data).get("name") or queue
            yield found(Level.GOOD, "category", queue=queue, name=name)
        elif isinstance(answer, Rejected):
            yield found(Level.BAD, "no_category", f"queues.{team}", queue=queue)
        else:
            yield found(Level.NOTE, "unseen", path=f"ITILCategory/{queue}", why=answer.why)
