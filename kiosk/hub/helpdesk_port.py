"""What the hub asks of a campus's own helpdesk. Where none is named the hub's own tickets are all there is.

The hub's tickets stay the copy that visitors are answered from; a helpdesk is a second party: what happens here is sent
there (services/helpdesk_outbox.py), and what happens there is fetched into the copy (services/helpdesk_copy.py).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState

#: Most questions one ``create`` or ``change`` asks, each within helpdesk_settings.LONGEST_ANSWER.
MOST_QUESTIONS = 8


@dataclass(frozen=True, slots=True, repr=False)
class Filing:
    """A ticket as a helpdesk gets it, new whatever became of it here meanwhile, in the words its staff read. ``op`` is
    the ticket's operation id, and the mark it is found by; ``requester`` an e-mail address, '' where the helpdesk is to
    write to nobody."""

    op: str
    reference: str
    team: str
    priority: Priority
    subject: str
    text: str
    requester: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """``key``: the helpdesk's own name of the ticket."""

    key: str


@dataclass(frozen=True, slots=True)
class Done:
    """It is there, from this call or from one before."""


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer. ``sure``: nothing can have happened there; else it may have. ``why`` a code or an exception's name.
    ``wait``: seconds it wants to be left alone for."""

    why: str
    sure: bool = False
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Rejected:
    """It will never take this. ``why``: a code, never a text of the helpdesk's, which may name the person."""

    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a ticket here, as one step there. ``op`` marks it; ``state`` and ``priority`` ``None`` where they
    stay; ``forget_requester``: nobody is to be written to any more. ``was_status`` and ``was_priority``: theirs, as
    last known here: where a repetition finds another one, staff have gone on since."""

    op: str
    text: str = field(default="", repr=False)
    state: TicketState | None = None
    priority: Priority | None = None
    forget_requester: bool = False
    was_status: str = ""
    was_priority: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something written at the helpdesk that the requester may read. ``number`` grows with time, fits in 31 bits, and
    is the same only for remarks that are always read together; ``by_requester``: by themselves, on another way than a
    kiosk."""

    number: int
    at: datetime
    by_requester: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Glance:
    """A ticket in a list. ``stamp`` changes when the ticket does; '' where it may change again unseen."""

    key: str
    stamp: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class RemoteTicket:
    """``status`` and ``priority`` as the helpdesk calls them. ``remarks`` in their order, those after the asked
    number."""

    key: str
    status: str
    priority: str
    remarks: tuple[Remark, ...]


class Helpdesk(Protocol):
    """Calls may take seconds, none is made inside a transaction of the hub, none raises.

    Creating and changing take effect once for an ``op``: with ``again`` the helpdesk is searched for the mark before
    anything is repeated, and what is found there is the answer.
    """

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected: ...

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:
        """A remark, a state, a priority, or several of them; reopening and closing are states."""
        ...

    def read(self, key: str, after: int) -> RemoteTicket | Rejected | Silent:
        """The ticket, with what was written after the remark of number ``after``."""
        ...

    def changed_since(self, moment: datetime | None) -> tuple[Glance, ...] | Silent | Rejected:
        """The hub's tickets that changed there at or after ``moment``; all of them for ``None``."""
        ...
