"""How long service was open between two moments: the other way round of calendar.due."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from kiosk.domain.calendar import Pause, ServiceHours


def open_seconds(begins: datetime, ends: datetime, calendar: ServiceHours, pauses: Sequence[Pause] = ()) -> int:
    """Whole seconds of service from ``begins`` to ``ends`` (both aware) without ``pauses``, in any order."""
    at, last, total = begins.astimezone(UTC), ends.astimezone(UTC), timedelta(0)
    for pause in sorted(pauses, key=lambda one: one.begins):
        until, after = pause.begins.astimezone(UTC), pause.ends.astimezone(UTC)
        if at < until:
            total += _open(at, min(until, last), calendar)
        at = max(at, after)
    return int((total + _open(at, last, calendar)).total_seconds())


def _open(begins: datetime, ends: datetime, calendar: ServiceHours) -> timedelta:
    total = timedelta(0)
    if ends <= begins:
        return total
    day, last = begins.astimezone(calendar.zone).date(), ends.astimezone(calendar.zone).date()
    while day <= last:
        if hours := calendar.on(day):
            opens = datetime.combine(day, hours.opens, calendar.zone).astimezone(UTC)
            closes = datetime.combine(day, hours.closes, calendar.zone).astimezone(UTC)
            total += max(timedelta(0), min(closes, ends) - max(opens, begins))
        day += timedelta(days=1)
    return total
