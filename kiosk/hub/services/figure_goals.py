"""Where the service began and where it wants to be: baseline and target of each figure, from a CSV, whole or not at
all, with what is wrong by line."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.figures import Figure, Unit, is_month
from kiosk.hub.services.campus_csv import CsvRow, Unreadable, read_body
from kiosk.hub.store.figure_tables import FigureGoal

HEADINGS = {
    "figure": ("figure", "指标"),
    "month": ("month", "月份"),
    "baseline": ("baseline", "基线"),
    "target": ("target", "目标"),
}
#: Bytes; five lines are a few hundred.
LARGEST = 16 * 1024
#: Errors that are shown of one file.
MOST_ERRORS = 20
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9])?")
_MOST_PERCENT = 1000


@dataclass(frozen=True, slots=True)
class Wrong:
    """``why``: a key below ``figures.wrong_``, with ``detail``; ``line`` from 1, 0 for the whole file."""

    line: int
    why: str
    detail: str = ""


def take(db: Session, body: bytes) -> list[Wrong]:
    """Nothing is changed where anything is wrong. Figures that are not named have no goal any more."""
    goals, wrong = read(body)
    if not wrong:
        db.execute(delete(FigureGoal))
        db.add_all(goals)
    return wrong


def read(body: bytes) -> tuple[list[FigureGoal], list[Wrong]]:
    goals: dict[str, FigureGoal] = {}
    wrong: list[Wrong] = []

    def each(row: CsvRow) -> None:
        values = {name: row.values.get(name, "").strip() for name in HEADINGS}
        why = _why_not(row, values, goals)
        if why:
            wrong.append(Wrong(row.line, why, values.get(why.rpartition("_")[2], "") or values["figure"]))
        else:
            goals[values["figure"]] = FigureGoal(
                figure=values["figure"],
                month=values["month"],
                baseline=_tenths(values["baseline"]),
                target=_tenths(values["target"]),
            )

    if len(body) > LARGEST:
        return [], [Wrong(0, "too_large", str(LARGEST // 1024))]
    unreadable = read_body(body, HEADINGS, tuple(HEADINGS), each)
    if isinstance(unreadable, Unreadable):
        return [], [Wrong(unreadable.line, unreadable.why, unreadable.detail)]
    if not goals and not wrong:
        wrong.append(Wrong(0, "empty"))
    return list(goals.values()), wrong[:MOST_ERRORS]


def _why_not(row: CsvRow, values: dict[str, str], goals: dict[str, FigureGoal]) -> str:
    if row.fields != row.headings:
        return "fields"
    if values["figure"] not in list(Figure):
        return "no_figure"
    if values["figure"] in goals:
        return "twice"
    if not is_month(values["month"]):
        return "no_month"
    percent = Figure(values["figure"]).unit is Unit.PERCENT
    for name in ("baseline", "target"):
        if not _NUMBER.fullmatch(values[name]) or (percent and _tenths(values[name]) > _MOST_PERCENT):
            return f"no_{name}"
    return ""


def _tenths(text: str) -> int:
    return int(Decimal(text) * 10)
