"""What devices report, as values: adapters translate their library's exceptions into these at their own door."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.identity import CardClaim


class ReaderState(StrEnum):
    NONE = "none"  # not configured
    SERVICE_DOWN = "service_down"  # the PC/SC service does not answer
    NO_READER = "no_reader"  # the service is there, no reader is plugged in
    READY = "ready"


class ReaderMode(StrEnum):
    """What taking the card away means (``reader.mode``)."""

    TAP = "tap"  # nothing
    INSERT = "insert"  # the visit ends


class CardTrouble(StrEnum):
    UNREADABLE = "unreadable"  # pulled too early, mute, protocol error
    NOT_A_CAMPUS_CARD = "not_a_campus_card"
    NO_NETWORK = "no_network"  # shows another UID at every tap, and the hub that could learn the real one is away
    MUTE = "mute"  # deadline passed: "take the card away"


@dataclass(frozen=True, slots=True)
class ReaderChanged:
    state: ReaderState
    reader: str = ""


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card is in the field and is being read."""


@dataclass(frozen=True, slots=True)
class CardRead:
    claim: CardClaim


@dataclass(frozen=True, slots=True)
class CardFailed:
    why: CardTrouble


@dataclass(frozen=True, slots=True)
class CardRemoved:
    pass


ReaderEvent = ReaderChanged | CardReading | CardRead | CardFailed | CardRemoved


class ScannerState(StrEnum):
    NONE = "none"  # not configured: nothing on screen speaks of scanning
    ABSENT = "absent"  # configured, and not there: the same
    READY = "ready"


@dataclass(frozen=True, slots=True)
class ScannerChanged:
    state: ScannerState


@dataclass(frozen=True, slots=True)
class Scanned:
    """``line`` as it came, without its end, at most scans.MOST_BYTES; empty where what came was no line. Anybody can
    have written it, and it may carry a number or a slip's code: it stays out of logs."""

    line: bytes = field(repr=False)


ScannerEvent = ScannerChanged | Scanned


class PrinterState(StrEnum):
    NONE = "none"
    READY = "ready"
    PAPER_LOW = "paper_low"
    NO_PAPER = "no_paper"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    """``detail`` is for staff: "cover open", "no answer", the font that is missing."""

    state: PrinterState
    detail: str = ""


class Paper(StrEnum):
    OK = "ok"
    LOW = "low"
    OUT = "out"
