"""Self-tests at the kiosk: one at a time, begun and answered by a person, and kept as a record.

While one runs, a card, a scan or a printed page is its own and nobody's visit. The pages are the maintenance page's.
"""

from typing import assert_never

from kiosk.domain import self_tests
from kiosk.domain.devices import PrinterState, ReaderState, ScannerState
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import NoPaper, NoPrinter, PaperKept, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from kiosk.domain.self_tests import (
    DeviceDid,
    DeviceFailed,
    DotPressed,
    Event,
    Left,
    Over,
    Part,
    Running,
    Said,
    SelfTestRecord,
    Staff,
    Tick,
)
from kiosk.domain.speech import Piece, SpeechState, Tone, Utterance
from kiosk.services import hearing, when
from kiosk.services.ports import SelfTestRecords, SlipPrinted, SlipPrinter, Speech
from kiosk.services.session import Session


class SelfTesting:
    """Runs on the worker thread. ``running`` is what the page shows, ``ended`` what came of the last one begun here,
    ``kept`` whether the disk took its record."""

    def __init__(self, session: Session, printer: SlipPrinter, records: SelfTestRecords, speech: Speech) -> None:
        self._session, self._printer, self._records, self._speech = session, printer, records, speech
        self._job = 0  # counts down: a visit's slips count up
        self.running: Running | None = None
        self.ended: SelfTestRecord | None = None
        self.kept = True

    # -- what the page asks -------------------------------------------------------------------------------------
    def offered(self) -> tuple[Part, ...]:
        """What there is to test here."""
        session = self._session
        there = {
            Part.PRINTER: session.printer is not PrinterState.NONE,
            Part.READER: session.reader is not ReaderState.NONE,
            Part.SCANNER: session.scanner is not ScannerState.NONE,
            Part.TOUCH: True,
            Part.SOUND: session.speech is not SpeechState.NONE,
        }
        return tuple(part for part in Part if there[part])

    def latest(self) -> tuple[SelfTestRecord, ...]:
        """The last record of each part."""
        return self._records.latest()

    def begin(self, part: Part, by: Staff) -> bool:
        """False where there is no such thing here, or another test is under way."""
        if self.running is not None or part not in self.offered():
            return False
        self.ended = None
        self.running = self_tests.begin(part, by, self._session.clock.monotonic())
        if part is Part.PRINTER:
            self._job -= 1
            self._printer.print(self._job, self._page())
        elif part is Part.SOUND:
            self._play()
        return True

    def dot(self, dot: int) -> None:
        self._happen(DotPressed(dot))

    def say(self, right: bool, by: Staff) -> None:
        self._happen(Said(right, by))

    def leave(self) -> None:
        """Whoever stood there has gone, or broke it off."""
        self._happen(Left())

    # -- what happens -------------------------------------------------------------------------------------------
    def card_read(self) -> bool:
        """True where the card was for the test. Which card it was is nobody's business."""
        return self._device(Part.READER, DeviceDid())

    def card_failed(self, why: str) -> bool:
        return self._device(Part.READER, DeviceFailed(why, final=False))

    def scanned(self, readable: bool) -> bool:
        event = DeviceDid() if readable else DeviceFailed("unreadable", final=False)
        return self._device(Part.SCANNER, event)

    def printed(self, event: SlipPrinted) -> bool:
        """True where it was a test's page, also of one that is over."""
        if event.job_id >= 0:
            return False
        if event.job_id == self._job:
            self._device(Part.PRINTER, _printed(event.outcome))
        return True

    def beat(self) -> None:
        if self.running is not None:
            self._happen(Tick())

    # -- inside -------------------------------------------------------------------------------------------------
    def _device(self, part: Part, event: Event) -> bool:
        if self.running is None or self.running.part is not part:
            return False
        self._happen(event)
        return True

    def _happen(self, event: Event) -> None:
        running = self.running
        if running is None:
            return
        now = self_tests.after(running, event, self._session.clock.monotonic())
        match now:
            case Running():
                self.running = now
            case Over():
                self.running = None
                self.ended = _record(running, now, self._session)
                self.kept = self._records.keep(self.ended)
            case _:
                assert_never(now)

    def _play(self) -> None:
        """A tone and a voice: the question that stands on the page. Whether they were heard only the person knows."""
        session = self._session
        if not hearing.can_begin(session):
            self._happen(DeviceFailed(session.speech.value, final=True))
            return
        asked = Piece(session.visit.language, session.speak("maintenance.test_sound_ask"))
        self._speech.say(Utterance((asked,), Tone.DONE))
        self._happen(DeviceDid())

    def _page(self) -> Slip:
        """Long enough to show a broken line of dots, a skipped feed and a cut in the wrong place."""
        session, speak = self._session, self._session.speak
        campus, language = session.campus, session.visit.language
        made = f"{when.day(session.now, session.zone, speak)} {when.clock_text(session.now, session.zone)}"
        place = f"{campus.kiosk.title.of(language)} · {campus.kiosk.code}" if campus else ""
        return Slip(
            language=language,
            campus=f"{campus.name.of(language)} {campus.product.of(language)}" if campus else "",
            mark=campus.mark if campus else "",
            place=place,
            headline=speak("self_test.page"),
            reference_label=speak("self_test.page_code"),
            reference=campus.kiosk.code if campus else "",
            facts=((speak("self_test.page_made"), made),),
            steps=tuple(speak(f"self_test.page_look_{part}") for part in ("top", "lines", "letters", "cut")),
        )


def _record(running: Running, over: Over, session: Session) -> SelfTestRecord:
    return SelfTestRecord(
        id=OpId.new().value,
        part=running.part,
        at=session.now,
        by=running.by,
        outcome=over.outcome,
        confirmed_by=over.confirmed_by,
        seen=over.seen,
    )


def _printed(outcome: PrintOutcome) -> DeviceDid | DeviceFailed:
    match outcome:
        case Printed(paper_low):
            return DeviceDid("paper low" if paper_low else "")
        case PrintUnknown(detail):
            return DeviceDid(detail)  # it may have come out: the person sees it
        case NoPaper():
            return DeviceFailed("no paper", final=True)
        case NoPrinter(detail):
            return DeviceFailed(detail, final=True)
        case PaperKept():
            return DeviceFailed("paper kept", final=True)
