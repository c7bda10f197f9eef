"""A person's own tickets as the hub tells them, for reading only. Codes stay text: a newer hub may know more."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.domain.campus import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a ticket's history. ``what`` is a stable code: created, assigned, answered, state:<state> …"""

    at: datetime
    by: str
    what: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TicketView:
    """``state`` as in domain/tickets.py; times are aware; ``None`` where nothing was promised."""

    reference: str
    title: Text
    place: Text
    type: str
    state: str
    created_at: datetime
    respond_by: datetime | None
    resolve_by: datetime | None
    history: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class TicketList:
    """Newest first, at most 50, of the last ``months`` months."""

    tickets: tuple[TicketView, ...]
    months: int
