"""Self-tests: a person stands at the kiosk, tries one thing and says what they saw. What came of it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kiosk.domain.roles import Role

#: A test nobody goes on with ends by itself, seconds.
LONGEST = 120.0
#: Dots that are pressed one after the other: the four corners and the middle.
DOTS = 5


class Part(StrEnum):
    PRINTER = "printer"  # a page is printed: did it come out whole?
    READER = "reader"  # a card is tapped
    SCANNER = "scanner"  # something is scanned
    TOUCH = "touch"  # DOTS dots are pressed
    SOUND = "sound"  # something is played: did you hear it?


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    GIVEN_UP = "given_up"  # nobody went on with it


@dataclass(frozen=True, slots=True)
class Staff:
    """Who stands there. ``alias`` tells two testers apart and says nothing else: never a name, a number or a card."""

    role: Role
    alias: str


@dataclass(frozen=True, slots=True)
class SelfTestRecord:
    """``at``: the hub's time as far as it is known, aware. ``confirmed_by``: whose eyes, ears or hand it was; ``None``
    where a device's own answer, or time, ended it. ``seen``: what the device said, for staff."""

    id: str
    part: Part
    at: datetime
    by: Staff
    outcome: Verdict
    confirmed_by: Staff | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """``asks``: the device has done its part, now the person says what they saw. ``dots``: those pressed so far."""

    part: Part
    by: Staff
    until: float
    asks: bool = False
    dots: frozenset[int] = frozenset()
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Over:
    outcome: Verdict
    confirmed_by: Staff | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class DeviceDid:
    """The page is out, the card or code was read, the sound was played."""

    seen: str = ""


@dataclass(frozen=True, slots=True)
class DeviceFailed:
    """``final``: it will not go on by itself; else the person may try again (a card held too short)."""

    seen: str
    final: bool


@dataclass(frozen=True, slots=True)
class DotPressed:
    """0 to DOTS - 1; any order, each once."""

    dot: int


@dataclass(frozen=True, slots=True)
class Said:
    """``right``: it was as it should be."""

    right: bool
    by: Staff


@dataclass(frozen=True, slots=True)
class Tick:
    pass


@dataclass(frozen=True, slots=True)
class Left:
    """The person has gone."""


Event = DeviceDid | DeviceFailed | DotPressed | Said | Tick | Left
#: What a person has to see or hear; at the others their own hand is the proof.
_ASKED = (Part.PRINTER, Part.SOUND)


def begin(part: Part, by: Staff, now: float) -> Running:
    return Running(part, by, now + LONGEST)


def after(running: Running, event: Event, now: float) -> Running | Over:
    """What does not fit (an answer before the question, a dot of a printer) changes nothing."""
    match event:
        case Left():
            return Over(Verdict.GIVEN_UP, None, running.seen)
        case Tick():
            return Over(Verdict.GIVEN_UP, None, running.seen) if now >= running.until else running
        case DeviceDid(seen) if not running.asks and running.part is not Part.TOUCH:
            if running.part in _ASKED:
                return replace(running, asks=True, seen=seen, until=now + LONGEST)
            return Over(Verdict.PASSED, running.by, seen)
        case DeviceFailed(seen, final) if not running.asks:
            return Over(Verdict.FAILED, None, seen) if final else replace(running, seen=seen)
        case DotPressed(dot) if running.part is Part.TOUCH and 0 <= dot < DOTS:
            dots = running.dots | {dot}
            return Over(Verdict.PASSED, running.by) if len(dots) == DOTS else replace(running, dots=dots)
        case Said(right, by) if running.asks or not right:
            return Over(Verdict.PASSED if right else Verdict.FAILED, by, running.seen)
        case _:
            return running
