"""What staff tell everybody: outages, planned work, news, what became of suggestions. Each has an end (journeys 10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.text import Text

#: Planned work is announced this long before it begins.
AHEAD = timedelta(days=3)
#: Most announcements shown at once; what is left is older or less pressing.
MOST_SHOWN = 8


class AnnouncementKind(StrEnum):
    """In the order of their urgency for somebody who stands at the kiosk."""

    OUTAGE = "outage"  # broken now; people can say "me too"
    PLANNED = "planned"
    NEWS = "news"
    CHANGED = "changed"  # you said, we changed


@dataclass(frozen=True, slots=True)
class Announcement:
    """``service`` a catalogue id or '', ``buildings`` Place ids, empty for everywhere; times are aware.

    ``article`` what helps meanwhile; ``affected`` how many have said "me too", 0 where nobody has.
    """

    id: str
    kind: AnnouncementKind
    title: Text
    text: Text
    starts_at: datetime
    ends_at: datetime
    published_at: datetime
    service: str = ""
    buildings: tuple[str, ...] = ()
    article: str = ""
    next_update_at: datetime | None = None
    affected: int = 0

    def concerns(self, building: str) -> bool:
        return not self.buildings or building in self.buildings

    def is_shown(self, now: datetime) -> bool:
        ahead = AHEAD if self.kind is AnnouncementKind.PLANNED else timedelta(0)
        return self.starts_at - ahead <= now < self.ends_at


def shown(announcements: Iterable[Announcement], building: str, now: datetime) -> tuple[Announcement, ...]:
    """Those a kiosk in ``building`` shows at ``now``: the pressing ones first, of equals the newest."""
    order = list(AnnouncementKind)
    current = [a for a in announcements if a.concerns(building) and a.is_shown(now)]
    current.sort(key=lambda a: a.published_at, reverse=True)
    current.sort(key=lambda a: order.index(a.kind))
    return tuple(current[:MOST_SHOWN])


def known_outage(
    announcements: Iterable[Announcement], service: str, building: str, now: datetime
) -> Announcement | None:
    """What is already known to be broken about ``service`` where the person says it is."""
    broken = (a for a in shown(announcements, building, now) if a.kind is AnnouncementKind.OUTAGE)
    return next((a for a in broken if a.service == service), None)
