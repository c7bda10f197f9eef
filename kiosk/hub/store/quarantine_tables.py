"""Operations of revoked kiosks, until staff have decided."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class LateOperation(Row):
    """``kiosk`` made it and was revoked, ``brought_by`` is the kiosk that sent it; ``envelope``: JSON, sealed, emptied
    with the decision. ``digest``: hex SHA-256 of what is sealed. ``state``: services.quarantine.State."""

    __tablename__ = "late_operations"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op: Mapped[str] = mapped_column(unique=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    brought_by: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    kind: Mapped[str]
    aggregate: Mapped[str]
    made_at: Mapped[datetime]
    arrived_at: Mapped[datetime]
    envelope: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    state: Mapped[str]
    decided_at: Mapped[datetime | None]
    __table_args__ = (Index("late_operations_state", "state", "kiosk"),)
