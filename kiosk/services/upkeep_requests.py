"""What the pages for staff ask the hub."""

from dataclasses import dataclass, field

from kiosk.domain.upkeep import ClosedFor, UpkeepAct


@dataclass(frozen=True, slots=True)
class AskUpkeep:
    """Something is to be done to this kiosk; it is done once the hub has written it down."""

    session: str = field(repr=False)
    act: UpkeepAct
    why: ClosedFor | None = None
    visit: int = 0


@dataclass(frozen=True, slots=True)
class SendLog:
    """This kiosk's log, filtered, for staff."""

    session: str = field(repr=False)
    visit: int = 0
