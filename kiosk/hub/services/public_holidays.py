"""Public holidays and make-up working days as a country publishes them, year by year: known or not, never guessed.

China: the State Council's notices, as chinesecalendar carries them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

CHINA = "CN"
#: Nothing older is promised or looked at any more.
FIRST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Published:
    """``closed``: weekdays that are holidays; ``worked``: days of a weekend that are worked for them. ``known_until``:
    the last day of the last published year, ``None`` where nothing is."""

    closed: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    known_until: date | None = None


@cache
def published(country: str) -> Published:
    """Nothing for a country this program knows no notices of."""
    if country != CHINA:
        return Published()
    # Imported where a campus goes by them.
    from chinese_calendar import is_workday

    closed, worked, known_until = set[date](), set[date](), None
    year = FIRST_YEAR
    while True:
        try:
            differing = [day for day in _days(year) if is_workday(day) != (day.isoweekday() <= 5)]
        except NotImplementedError:
            return Published(frozenset(closed), frozenset(worked), known_until)
        closed |= {day for day in differing if day.isoweekday() <= 5}
        worked |= {day for day in differing if day.isoweekday() > 5}
        known_until, year = date(year, 12, 31), year + 1


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
