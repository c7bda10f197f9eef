"""Which kiosks are there and ready: what each tells the hub, and what it hears about the others."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.text import Text


class Readiness(StrEnum):
    """What a visitor finds at a kiosk."""

    READY = "ready"
    DEGRADED = "degraded"  # reader, printer or queue are in trouble; the rest works
    OUT_OF_SERVICE = "out_of_service"


@dataclass(frozen=True, slots=True)
class MemoryMark:
    """How far a kiosk's memory has come: the ``seq``-th operation and the ``link`` (hex) of its chain, of the memory
    named ``epoch``. What the hub has heard of later, a memory set back to an earlier day does not know."""

    epoch: str
    seq: int
    link: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another kiosk: ``code`` as on its screen, ``title`` its place."""

    code: str
    title: Text


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Those that were ready at ``as_of`` (the hub's time, aware), the nearest first; maybe none. ``memory``: what the
    hub had heard of this kiosk's own before; ``again``: its dead letters that staff want to come again."""

    as_of: datetime
    ready: tuple[Neighbour, ...]
    memory: MemoryMark | None = None
    again: tuple[str, ...] = ()
