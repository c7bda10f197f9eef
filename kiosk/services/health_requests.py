"""What the hub is told of this kiosk's health, and that it has heard."""

from dataclasses import dataclass

from kiosk.domain.health import Level, Subject, Why
from kiosk.domain.self_tests import SelfTestRecord


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of health and for how long, seconds, it has been so."""

    subject: Subject
    level: Level
    why: Why | None
    measured: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TellHealth:
    """How all parts of this kiosk are, and self-tests the hub has not heard of; answered with HealthKept."""

    lines: tuple[LineTold, ...]
    self_tests: tuple[SelfTestRecord, ...]


@dataclass(frozen=True, slots=True)
class HealthKept:
    pass
