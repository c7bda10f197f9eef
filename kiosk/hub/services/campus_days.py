"""The days on which a campus differs from its week: public holidays and make-up working days as they are published,
and the campus's own days, which outrank them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from kiosk.domain.calendar import DayHours, ServiceHours
from kiosk.domain.desk import DayException, Opening
from kiosk.hub.services.public_holidays import Published, published


class OpenDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``opens`` and ``closes`` local ``HH:MM``; '' for the hours of a working day."""

    date: date
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class CampusDays:
    """As in Book."""

    holidays: str = ""
    closed: tuple[date, ...] = ()
    open_days: tuple[OpenDay, ...] = ()
    known_until: date | None = None


@lru_cache(maxsize=8)
def hours_of(zone: str, week: tuple[Opening, ...], days: CampusDays) -> ServiceHours:
    """Raises ValueError for hours that are none."""
    by_day = {opening.day: _hours(opening.opens, opening.closes) for opening in week}
    working = next((by_day[day] for day in range(1, 8) if day in by_day), None)
    public = published(days.holidays) if days.holidays else Published()
    make_up: dict[date, DayHours | None] = dict.fromkeys(public.worked, working)
    make_up |= {day.date: _hours(day.opens, day.closes) if day.opens else working for day in days.open_days}
    closed = (public.closed - {day.date for day in days.open_days}) | frozenset(days.closed)
    known = [until for until in (public.known_until, days.known_until) if until is not None]
    return ServiceHours(
        ZoneInfo(zone),
        tuple(by_day.get(day) for day in range(1, 8)),
        closed,
        {day: hours for day, hours in make_up.items() if hours and day not in closed},
        max(known) if known and days.holidays else None,
    )


def exceptions(hours: ServiceHours, since: date) -> tuple[DayException, ...]:
    """The days from ``since`` on whose hours are not those of the week, for whoever shows opening hours."""
    found = []
    for day in sorted(hours.closed | hours.make_up.keys()):
        is_open = hours.on(day)
        if day >= since and is_open != hours.week[day.weekday()]:
            opens, closes = (f"{is_open.opens:%H:%M}", f"{is_open.closes:%H:%M}") if is_open else ("", "")
            found.append(DayException(day.isoformat(), opens, closes))
    return tuple(found)


def problems(days: CampusDays) -> Iterable[str]:
    """What the types do not see, in the words of an admin's file."""
    if days.holidays and not published(days.holidays).closed:
        yield f"holidays: nobody publishes those of {days.holidays!r}; write CN, or leave it out"
    for day in days.open_days:
        try:
            if day.opens or day.closes:
                _hours(day.opens, day.closes)
        except ValueError:
            yield f"open_days: {day.date}: opens and closes as 08:00, or neither"
    if twice := sorted(set(days.closed) & {day.date for day in days.open_days}):
        yield f"open_days: {twice[0]} is closed as well"
    if days.known_until and not days.holidays:
        yield "known_until: means nothing without holidays"


def _hours(opens: str, closes: str) -> DayHours:
    return DayHours(time.fromisoformat(opens), time.fromisoformat(closes))
