"""Staff look after a kiosk where it stands; the hub allows each act and writes it down."""

from datetime import datetime

import msgspec


class UpkeepWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``act`` as in domain.upkeep.UpkeepAct, ``why`` as in ClosedFor or ''."""

    act: str
    why: str = ""


class UpkeepNoted(msgspec.Struct, frozen=True):
    """It is written down: it may be done. ``alias`` tells two people at this kiosk apart, and says nothing else."""

    act: str
    alias: str


class LogSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``log``: JSON lines, gzip, filtered by the kiosk."""

    log: bytes


class LogKept(msgspec.Struct, frozen=True):
    at: datetime
