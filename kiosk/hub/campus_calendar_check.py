"""Whether the hub knows the public holidays it promises by: from November on the next year's are due."""

from datetime import date, datetime

from kiosk.hub.check_lines import CheckLine
from kiosk.hub.checked import Level
from kiosk.hub.services.book import Book

#: The State Council publishes the days of the next year in autumn: who has none by then should look.
WARN_FROM = (11, 1)
_NAME = "connections.calendar"


def check_calendar(book: Book, now: datetime) -> CheckLine:
    hours = book.hours()
    today, known = now.astimezone(hours.zone).date(), hours.known_until
    if not book.holidays:
        return CheckLine(Level.GOOD, _NAME, "hub_commands.calendar_own")
    needed = date(today.year + ((today.month, today.day) >= WARN_FROM), 12, 31)
    if known is None or known < needed:
        return CheckLine(Level.NOTE, _NAME, "hub_commands.calendar_unknown", {"year": str(needed.year)})
    return CheckLine(Level.GOOD, _NAME, "hub_commands.calendar_known", {"day": known.isoformat()})
