"""The five figures of the service, as whole sums and what they come to: kept up day by day, told by the month."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum

#: A value over fewer cases than this is told of no part of the service: it could be about somebody.
FEWEST = 5
#: Tenths of a minute or of an hour, in seconds; of a per cent, in all.
_MINUTE, _HOUR, _ALL = 6, 360, 1000


class Figure(StrEnum):
    """In the order they are shown."""

    RESPONSE = "response"
    RESOLUTION = "resolution"
    FIRST_CONTACT = "first_contact"
    SATISFACTION = "satisfaction"
    SELF_SERVICE = "self_service"

    @property
    def unit(self) -> "Unit":
        return Unit.MINUTES if self is Figure.RESPONSE else Unit.HOURS if self is Figure.RESOLUTION else Unit.PERCENT

    @property
    def less_is_better(self) -> bool:
        return self.unit is not Unit.PERCENT


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    PERCENT = "percent"


class Slice(StrEnum):
    """What a figure is told by. Never by who did the work."""

    ALL = "all"
    SERVICE = "service"
    BUILDING = "building"
    KIOSK = "kiosk"
    HOUR = "hour"


#: What can be told by what. A rating keeps no hour, and one given at a kiosk no service; people help themselves at a
#: kiosk, and not with one service.
KNOWN_BY: dict[Slice, tuple[Figure, ...]] = {
    Slice.ALL: tuple(Figure),
    Slice.SERVICE: (Figure.RESPONSE, Figure.RESOLUTION, Figure.FIRST_CONTACT, Figure.SATISFACTION),
    Slice.BUILDING: tuple(Figure),
    Slice.KIOSK: tuple(Figure),
    Slice.HOUR: (Figure.RESPONSE, Figure.RESOLUTION, Figure.FIRST_CONTACT),
}


@dataclass(frozen=True, slots=True)
class Sums:
    """``tickets`` that came in; of these ``answered`` and ``solved``, after so many seconds of service each, and
    ``at_once`` solved at first contact. ``rated`` and of these ``content``. ``alone``: people who in a week helped
    themselves and reported nothing; ``marked``: articles that solved something; ``reported``: people who in a week
    reported something, and reports in nobody's name."""

    tickets: int = 0
    answered: int = 0
    answer_seconds: int = 0
    solved: int = 0
    solve_seconds: int = 0
    at_once: int = 0
    rated: int = 0
    content: int = 0
    alone: int = 0
    marked: int = 0
    reported: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) - getattr(other, name) for name in COLUMNS))

    def cases(self, figure: Figure) -> int:
        """How many cases the value is about."""
        match figure:
            case Figure.RESPONSE:
                return self.answered
            case Figure.RESOLUTION | Figure.FIRST_CONTACT:
                return self.solved
            case Figure.SATISFACTION:
                return self.rated
            case Figure.SELF_SERVICE:
                return self.alone + self.marked + self.reported

    def tenths(self, figure: Figure) -> int | None:
        """Tenths of the figure's unit, half of one upwards; ``None`` where there is no case."""
        cases = self.cases(figure)
        match figure:
            case Figure.RESPONSE:
                return _rounded(self.answer_seconds, _MINUTE * cases)
            case Figure.RESOLUTION:
                return _rounded(self.solve_seconds, _HOUR * cases)
            case Figure.FIRST_CONTACT:
                return _rounded(_ALL * self.at_once, cases)
            case Figure.SATISFACTION:
                return _rounded(_ALL * self.content, cases)
            case Figure.SELF_SERVICE:
                return _rounded(_ALL * (self.alone + self.marked), cases)


COLUMNS = tuple(field.name for field in fields(Sums))
NOTHING = Sums()


def _rounded(top: int, bottom: int) -> int | None:
    return (2 * top + bottom) // (2 * bottom) if bottom else None


def withheld(parts: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Of parts with so many cases each, those whose value is not told: those with fewer than FEWEST, and where that is
    one alone the next smallest too, because the whole is known."""
    filled = sorted((cases, name) for name, cases in parts if cases)
    few = [name for cases, name in filled if cases < FEWEST]
    return frozenset(name for _, name in filled[: max(2, len(few))]) if few else frozenset()


def months_up_to(month: str, many: int) -> list[str]:
    """``many`` months as YYYY-MM, the last one ``month``."""
    first, found = date.fromisoformat(f"{month}-01"), []
    for _ in range(many):
        found.append(f"{first:%Y-%m}")
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def is_month(text: str) -> bool:
    try:
        return len(text) == 7 and f"{date.fromisoformat(f'{text}-01'):%Y-%m}" == text
    except ValueError:
        return False


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
