"""Staff at the desk of a kiosk: whose shift it is, and whom they looked up."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class DeskShift(Row):
    """``digest``: hex SHA-256 of the token. Kept as long as what was logged in it may wait at a kiosk."""

    __tablename__ = "desk_shifts"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]


class DeskLookUp(Row):
    """``digest`` of the handle; ``person`` who was found, ``None`` nobody; ``how``: card, number or name; ``counted``:
    against the staff member's look-ups of the day."""

    __tablename__ = "desk_look_ups"
    digest: Mapped[str] = mapped_column(primary_key=True)
    shift: Mapped[str] = mapped_column(ForeignKey("desk_shifts.digest"), index=True)
    staff: Mapped[str] = mapped_column(ForeignKey("people.id"))
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    how: Mapped[str]
    counted: Mapped[bool]
    at: Mapped[datetime]
    __table_args__ = (Index("look_ups_of_staff", "staff", "at"),)
