"""A campus's own helpdesk beside the hub's tickets: what it is, what waits for it, and what is known of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class HelpdeskBeside(Row):
    """One row while a helpdesk is named in hub.toml, none else; ``since`` when.

    ``asked_at``: when it last told all that is new; ``next_at``: nobody asks before; ``seen_until``: the newest change
    that was told.
    """

    __tablename__ = "helpdesk_beside"
    name: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    seen_until: Mapped[datetime | None]


class HelpdeskTicket(Row):
    """A ticket that is at the helpdesk too: ``key`` is its name there. ``status`` and ``priority`` as last told or set
    there, ``stamp`` of helpdesk_port.Glance, ``last_remark`` the number of the newest one that was taken over."""

    __tablename__ = "helpdesk_tickets"
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    priority: Mapped[str]
    stamp: Mapped[str]
    last_remark: Mapped[int]


class HelpdeskChange(Row):
    """Something that happened here and is to be sent: in the order of ``id``, one after the other for a ticket.

    ``what`` as in the ticket's history, ``text`` emptied once it is sent; ``becomes`` and ``priority`` '' where they
    stay. ``state``: ports.Posted.
    """

    __tablename__ = "helpdesk_changes"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), index=True)
    what: Mapped[str]
    by: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    becomes: Mapped[str]
    priority: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    last_answer: Mapped[str]
