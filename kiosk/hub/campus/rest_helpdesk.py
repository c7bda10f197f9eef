"""What every helpdesk behind a REST interface has in common: it has no idempotency key and notes changes by the second.

A ticket and a remark carry our operation id; it is searched for before anything is repeated. A state or a priority is
set, looked at, and, when it is set again, only where staff have not gone on meanwhile. What is asked for in which words
is the Dialect's.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.hub.campus.helpdesk_line import Told, object_of
from kiosk.hub.helpdesk_mapping import Mapping
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Glance, Rejected, Remark, RemoteTicket, Silent

#: Most pages that are turned: further back nobody waits for news.
MOST_PAGES = 50
#: Within this time a ticket may change again and look as before.
SETTLES = timedelta(seconds=2)
#: What is about the ticket that is to be made, and stays so.
_ABOUT_IT = ("400", "413", "422")


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket as it is there; ``status`` and ``priority`` in their words. ``requesters``: who is written to, by their
    names of them. ``at``: the server's time. ``mark``: the operation id it carries, where that is needed."""

    status: str
    priority: str
    requesters: frozenset[str] = frozenset()
    at: datetime | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set, in their words; ``None`` stays."""

    status: str | None = None
    priority: int | str | None = None
    forget_requester: bool = False

    def __bool__(self) -> bool:
        return self.status is not None or self.priority is not None or self.forget_requester


@dataclass(frozen=True, slots=True)
class Page:
    """Tickets of ours by key and time of change, the newest change first; ``at``: the server's time."""

    tickets: tuple[tuple[str, datetime], ...]
    is_last: bool
    at: datetime | None


class Dialect(Protocol):
    """Each is a question or a few; none raises."""

    def find(self, filing: Filing) -> Filed | Silent | Rejected | None:
        """``None``: it is certain that there is no ticket with this mark."""
        ...

    def make(self, filing: Filing) -> Told | Silent | Rejected:
        """The answer holds its ``id``."""
        ...

    def has_said(self, key: str, op: str) -> bool | Silent | Rejected: ...

    def say(self, key: str, op: str, text: str) -> Told | Silent | Rejected: ...

    def look(self, key: str) -> Standing | Silent | Rejected: ...

    def put(self, key: str, wanted: Wanted) -> Told | Silent | Rejected: ...

    def remarks(self, key: str, after: int, standing: Standing) -> tuple[Remark, ...] | Silent | Rejected: ...

    def page(self, number: int) -> Page | Silent | Rejected:
        """From 1."""
        ...


class RestHelpdesk:
    def __init__(self, dialect: Dialect, mapping: Mapping) -> None:
        self._dialect, self._mapping = dialect, mapping

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected:
        if again:
            found = self._dialect.find(filing)
            if found is not None:
                return found if isinstance(found, Filed) else nothing_done(found)
        answer = self._dialect.make(filing)
        if isinstance(answer, Rejected) and answer.why in _ABOUT_IT and filing.requester:
            answer = self._dialect.make(replace(filing, requester=""))  # staff read the address in the text
        if isinstance(answer, Rejected) and answer.why not in _ABOUT_IT:
            return nothing_done(answer)  # about the way there, which somebody mends
        if not isinstance(answer, Told):
            return answer
        key = object_of(answer.data).get("id")
        return Filed(str(key)) if key else Silent("no id")

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:
        if change.text:
            said = self._say(key, change, again)
            if not isinstance(said, Done):
                return said
        wanted = Wanted(
            None if change.state is None else self._mapping.states[change.state],
            None if change.priority is None else self._mapping.priorities[change.priority],
            change.forget_requester,
        )
        still = self._still(key, change, wanted) if again and wanted else wanted
        if not isinstance(still, Wanted):
            return still
        return self._set(key, still) if still else Done()

    def read(self, key: str, after: int) -> RemoteTicket | Silent | Rejected:
        standing = self._dialect.look(key)
        if not isinstance(standing, Standing):
            return standing
        remarks = self._dialect.remarks(key, after, standing)
        if not isinstance(remarks, tuple):
            return remarks
        ordered = tuple(sorted((one for one in remarks if one.number > after), key=lambda remark: remark.number))
        return RemoteTicket(key, standing.status, standing.priority, ordered)

    def changed_since(self, moment: datetime | None) -> tuple[Glance, ...] | Silent | Rejected:
        found: list[Glance] = []
        for number in range(1, MOST_PAGES + 1):
            page = self._dialect.page(number)
            if not isinstance(page, Page):
                return page
            for key, changed in page.tickets:
                if moment is not None and changed < moment:
                    return tuple(found)
                found.append(Glance(key, stamp_of(changed, page.at), changed))
            if page.is_last:
                break
        return tuple(found)

    def _say(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:
        if again:
            there = self._dialect.has_said(key, change.op)
            if not isinstance(there, bool):
                return nothing_done(there)
            if there:
                return Done()
        said = self._dialect.say(key, change.op, change.text)
        return Done() if isinstance(said, Told) else said

    def _still(self, key: str, change: Change, wanted: Wanted) -> Wanted | Silent | Rejected:
        """What of it is neither there already nor overtaken by staff since it was sent first."""
        stands = self._dialect.look(key)
        if not isinstance(stands, Standing):
            return nothing_done(stands)
        if change.was_status and stands.status != change.was_status:
            wanted = replace(wanted, status=None)
        if change.was_priority and stands.priority != change.was_priority:
            wanted = replace(wanted, priority=None)
        return wanted

    def _set(self, key: str, wanted: Wanted) -> Done | Silent | Rejected:
        """A field that is not taken may be told in words, with a good status: what counts is what is there after."""
        answer = self._dialect.put(key, wanted)
        if not isinstance(answer, Told):
            return answer
        after = self._dialect.look(key)
        if not isinstance(after, Standing):
            return after
        if wanted.status is not None and after.status != wanted.status:
            return Rejected("status not taken")
        if wanted.priority is not None and after.priority != str(wanted.priority):
            return Rejected("priority not taken")
        return Rejected("requester not taken") if wanted.forget_requester and after.requesters else Done()


def stamp_of(changed: datetime, now: datetime | None) -> str:
    """'' where it may change again within the same second. ``now``: the server's time."""
    return changed.isoformat() if now is not None and now - changed > SETTLES else ""


def nothing_done(answer: Silent | Rejected) -> Silent:
    """A search that was not answered did nothing, and says nothing."""
    return replace(answer, sure=True) if isinstance(answer, Silent) else Silent(answer.why, sure=True)
