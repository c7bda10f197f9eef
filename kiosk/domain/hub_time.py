"""What time it is at the hub, as well as this kiosk can know."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HubTime:
    """``at`` is aware. ``certain`` is false until the hub has answered once since start: then it is the wall clock,
    good enough for people to read, never for a decision."""

    at: datetime
    certain: bool
