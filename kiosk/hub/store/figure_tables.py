"""What the five figures are kept up from: sums by day, what each report adds to them, and who helped themselves."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class FigureDay(Row):
    """Sums of one ``day`` (ISO 8601) as domain.figures.Sums has them; ``part``: a domain.figures.Slice, ``value`` of it
    '' for all."""

    __tablename__ = "figure_days"
    part: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    tickets: Mapped[int] = mapped_column(BigInteger)
    answered: Mapped[int] = mapped_column(BigInteger)
    answer_seconds: Mapped[int] = mapped_column(BigInteger)
    solved: Mapped[int] = mapped_column(BigInteger)
    solve_seconds: Mapped[int] = mapped_column(BigInteger)
    at_once: Mapped[int] = mapped_column(BigInteger)
    rated: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[int] = mapped_column(BigInteger)
    alone: Mapped[int] = mapped_column(BigInteger)
    marked: Mapped[int] = mapped_column(BigInteger)
    reported: Mapped[int] = mapped_column(BigInteger)


class TicketFact(Row):
    """What a report has added to the sums, so that it can be taken back. Seconds are None where it is not answered, or
    not solved; ``person`` '' for nobody; ``kiosk`` a place's code."""

    __tablename__ = "ticket_facts"
    reference: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str]
    hour: Mapped[str]
    service: Mapped[str]
    building: Mapped[str]
    kiosk: Mapped[str]
    kiosk_building: Mapped[str]
    person: Mapped[str]
    answer_seconds: Mapped[int | None] = mapped_column(BigInteger)
    solve_seconds: Mapped[int | None] = mapped_column(BigInteger)
    at_once: Mapped[bool]


class SelfServed(Row):
    """Somebody did it alone: a password, an account or their card. Kept services.self_service.KEPT long."""

    __tablename__ = "self_served"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    __table_args__ = (Index("self_served_by", "person", "at"),)


class PersonWeek(Row):
    """What a person's week has added to the sums: ``week`` the Monday; ``kiosk`` a place's code, where it began."""

    __tablename__ = "person_weeks"
    week: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str]
    kiosk_building: Mapped[str]
    alone: Mapped[bool]
    reported: Mapped[bool]


class FigureCourse(Row):
    """How far was counted; one row. ``seen`` and ``before``: the newest line of history at the last look and at the one
    before; ``served`` the same of self_served; ``rated``: the last day whose ratings were counted, '' for none."""

    __tablename__ = "figure_course"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen: Mapped[int]
    before: Mapped[int]
    served: Mapped[int]
    served_before: Mapped[int]
    rated: Mapped[str]
    at: Mapped[datetime | None]


class FigureGoal(Row):
    """``baseline`` (of ``month``, YYYY-MM) and ``target`` of a figure, tenths of its unit."""

    __tablename__ = "figure_goals"
    figure: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str]
    baseline: Mapped[int]
    target: Mapped[int]
