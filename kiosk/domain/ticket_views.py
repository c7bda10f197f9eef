"""A person's own tickets as the hub tells them, for reading only. Codes stay text: a newer hub may know more."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.campus import Text


class Act(StrEnum):
    """What a requester does with a ticket of theirs."""

    COMMENT = "comment"  # while the desk waits for the requester, this is the reply
    WITHDRAW = "withdraw"
    REOPEN = "reopen"  # not solved after all
    CONFIRM = "confirm"  # solved
    DISOWN = "disown"  # a report made in the person's name, not by them


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a ticket's history. ``what`` is a stable code: created, answered, commented, reopened, approved,
    escalated, overdue, state:<state> …; ``by`` kiosk, desk, requester, approver or hub; ``text`` what was written,
    plain."""

    at: datetime
    by: str
    what: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody has to agree before a request is worked on: ``who`` by their post, never by name; ``since`` when they
    were asked. Without a decision by ``remind_by`` the head of the service is told. Times are aware; ``about`` as
    ``respond_about`` of a ticket."""

    who: Text
    since: datetime
    remind_by: datetime
    about: bool = False


@dataclass(frozen=True, slots=True)
class TicketView:
    """``state`` as in domain/tickets.py; times are aware; ``None`` where nothing was promised.

    ``approval`` stays after the decision; ``goes_to`` is whose a complaint is, by their post. ``respond_about``,
    ``resolve_about``: the holidays of those days are not published yet.
    """

    reference: str
    title: Text
    place: Text
    type: str
    state: str
    created_at: datetime
    respond_by: datetime | None
    resolve_by: datetime | None
    history: tuple[Step, ...]
    service: str = ""  # catalogue id, '' where the hub no longer has it
    symptom: str = ""
    claimed: bool = False  # made in the person's name without proof: can be disowned
    approval: Approval | None = None
    goes_to: Text | None = None
    respond_about: bool = False
    resolve_about: bool = False


@dataclass(frozen=True, slots=True)
class Acted:
    """The hub has done it; the ticket is in ``state`` now. ``may_rate``: whoever said that it
    is solved may say how it went; nobody rates a case they worked on."""

    reference: str
    state: str
    may_rate: bool = True


@dataclass(frozen=True, slots=True)
class TicketList:
    """Newest first, at most 50, of the last ``months`` months. ``as_of``: when the campus's own helpdesk last told what
    is new; ``None`` where the hub's tickets are all there is."""

    tickets: tuple[TicketView, ...]
    months: int
    as_of: datetime | None = None
