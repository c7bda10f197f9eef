"""How this kiosk is: asks for checks when they are due, looks at what the devices said, and keeps what is believed.

What it finds stands in ``Session.health``, one line a subject; everybody who shows or tells it reads it there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.domain import health
from kiosk.domain.devices import PrinterChanged, PrinterState, ReaderState, ScannerState
from kiosk.domain.health import Degraded, Down, Health, Reading, Ready, Subject, Watched, Why
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.speech import SpeechState
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.ports import Checked, Checks, Clock, NumbersLeft, QueueFill
from kiosk.services.session import Session

#: Seconds between two looks at what reader, printer, scanner, queue, clock and hub said last: nothing is asked then.
LOOK_EVERY = 1.0
#: Seconds until the next look where one contradicts what is believed.
LOOK_AGAIN = 10.0
#: The first checks come this long after the start, one a second: a start has better things to do.
FIRST_AFTER = 5.0
#: Of the time between two beats no more than this counts as waited for a check, seconds: where the worker itself was
#: held up, the answer stands in its queue behind the beat; where the clock jumped, nobody has waited.
MOST_WAITED = 0.5


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two checks, and how long one is waited for."""

    every: float
    deadline: float


MINUTE, HOUR = 60.0, 3600.0
PACES: Mapping[Subject, Pace] = {
    Subject.NETWORK: Pace(MINUTE, 10.0),
    Subject.CERTIFICATE: Pace(6 * HOUR, 25.0),
    Subject.SCREEN: Pace(MINUTE, 10.0),
    Subject.TOUCH: Pace(MINUTE, 10.0),
    Subject.SPEAKER: Pace(10 * MINUTE, 10.0),
    Subject.DISK: Pace(5 * MINUTE, 20.0),  # it writes
    Subject.RECORDS: Pace(HOUR, 300.0),  # by night it reads all of it
    Subject.MEMORY: Pace(MINUTE, 10.0),
    Subject.TEMPERATURE: Pace(MINUTE, 15.0),  # some sensors sit behind a slow bus
    Subject.FONTS: Pace(6 * HOUR, 20.0),
}

#: How far this machine's clock may be from the hub's, seconds: from here its logs mislead, from there certificates are
#: judged wrong.
CLOCK_OFF = 30.0
CLOCK_WRONG = HOUR

#: With fewer numbers left for its life a kiosk's code is to be replaced: some weeks of a busy place.
FEW_NUMBERS = 1_000

_HUB: Mapping[Unreached, Why] = {
    Unreached.NO_CONNECTION: Why.HUB_NOT_REACHED,
    Unreached.TIMED_OUT: Why.HUB_SILENT,
    Unreached.WRONG_CERTIFICATE: Why.HUB_CERTIFICATE,
    Unreached.NOT_THE_HUB: Why.NOT_THE_HUB,
    Unreached.HUB_ERROR: Why.HUB_ERROR,
    Unreached.NOT_TRUSTED: Why.NOT_TRUSTED,
}


def of_hub(why: Unreached) -> Health:
    return Down(_HUB[why])


def of_reader(state: ReaderState) -> Health | None:
    match state:
        case ReaderState.NONE:
            return None
        case ReaderState.SERVICE_DOWN:
            return Down(Why.CARD_SERVICE_DOWN)
        case ReaderState.NO_READER:
            return Down(Why.NO_READER)
        case ReaderState.READY:
            return Ready()


def of_printer(state: PrinterState) -> Health | None:
    match state:
        case PrinterState.NONE:
            return None
        case PrinterState.READY:
            return Ready()
        case PrinterState.PAPER_LOW:
            return Degraded(Why.PAPER_LOW)
        case PrinterState.NO_PAPER:
            return Down(Why.NO_PAPER)
        case PrinterState.OFFLINE:
            return Down(Why.PRINTER_OFFLINE)


def of_scanner(state: ScannerState) -> Health | None:
    match state:
        case ScannerState.NONE:
            return None
        case ScannerState.ABSENT:
            return Down(Why.NO_SCANNER)
        case ScannerState.READY:
            return Ready()


def of_speech(state: SpeechState) -> Health | None:
    """Never down: without it everything else goes on."""
    match state:
        case SpeechState.NONE:
            return None
        case SpeechState.NO_ENGINE:
            return Degraded(Why.NO_ENGINE)
        case SpeechState.NO_SOUND:
            return Degraded(Why.NO_SOUND)
        case SpeechState.READY:
            return Ready()


def of_clock(offset: float) -> Health:
    """``offset``: this machine's clock minus the hub's, seconds."""
    if abs(offset) >= CLOCK_WRONG:
        return Down(Why.CLOCK_WRONG)
    return Degraded(Why.CLOCK_OFF) if abs(offset) >= CLOCK_OFF else Ready()


def seconds_off(offset: float) -> str:
    """``+0.4 s``, ``-2.0 h``; never -0.0."""
    shown, unit = (offset / HOUR, "h") if abs(offset) >= HOUR else (offset, "s")
    return f"{round(shown, 1) + 0.0:+.1f} {unit}"


def of_queue(fill: QueueFill) -> Health:
    if fill.nearly_full:
        return Down(Why.QUEUE_NEARLY_FULL)
    return Degraded(Why.QUEUE_REFUSED) if fill.dead else Ready()


def of_numbers(numbers: NumbersLeft) -> Health:
    if numbers.here == 0:
        return Down(Why.NO_NUMBERS if numbers.at_hub else Why.NUMBERS_OVER)
    return Degraded(Why.NUMBERS_END) if numbers.here + numbers.at_hub < FEW_NUMBERS else Ready()


@dataclass(slots=True)
class _Asking:
    """One subject's check: when it is due, how long it may take, and how long it has been waited for, seconds."""

    due: float
    deadline: float
    waited: float | None = None

    @property
    def overdue(self) -> bool:
        return self.waited is not None and self.waited >= self.deadline


@dataclass(slots=True)
class HealthWatch:
    """Runs on the worker. ``clock_offset``: seconds, ``None`` while the hub was not heard; ``fill`` and
    ``numbers``: of the outbox, which may not know."""

    session: Session
    checks: Checks
    clock: Clock
    clock_offset: Callable[[], float | None]
    fill: Callable[[], QueueFill]
    numbers: Callable[[], NumbersLeft | None] = lambda: None
    _watched: dict[Subject, Watched] = field(default_factory=dict)
    _asking: dict[Subject, _Asking] = field(default_factory=dict)
    _hub: Reading | None = None
    _printer_said: str = ""
    _next_look: float = 0.0
    _beaten: float = 0.0  # at the last beat

    def __post_init__(self) -> None:
        now = self.clock.monotonic()
        self._next_look = self._beaten = now
        for place, (subject, pace) in enumerate(PACES.items()):
            self._asking[subject] = _Asking(now + FIRST_AFTER + place, pace.deadline)

    # -- what happens -------------------------------------------------------------------------------------------
    def beat(self) -> None:
        now = self.clock.monotonic()
        waited, self._beaten = min(MOST_WAITED, now - self._beaten), now
        for subject, asking in self._asking.items():
            self._ask_in_time(subject, asking, now, waited)
        if now >= self._next_look:
            self._next_look = now + LOOK_EVERY
            self._look()

    def checked(self, checked: Checked) -> None:
        """A check came back, maybe long after it was given up: what it says now counts."""
        now, asking = self.clock.monotonic(), self._asking[checked.subject]
        asking.waited, asking.due = None, now + PACES[checked.subject].every
        if checked.reading is None:
            self._forget(checked.subject)
        elif self._note(checked.reading).unsure:
            asking.due = now + LOOK_AGAIN

    def printer(self, changed: PrinterChanged) -> None:
        self._printer_said = changed.detail

    def hub_answered(self, answer: HubAnswered) -> None:
        outcome = answer.outcome
        lost = isinstance(outcome, Unreachable) and not outcome.by_hub
        if isinstance(outcome, Unreachable) and lost:
            if self._hub is None or self._hub.health == Ready():
                self._asking[Subject.NETWORK].due = self.clock.monotonic()  # is it our own cable?
            self._hub = Reading(Subject.HUB, of_hub(outcome.why))
        else:
            self._hub = Reading(Subject.HUB, Ready())

    def look_now(self) -> None:
        """Somebody wants to see it: every check is made now, those under way excepted."""
        now = self.clock.monotonic()
        for asking in self._asking.values():
            asking.due = now
        self._next_look = now

    @property
    def looking(self) -> bool:
        """Some check has not come back yet."""
        return any(asking.waited is not None and not asking.overdue for asking in self._asking.values())

    # -- inside -------------------------------------------------------------------------------------------------
    def _ask_in_time(self, subject: Subject, asking: _Asking, now: float, waited: float) -> None:
        if asking.waited is None:
            if now >= asking.due:
                asking.waited = 0.0
                self.checks.ask(subject)
        elif not asking.overdue:
            asking.waited += waited
            if asking.overdue:
                self._note(Reading(subject, Down(Why.NO_ANSWER)))

    def _look(self) -> None:
        session, fill = self.session, self.fill()
        found = {
            Subject.READER: of_reader(session.reader),
            Subject.PRINTER: of_printer(session.printer),
            Subject.SCANNER: of_scanner(session.scanner),
            Subject.SPEECH: of_speech(session.speech),
        }
        for subject, state in found.items():
            if state is not None:
                said = self._printer_said if subject is Subject.PRINTER else ""
                self._note(Reading(subject, state, said))
        self._note(Reading(Subject.QUEUE, of_queue(fill), str(fill.unsettled)))
        numbers = self.numbers()
        if numbers is not None:
            self._note(Reading(Subject.NUMBERS, of_numbers(numbers), str(numbers.here + numbers.at_hub)))
        if self._hub is not None:
            self._note(self._hub)
        offset = self.clock_offset()
        if offset is not None:
            self._note(Reading(Subject.CLOCK, of_clock(offset), seconds_off(offset)))

    def _note(self, reading: Reading) -> Watched:
        known = self._watched.get(reading.subject)
        watched = health.after(known, reading, self.clock.monotonic())
        self._watched[reading.subject] = watched
        if known is None or watched.line != known.line:
            self._publish()
        return watched

    def _forget(self, subject: Subject) -> None:
        """This machine has no such thing (any more)."""
        if self._watched.pop(subject, None) is not None:
            self._publish()

    def _publish(self) -> None:
        self.session.health = health.in_order(tuple(watched.line for watched in self._watched.values()))
