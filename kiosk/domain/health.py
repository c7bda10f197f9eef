"""How a kiosk is: every thing that can fail, what was found of it, and what is believed after some wobbling.

A reading counts once it was made ``EQUAL_READINGS`` times in a row; ``Down`` is an alarm and counts at once.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

#: So many equal readings in a row change what is believed, unless they are an alarm.
EQUAL_READINGS = 3


class Subject(StrEnum):
    """What is looked at, in the order it is shown. What this machine does not have has no line."""

    PROGRAM = "program"  # the kiosk itself: only whoever looks from outside can tell
    NETWORK = "network"
    HUB = "hub"
    CERTIFICATE = "certificate"
    PRINTER = "printer"
    READER = "reader"
    SCANNER = "scanner"
    SCREEN = "screen"
    TOUCH = "touch"
    SPEAKER = "speaker"
    SPEECH = "speech"
    CLOCK = "clock"
    DISK = "disk"
    QUEUE = "queue"
    RECORDS = "records"  # what the kiosk remembers, and its second copy
    NUMBERS = "numbers"  # of tickets, which a kiosk's code has for its life
    MEMORY = "memory"
    TEMPERATURE = "temperature"
    FONTS = "fonts"


class Why(StrEnum):
    """What is wrong. Each has words for what it is and for what to do about it (tables health_why, health_do)."""

    NO_ANSWER = "no_answer"  # a check did not come back within its deadline
    NO_LINK = "no_link"
    HUB_NOT_REACHED = "hub_not_reached"
    HUB_SILENT = "hub_silent"
    HUB_CERTIFICATE = "hub_certificate"
    NOT_THE_HUB = "not_the_hub"
    HUB_ERROR = "hub_error"
    NOT_TRUSTED = "not_trusted"
    CERTIFICATE_ENDS = "certificate_ends"
    CERTIFICATE_OVER = "certificate_over"
    PAPER_LOW = "paper_low"
    NO_PAPER = "no_paper"
    PRINTER_OFFLINE = "printer_offline"
    CARD_SERVICE_DOWN = "card_service_down"
    NO_READER = "no_reader"
    NO_SCANNER = "no_scanner"
    NO_ENGINE = "no_engine"
    NO_SOUND = "no_sound"
    NO_SCREEN = "no_screen"
    NO_TOUCH = "no_touch"
    CLOCK_OFF = "clock_off"
    CLOCK_WRONG = "clock_wrong"
    DISK_LOW = "disk_low"
    DISK_FULL = "disk_full"
    DISK_READ_ONLY = "disk_read_only"
    DISK_NOT_WRITABLE = "disk_not_writable"
    DISK_ERRORS = "disk_errors"
    QUEUE_REFUSED = "queue_refused"  # operations the hub will never take
    QUEUE_NEARLY_FULL = "queue_nearly_full"
    RECORDS_DAMAGED = "records_damaged"
    RECORDS_MADE_ANEW = "records_made_anew"  # after damage; what was damaged is kept
    NO_NUMBERS = "no_numbers"  # none left here; the hub has more
    NUMBERS_END = "numbers_end"
    NUMBERS_OVER = "numbers_over"
    MEMORY_LOW = "memory_low"
    MEMORY_OUT = "memory_out"
    HOT = "hot"
    TOO_HOT = "too_hot"
    NO_FONTS = "no_fonts"
    NOT_ENROLLED = "not_enrolled"
    NOT_RUNNING = "not_running"
    KIOSK_SILENT = "kiosk_silent"  # the running kiosk has not written down how it is for long


@dataclass(frozen=True, slots=True)
class Ready:
    pass


@dataclass(frozen=True, slots=True)
class Degraded:
    """Works, and somebody should come."""

    why: Why


@dataclass(frozen=True, slots=True)
class Down:
    """Does not work: an alarm."""

    why: Why


Health = Ready | Degraded | Down


class Level(StrEnum):
    """A Health without its reason, the worst last."""

    READY = "ready"
    DEGRADED = "degraded"
    DOWN = "down"


def level(health: Health) -> Level:
    match health:
        case Ready():
            return Level.READY
        case Degraded():
            return Level.DEGRADED
        case Down():
            return Level.DOWN


def why(health: Health) -> Why | None:
    return None if isinstance(health, Ready) else health.why


def health_of(level: Level, why: Why | None) -> Health:
    """The other way round. Ready has no reason; what is not ready and has none did not answer."""
    if level is Level.READY:
        return Ready()
    reason = why or Why.NO_ANSWER
    return Degraded(reason) if level is Level.DEGRADED else Down(reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look found. ``measured``: the figure with its unit (``63 %``, ``52 °C``), or what the device itself says
    (``cover open``); for staff, the same in every language, nothing personal."""

    subject: Subject
    health: Health
    measured: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is believed of one subject. ``since``: monotonic seconds when that began."""

    subject: Subject
    health: Health
    measured: str
    since: float

    @property
    def level(self) -> Level:
        return level(self.health)

    @property
    def why(self) -> Why | None:
        return why(self.health)


@dataclass(frozen=True, slots=True)
class Watched:
    """A line, and the ``equal`` readings in a row that speak for ``pending`` instead."""

    line: Line
    pending: Health
    equal: int = 0

    @property
    def unsure(self) -> bool:
        """The last reading was another than what is believed: worth another look before long."""
        return self.equal > 0


def after(known: Watched | None, reading: Reading, now: float) -> Watched:
    """What is believed once ``reading`` was made at ``now`` (monotonic seconds). The first one ever counts at once, so
    does an alarm; the figure is always the newest one that speaks for what is believed."""
    health = reading.health
    if known is None:
        return Watched(Line(reading.subject, health, reading.measured, now), health)
    if health == known.line.health:
        return Watched(replace(known.line, measured=reading.measured), health)
    equal = known.equal + 1 if known.equal and known.pending == health else 1
    if isinstance(health, Down) or equal >= EQUAL_READINGS:
        return Watched(Line(reading.subject, health, reading.measured, now), health)
    return replace(known, pending=health, equal=equal)


Board = tuple[Line, ...]
"""One line a subject that is there, in the order of ``Subject``."""

_ORDER = {subject: place for place, subject in enumerate(Subject)}


def in_order(lines: Board) -> Board:
    return tuple(sorted(lines, key=lambda line: _ORDER[line.subject]))


def line_of(board: Board, subject: Subject) -> Line | None:
    return next((line for line in board if line.subject is subject), None)


def count(board: Board, wanted: Level) -> int:
    return sum(line.level is wanted for line in board)
