"""How long a visit may stay idle, by what is on the screen. All times in seconds."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.speech import Hearing

WARNING = 20.0
WARNING_WITH_AIDS = 30.0
#: Large text, high contrast or low reach lengthen every idle limit by this (WCAG 2.2, 2.2.1).
AIDS_FACTOR = 1.5
#: By ear every limit is this much longer, and so is the whole visit (journeys 15).
SPEECH_FACTOR = 2.0
#: A person's visit ends after this, however busy it is.
LONGEST_VISIT = 15 * 60.0
#: A staff member's visit ends after this.
LONGEST_SHIFT = 12 * 3600.0
#: A requester's record at the desk closes this long after the last touch (journeys 16).
RECORD_OPEN = 60.0
#: "Another card was tapped": nobody answers, both are ended.
QUESTION = 15.0
#: After an answered warning a PIN counts for this long.
PIN_FRESH = 60.0
#: The same card seen again this soon was never taken away: a wobbling hand must not end the visit it began.
SAME_TAP = 2.0


class Context(StrEnum):
    """What the screen shows, as far as time is concerned."""

    ORDINARY = "ordinary"  # anonymous and identified pages alike
    PERSONAL = "personal"  # tickets, balance, transactions
    PAYING = "paying"  # a code that is paid on the phone: it has its own end, and nobody touches the screen
    UPKEEP = "upkeep"  # staff look after the kiosk: hands are in the printer, not on the glass
    DESK = "desk"  # staff log matters for others, on a kiosk in public
    COUNTER = "counter"  # the same behind a counter
    DONE = "done"
    DONE_WITH_SLIP = "done_with_slip"


@dataclass(frozen=True, slots=True)
class Aids:
    large: bool = False
    high_contrast: bool = False
    reach: bool = False
    speech: Hearing | None = None  # the kiosk is heard, so; None: it is silent

    @property
    def any(self) -> bool:
        return self.large or self.high_contrast or self.reach

    @property
    def factor(self) -> float:
        """How many times as long an idle limit is."""
        return SPEECH_FACTOR if self.speech else AIDS_FACTOR if self.any else 1.0


@dataclass(frozen=True, slots=True)
class _Limit:
    idle: float
    idle_after_go_on: float
    warns: bool  # done pages count down in the bar and in words instead


_LIMITS: dict[Context, _Limit] = {
    Context.ORDINARY: _Limit(120.0, 180.0, warns=True),
    Context.PERSONAL: _Limit(60.0, 60.0, warns=True),
    Context.PAYING: _Limit(180.0, 180.0, warns=False),
    Context.UPKEEP: _Limit(300.0, 300.0, warns=True),
    Context.DESK: _Limit(120.0, 120.0, warns=True),
    Context.COUNTER: _Limit(600.0, 600.0, warns=True),
    Context.DONE: _Limit(60.0, 60.0, warns=False),
    Context.DONE_WITH_SLIP: _Limit(20.0, 20.0, warns=False),
}


def idle_limit(context: Context, aids: Aids, *, went_on: bool) -> float:
    """Seconds without a touch; ``went_on``: a warning was answered in this visit."""
    limit = _LIMITS[context]
    seconds = limit.idle_after_go_on if went_on else limit.idle
    return seconds * aids.factor


def warning_length(context: Context, aids: Aids) -> float:
    """Seconds before the end at which the warning appears; 0 where none does."""
    if not _LIMITS[context].warns:
        return 0.0
    if aids.speech:
        return WARNING * SPEECH_FACTOR
    return WARNING_WITH_AIDS if aids.any else WARNING


def question_length(aids: Aids) -> float:
    """Seconds for the answer to the question about another card."""
    return QUESTION * SPEECH_FACTOR if aids.speech else QUESTION
