"""Who has to agree to a request, the links they decide by, and what monitoring has said."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class ApprovalAsked(Row):
    """One request, one approver. ``role`` is their post in the catalogue, ``person`` who held it when asked last;
    ``decision`` '' while it waits, then approved or declined, by ``decided_by``: ``None`` means at the desk."""

    __tablename__ = "approvals"
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), primary_key=True)
    role: Mapped[str]
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    remind_at: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(index=True)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text)


class ApprovalLink(Row):
    """``digest``: hex SHA-256 of the code in a mailed address; it is ``person``'s as long as they hold ``role``."""

    __tablename__ = "approval_links"
    digest: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("approvals.reference"), index=True)
    role: Mapped[str]
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class MonitoringAlert(Row):
    """Monitoring saw ``service`` fail at ``building`` ('' for everywhere)."""

    __tablename__ = "monitoring_alerts"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    service: Mapped[str]
    building: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (Index("alerts_of_a_service", "service", "at"),)
