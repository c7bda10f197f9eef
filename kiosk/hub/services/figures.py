"""The five figures of one month, from the sums that are kept by day: for the whole, and by part where enough cases
make a part nobody's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.figures import COLUMNS, KNOWN_BY, NOTHING, Figure, Slice, Sums, months_up_to, withheld
from kiosk.hub.store.figure_tables import FigureDay, FigureGoal

#: Months of the course that is drawn, the shown one included.
MONTHS_DRAWN = 13


@dataclass(frozen=True, slots=True)
class Told:
    """``tenths`` of the figure's unit, ``None`` where there is no case, or where so few ``cases`` are not told."""

    tenths: int | None
    cases: int
    few: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the whole service. ``course``: of each month drawn, the shown one last. ``reached`` is None where
    there is no target, or no case."""

    figure: Figure
    now: Told
    before: Told
    course: tuple[Told, ...]
    baseline: int | None
    baseline_month: str
    target: int | None

    @property
    def reached(self) -> bool | None:
        if self.target is None or self.now.tenths is None:
            return None
        return self.now.tenths <= self.target if self.figure.less_is_better else self.now.tenths >= self.target


@dataclass(frozen=True, slots=True)
class Part:
    """``value``: id of a service or building, a kiosk's code, or an hour of the day; '' where none is known."""

    value: str
    told: dict[Figure, Told]


@dataclass(frozen=True, slots=True)
class Month:
    """``tickets`` that came in."""

    month: str
    months: tuple[str, ...]
    tickets: int
    lines: tuple[Line, ...]
    parts: dict[Slice, tuple[Part, ...]]


def month_of(db: Session, month: str) -> Month:
    """``month`` as YYYY-MM."""
    months = months_up_to(month, MONTHS_DRAWN)
    course = _course(db, months)
    goals = {row.figure: row for row in db.scalars(select(FigureGoal))}
    return Month(
        month,
        tuple(months),
        course[month].tickets,
        tuple(_line(figure, [course[one] for one in months], goals.get(figure)) for figure in Figure),
        {part: _parts(part, sums) for part, sums in _by_part(db, month).items()},
    )


def course_of(db: Session, month: str, figure: Figure) -> tuple[list[str], Line]:
    """The months up to ``month``, and one figure of them."""
    months = months_up_to(month, MONTHS_DRAWN)
    sums = _course(db, months)
    return months, _line(figure, [sums[one] for one in months], db.get(FigureGoal, figure.value))


def _line(figure: Figure, course: list[Sums], goal: FigureGoal | None) -> Line:
    told = tuple(Told(sums.tenths(figure), sums.cases(figure)) for sums in course)
    return Line(
        figure,
        told[-1],
        told[-2],
        told,
        goal.baseline if goal else None,
        goal.month if goal else "",
        goal.target if goal else None,
    )


def _parts(part: Slice, sums: dict[str, Sums]) -> tuple[Part, ...]:
    """In the order of their names: nobody is first."""
    hidden = {figure: withheld((value, one.cases(figure)) for value, one in sums.items()) for figure in KNOWN_BY[part]}
    return tuple(
        Part(value, {figure: _told(sums[value], figure, value in hidden[figure]) for figure in KNOWN_BY[part]})
        for value in sorted(sums)
        if any(sums[value].cases(figure) for figure in KNOWN_BY[part])
    )


def _told(sums: Sums, figure: Figure, few: bool) -> Told:
    return Told(None, 0, few=True) if few else Told(sums.tenths(figure), sums.cases(figure))


def _course(db: Session, months: list[str]) -> dict[str, Sums]:
    month = func.substr(FigureDay.day, 1, 7)
    rows = db.execute(
        select(month, *_summed())
        .where(FigureDay.part == Slice.ALL, FigureDay.day >= months[0], FigureDay.day < _after(months[-1]))
        .group_by(month)
    )
    found = {name: Sums(*map(int, sums)) for name, *sums in rows}
    return {name: found.get(name, NOTHING) for name in months}


def _by_part(db: Session, month: str) -> dict[Slice, dict[str, Sums]]:
    parts = [part for part in Slice if part is not Slice.ALL]
    rows = db.execute(
        select(FigureDay.part, FigureDay.value, *_summed())
        .where(FigureDay.part.in_(parts), FigureDay.day >= month, FigureDay.day < _after(month))
        .group_by(FigureDay.part, FigureDay.value)
    )
    found: dict[Slice, dict[str, Sums]] = {part: {} for part in parts}
    for part, value, *sums in rows:
        found[Slice(part)][value] = Sums(*map(int, sums))
    return found


def _summed() -> list[Any]:
    return [func.sum(getattr(FigureDay, name)) for name in COLUMNS]


def _after(month: str) -> str:
    """Sorts behind every day of the month, before every other."""
    return f"{month}-99"
