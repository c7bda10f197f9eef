"""The watch asks for checks when they are due, never waits for one, and the strip says what a visitor meets."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from kiosk.domain.devices import PrinterChanged, PrinterState, ReaderState, ScannerState
from kiosk.domain.health import Degraded, Down, Health, Line, Reading, Ready, Subject, Why, line_of
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.presence import Readiness
from kiosk.domain.speech import SpeechState
from kiosk.services.health import (
    CLOCK_OFF,
    CLOCK_WRONG,
    FEW_NUMBERS,
    FIRST_AFTER,
    HOUR,
    LOOK_AGAIN,
    LOOK_EVERY,
    PACES,
    HealthWatch,
)
from kiosk.services.health_words import told
from kiosk.services.hub_requests import HubAnswered, NotChanged, TellPresence
from kiosk.services.ports import Checked, NumbersLeft, QueueFill
from kiosk.services.presence import readiness
from kiosk.services.views import StripKind
from kiosk.words import Speaker, say
from tests.services.a_station import AStation

FILL = QueueFill(0, 0, 5000, nearly_full=False)
BEAT = 0.25


@dataclass
class Watching:
    """``answers``: what each check finds at once; a subject that is not there is not there, ``hangs`` never answers."""

    station: AStation = field(default_factory=AStation)
    answers: dict[Subject, Health] = field(default_factory=dict)
    hangs: set[Subject] = field(default_factory=set)
    asked: list[tuple[float, Subject]] = field(default_factory=list)
    offset: float | None = None
    fill: QueueFill = FILL
    numbers: NumbersLeft | None = None

    def __post_init__(self) -> None:
        session = self.station.session
        offset, fill, numbers = (lambda: self.offset), (lambda: self.fill), (lambda: self.numbers)
        self.watch = HealthWatch(session, self, session.clock, offset, fill, numbers)

    def ask(self, subject: Subject) -> None:
        self.asked.append((self.station.clock.seconds, subject))

    def beats(self, seconds: float) -> "Watching":
        for _ in range(int(seconds / BEAT)):
            self.station.clock.seconds += BEAT
            before = len(self.asked)
            self.watch.beat()
            for _, subject in self.asked[before:]:
                if subject not in self.hangs:
                    self.answer(subject)
        return self

    def answer(self, subject: Subject) -> None:
        health = self.answers.get(subject)
        self.watch.checked(Checked(subject, Reading(subject, health, "1") if health else None))

    def line(self, subject: Subject) -> Line | None:
        return line_of(self.station.session.health, subject)

    def health(self, subject: Subject) -> Health | None:
        line = self.line(subject)
        return line.health if line else None

    def times(self, subject: Subject) -> list[float]:
        return [at for at, asked in self.asked if asked is subject]


SETTLED = FIRST_AFTER + len(PACES) + 1


def test_every_check_is_made_once_after_the_start_and_none_within_it() -> None:
    watching = Watching()
    watching.beats(FIRST_AFTER - 1)
    assert watching.asked == []
    watching.beats(SETTLED)
    assert sorted(subject for _, subject in watching.asked) == sorted(PACES)


def test_nothing_is_looked_at_more_often_than_it_needs() -> None:
    watching = Watching(answers=dict.fromkeys(PACES, Ready()))
    watching.beats(2 * HOUR)
    for subject, pace in PACES.items():
        assert len(watching.times(subject)) <= 2 * HOUR / pace.every + 1, subject


def test_what_contradicts_is_looked_at_again_before_long_and_then_believed() -> None:
    watching = Watching(answers={Subject.MEMORY: Ready()}).beats(SETTLED)
    assert watching.health(Subject.MEMORY) == Ready()
    watching.answers[Subject.MEMORY] = Degraded(Why.MEMORY_LOW)
    watching.beats(PACES[Subject.MEMORY].every)
    assert watching.health(Subject.MEMORY) == Ready(), "one reading is none"
    watching.beats(2 * LOOK_AGAIN + 1)
    assert watching.health(Subject.MEMORY) == Degraded(Why.MEMORY_LOW)


def test_an_alarm_stands_at_once() -> None:
    watching = Watching(answers={Subject.DISK: Ready()}).beats(SETTLED)
    watching.answers[Subject.DISK] = Down(Why.DISK_READ_ONLY)
    watching.watch.look_now()
    watching.beats(1)
    assert watching.health(Subject.DISK) == Down(Why.DISK_READ_ONLY)


def test_a_check_that_hangs_is_a_finding_is_not_asked_twice_and_holds_up_no_other() -> None:
    watching = Watching(answers=dict.fromkeys(PACES, Ready()), hangs={Subject.DISK})
    watching.beats(SETTLED + PACES[Subject.DISK].deadline)
    assert watching.health(Subject.DISK) == Down(Why.NO_ANSWER)
    assert not watching.watch.looking
    watching.beats(HOUR)
    assert len(watching.times(Subject.DISK)) == 1
    assert len(watching.times(Subject.MEMORY)) > 10
    watching.answer(Subject.DISK)
    assert watching.health(Subject.DISK) == Down(Why.NO_ANSWER), "one answer is not three"
    watching.hangs.clear()
    watching.beats(3 * LOOK_AGAIN)
    assert watching.health(Subject.DISK) == Ready()


def test_a_worker_that_was_held_up_blames_no_check() -> None:
    watching = Watching(answers={Subject.DISK: Ready()}, hangs={Subject.DISK}).beats(SETTLED)
    watching.station.clock.seconds += 10 * PACES[Subject.DISK].deadline
    watching.watch.beat()
    watching.answer(Subject.DISK)  # it stood in the queue behind the beat
    watching.beats(5)
    assert watching.health(Subject.DISK) == Ready()


def test_a_clock_that_jumps_again_and_again_blames_no_check() -> None:
    watching = Watching(answers={Subject.DISK: Ready()}).beats(SETTLED)
    watching.hangs.add(Subject.DISK)
    watching.watch.look_now()
    for _ in range(10):
        watching.station.clock.seconds += 120
        watching.beats(4 * BEAT)  # a look takes its time all the same
    assert watching.health(Subject.DISK) == Ready()
    watching.beats(PACES[Subject.DISK].deadline)
    assert watching.health(Subject.DISK) == Down(Why.NO_ANSWER)


def test_what_is_not_there_any_more_has_no_line() -> None:
    watching = Watching(answers={Subject.SPEAKER: Ready()}).beats(SETTLED)
    assert watching.health(Subject.SPEAKER) == Ready()
    watching.answers.clear()
    watching.watch.look_now()
    watching.beats(1)
    assert watching.line(Subject.SPEAKER) is None


@pytest.mark.parametrize(
    ("reader", "printer", "scanner", "expected"),
    [
        (ReaderState.NONE, PrinterState.NONE, ScannerState.NONE, (None, None, None)),
        (ReaderState.READY, PrinterState.READY, ScannerState.READY, (Ready(), Ready(), Ready())),
        (
            ReaderState.NO_READER,
            PrinterState.PAPER_LOW,
            ScannerState.ABSENT,
            (Down(Why.NO_READER), Degraded(Why.PAPER_LOW), Down(Why.NO_SCANNER)),
        ),
        (
            ReaderState.SERVICE_DOWN,
            PrinterState.NO_PAPER,
            ScannerState.READY,
            (Down(Why.CARD_SERVICE_DOWN), Down(Why.NO_PAPER), Ready()),
        ),
        (
            ReaderState.READY,
            PrinterState.OFFLINE,
            ScannerState.NONE,
            (Ready(), Down(Why.PRINTER_OFFLINE), None),
        ),
    ],
)
def test_devices_are_what_they_say_and_what_is_not_configured_is_not_missed(
    reader: ReaderState,
    printer: PrinterState,
    scanner: ScannerState,
    expected: tuple[Health | None, ...],
) -> None:
    watching = Watching()
    session = watching.station.session
    session.reader, session.printer, session.scanner = reader, printer, scanner
    watching.beats(1)
    found = tuple(watching.health(subject) for subject in (Subject.READER, Subject.PRINTER, Subject.SCANNER))
    assert found == expected


def test_the_printer_s_own_words_stand_beside() -> None:
    watching = Watching()
    watching.watch.printer(PrinterChanged(PrinterState.OFFLINE, "cover open"))
    watching.station.session.printer = PrinterState.OFFLINE
    line = watching.beats(1).line(Subject.PRINTER)
    assert line is not None
    assert line.measured == "cover open"


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (None, None),
        (0.4, Ready()),
        (-CLOCK_OFF, Degraded(Why.CLOCK_OFF)),
        (CLOCK_OFF, Degraded(Why.CLOCK_OFF)),
        (CLOCK_WRONG, Down(Why.CLOCK_WRONG)),
        (-400 * 24 * HOUR, Down(Why.CLOCK_WRONG)),
    ],
)
def test_the_clock_is_judged_against_the_hub_s(offset: float | None, expected: Health | None) -> None:
    assert Watching(offset=offset).beats(1).health(Subject.CLOCK) == expected


@pytest.mark.parametrize("why", Unreached)
def test_a_hub_that_does_not_answer_is_down_and_has_to_answer_for_a_while_to_be_back(why: Unreached) -> None:
    watching = Watching(answers={Subject.NETWORK: Ready()}).beats(SETTLED)
    looked = len(watching.times(Subject.NETWORK))
    request = TellPresence(Readiness.READY)
    watching.watch.hub_answered(HubAnswered(request, Unreachable(why)))
    watching.beats(LOOK_EVERY)
    assert isinstance(watching.health(Subject.HUB), Down)
    assert len(watching.times(Subject.NETWORK)) == looked + 1, "maybe it is our own cable"
    watching.watch.hub_answered(HubAnswered(request, NotChanged()))
    watching.beats(LOOK_EVERY)
    assert isinstance(watching.health(Subject.HUB), Down)
    watching.beats(2 * LOOK_EVERY)
    assert watching.health(Subject.HUB) == Ready()


def test_a_hub_that_says_not_now_is_there() -> None:
    watching = Watching()
    answer = HubAnswered(TellPresence(Readiness.READY), Unreachable(Unreached.HUB_ERROR, by_hub=True))
    watching.watch.hub_answered(answer)
    assert watching.beats(1).health(Subject.HUB) == Ready()


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (FILL, Ready()),
        (QueueFill(3, 0, 5000, nearly_full=False), Ready()),
        (QueueFill(0, 1, 5000, nearly_full=False), Degraded(Why.QUEUE_REFUSED)),
        (QueueFill(4000, 0, 5000, nearly_full=True), Down(Why.QUEUE_NEARLY_FULL)),
    ],
)
def test_the_queue_is_judged_by_what_is_in_it(fill: QueueFill, expected: Health) -> None:
    assert Watching(fill=fill).beats(1).health(Subject.QUEUE) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (NumbersLeft(200, FEW_NUMBERS - 200), Ready()),
        (NumbersLeft(199, FEW_NUMBERS - 200), Degraded(Why.NUMBERS_END)),
        (NumbersLeft(1, 0), Degraded(Why.NUMBERS_END)),
        (NumbersLeft(0, 1), Down(Why.NO_NUMBERS)),
        (NumbersLeft(0, 0), Down(Why.NUMBERS_OVER)),
    ],
)
def test_that_the_numbers_of_a_code_end_is_told_before_and_when_they_do(numbers: NumbersLeft, expected: Health) -> None:
    watching = Watching(numbers=numbers).beats(3 * LOOK_EVERY + BEAT)
    assert watching.health(Subject.NUMBERS) == expected
    line = watching.line(Subject.NUMBERS)
    assert line is not None
    assert line.measured == str(numbers.here + numbers.at_hub)


def test_a_disk_that_does_not_say_how_many_numbers_are_left_is_no_alarm_about_numbers() -> None:
    assert Watching().beats(3 * LOOK_EVERY).health(Subject.NUMBERS) is None


# -- what a visitor sees ---------------------------------------------------------------------------------------------
def strip(watching: Watching) -> str:
    watching.station.station.beat()
    assert watching.station.view.strip.kind in (StripKind.NORMAL, StripKind.TROUBLE)
    return watching.station.view.strip.text


@pytest.mark.parametrize("why", [Why.DISK_FULL, Why.DISK_READ_ONLY, Why.DISK_NOT_WRITABLE])
def test_a_disk_that_takes_nothing_stands_on_the_strip_and_the_kiosk_is_not_called_ready(why: Why) -> None:
    watching = Watching(answers={Subject.DISK: Down(why)}).beats(SETTLED)
    assert strip(watching) == say(Language.ZH, "strip.disk")
    assert readiness(watching.station.session, FILL) is Readiness.DEGRADED


OF_STAFF: list[tuple[Subject, Health]] = [
    (Subject.DISK, Degraded(Why.DISK_LOW)),
    (Subject.DISK, Degraded(Why.DISK_ERRORS)),
    (Subject.MEMORY, Down(Why.MEMORY_OUT)),
    (Subject.TEMPERATURE, Down(Why.TOO_HOT)),
    (Subject.CERTIFICATE, Degraded(Why.CERTIFICATE_ENDS)),
    (Subject.FONTS, Down(Why.NO_FONTS)),
    (Subject.TOUCH, Degraded(Why.NO_TOUCH)),
    (Subject.NETWORK, Down(Why.NO_LINK)),
]


@pytest.mark.parametrize(("subject", "health"), OF_STAFF)
def test_what_only_staff_can_do_something_about_does_not_bother_a_visitor(subject: Subject, health: Health) -> None:
    watching = Watching(answers={subject: health}).beats(SETTLED)
    assert watching.health(subject) == health
    assert strip(watching) == ""


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (lambda session: setattr(session, "reader", ReaderState.NO_READER), "strip.reader"),
        (lambda session: setattr(session, "printer", PrinterState.NO_PAPER), "strip.paper"),
        (lambda session: setattr(session, "printer", PrinterState.OFFLINE), "strip.printer"),
    ],
)
def test_trouble_with_a_device_is_said_at_once_and_a_loose_plug_does_not_flicker(
    trouble: Callable[[object], None], words: str
) -> None:
    watching = Watching().beats(1)
    session = watching.station.session
    trouble(session)
    assert strip(watching) == say(Language.ZH, words), "even before the watch has looked"
    for _ in range(6):
        trouble(session)
        watching.beats(LOOK_EVERY)
        assert strip(watching) == say(Language.ZH, words)
        session.reader, session.printer = ReaderState.READY, PrinterState.READY
        watching.beats(LOOK_EVERY)
        assert strip(watching) == say(Language.ZH, words)
    watching.beats(3 * LOOK_EVERY)
    assert strip(watching) == ""


@pytest.mark.parametrize("language", Language)
def test_staff_are_told_the_figure_what_is_wrong_and_what_to_do(language: Language) -> None:
    speak = Speaker(language)
    fine = told(Subject.DISK, Ready(), "12.0 GB", speak)
    assert (fine.state, fine.do) == (speak("health.ready"), "")
    assert "12.0 GB" in fine.detail
    bad = told(Subject.TEMPERATURE, Down(Why.TOO_HOT), "97 °C", speak)
    assert (bad.state, bad.detail, bad.do) == (speak("health_why.too_hot"), "97 °C", speak("health_do.too_hot"))


@pytest.mark.parametrize(
    ("state", "health"),
    [
        (SpeechState.NONE, None),
        (SpeechState.NO_ENGINE, Degraded(Why.NO_ENGINE)),
        (SpeechState.NO_SOUND, Degraded(Why.NO_SOUND)),
        (SpeechState.READY, Ready()),
    ],
)
def test_an_absent_engine_or_sound_card_is_a_line_and_no_alarm(state: SpeechState, health: Health | None) -> None:
    watching = Watching()
    watching.station.session.speech = state
    assert watching.beats(1).health(Subject.SPEECH) == health
