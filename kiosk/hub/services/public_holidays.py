"""Public holidays and make-up working days as a country publishes them, year by year: known or not, never guessed.

China: the State Council's notices, as chinesecalendar carries them.
"""

from dataclasses import dataclass
from datetime import date
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
    from chinese_calendar import constants

    return Published(
        frozenset(day for day in constants.holidays if day.isoweekday() <= 5 and day.year >= FIRST_YEAR),
        frozenset(day for day in constants.workdays if day.isoweekday() > 5 and day.year >= FIRST_YEAR),
        date(max(day.year for day in constants.holidays), 12, 31),
    )
