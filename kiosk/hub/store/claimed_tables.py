"""Reports in a name that nobody has proven: how many there were, and the owner's way to disown one."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class ClaimedReport(Row):
    """``claim``: wire.identity.claim_digest of the card or number as it was told; ``made_at`` the kiosk's word."""

    __tablename__ = "claimed_reports"
    __table_args__ = (Index("ix_claimed_reports_claim", "claim", "made_at"),)
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    claim: Mapped[str]
    made_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)


class OwnerCode(Row):
    """``digest``: hex SHA-256 of the code in a link that only the contacts on file were sent."""

    __tablename__ = "owner_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
