"""Looking after a kiosk where it stands: what staff may do there, and why it is closed meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UpkeepAct(StrEnum):
    """Each is allowed, and written down, by the hub before it is done."""

    OPEN = "open"  # the maintenance pages
    SEND = "send"  # what waits, without its waits
    CLOSE = "close"  # out of service
    REOPEN = "reopen"
    RESTART = "restart"  # the kiosk's program


class ClosedFor(StrEnum):
    """Why a kiosk is out of service; visitors read it."""

    PRINTER = "printer"
    READER = "reader"
    NETWORK = "network"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Closed:
    """``until``: the hub's time, aware, at which it opens by itself; ``None``: when somebody opens it."""

    why: ClosedFor
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpkeepAllowed:
    """The hub has written it down: it may be done. ``alias`` as in self_tests.Staff."""

    alias: str = ""


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """``hub``: its address; ``versions``: name and version of what runs here; ``addresses``: of this machine, without
    loopback, each with its interface."""

    hub: str
    versions: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
