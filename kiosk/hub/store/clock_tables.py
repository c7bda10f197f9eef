"""What a ticket's clocks are reckoned from beside the ticket itself, and who was told that a promise runs out."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class TicketPause(Row):
    """The clocks stood from ``begins`` to ``ends`` because the ticket was in ``state``. One that still lasts is the
    ticket's ``stands_since``."""

    __tablename__ = "ticket_pauses"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), index=True)
    state: Mapped[str]
    begins: Mapped[datetime]
    ends: Mapped[datetime]


class Escalation(Row):
    """Of one promise (``respond`` or ``resolve``) one ``rung`` (domain.clocks.Rung) was told, once, to ``person``:
    ``None`` where nobody had the post."""

    __tablename__ = "escalations"
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), primary_key=True)
    promised: Mapped[str] = mapped_column(primary_key=True)
    rung: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    __table_args__ = (Index("escalations_of_a_person", "person", "rung", "at"),)
