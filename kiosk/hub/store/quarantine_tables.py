"""Operations of revoked kiosks, until staff have decided, and refused ones that staff want to come again."""

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


class AskedAgain(Row):
    """``kiosk`` is asked to send ``op`` again, which it holds as a dead letter. ``is_judged``: an answer is stored that
    the kiosk has not heard; else it is judged when it comes."""

    __tablename__ = "asked_again"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    at: Mapped[datetime]
    is_judged: Mapped[bool]
