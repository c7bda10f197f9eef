"""Whether what this kiosk remembers still is what was written: looked at whole, once a night, while the kiosk runs.

A start looks too, but a kiosk runs for months. Nothing is put right here: the next start does that.
"""

from collections.abc import Callable
from datetime import date, datetime

from kiosk.domain.health import Degraded, Down, Reading, Ready, Subject, Why
from kiosk.offline.boot import set_aside_files
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.outbox_reading import NoOutbox, verify_all
from kiosk.offline.places import Places

#: Hours of the day, by this place's clock, between which it is looked at: it takes a second or two of the processor.
QUIET_FROM, QUIET_UNTIL = 3, 5


class RecordsCheck:
    """Called on a thread of its own, never by two at once. ``now``: this place's time."""

    def __init__(self, places: Places, key: KioskKey, now: Callable[[], datetime]) -> None:
        self._places, self._key, self._now = places, key, now
        self._problems = 0
        self._looked_on: date | None = None

    def look(self) -> Reading:
        now = self._now()
        if QUIET_FROM <= now.hour < QUIET_UNTIL and self._looked_on != now.date():
            self._problems = min(self._count(), self._count())  # what is being written may look wrong once
            self._looked_on = now.date()
        if self._problems:
            return Reading(Subject.RECORDS, Down(Why.RECORDS_DAMAGED), str(self._problems))
        aside = set_aside_files(self._places.database)
        if aside:
            return Reading(Subject.RECORDS, Degraded(Why.RECORDS_MADE_ANEW), aside[-1].name)
        return Reading(Subject.RECORDS, Ready(), self._looked_on.isoformat() if self._looked_on else "")

    def _count(self) -> int:
        found = verify_all(self._places, self._key)
        return 1 if isinstance(found, NoOutbox) else len(found.problems)
