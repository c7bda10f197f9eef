"""What the console's desk keeps beside tickets: which belong together, and where its people work."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class TicketTie(Row):
    """``reference`` belongs to ``main``. ``kind``: merged (one matter that came twice), event (one of many reports of
    one event), related (to be seen beside it). ``by`` a person's id."""

    __tablename__ = "ticket_ties"
    reference: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), primary_key=True)
    main: Mapped[str] = mapped_column(ForeignKey("tickets.reference"), primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    __table_args__ = (Index("ties_of_a_main", "main", "kind"), Index("ties_of_a_kind", "kind", "at"))


class StaffBuilding(Row):
    """The building whose tickets ``person`` looks after; a Place id."""

    __tablename__ = "staff_buildings"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    building: Mapped[str]
