"""The printer's thread: every slip gets exactly one answer, and nobody waits for a silent printer."""

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from kiosk.devices.printer_thread import QUEUE_LIMIT, WAIT_LIMIT, PrinterEvent, PrinterThread
from kiosk.domain.devices import PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPrinter, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from kiosk.services.ports import SlipPrinted
from tests.devices.slips import CHINESE
from tests.patience import PATIENCE

READY = PrinterChanged(PrinterState.READY)


class Fake:
    """Prints when it is let go; breaks when it is told to."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.let_go.set()
        self.printing = threading.Event()
        self.breaks = False
        self.says = READY
        self.printed: list[Slip] = []

    def warm(self) -> None:
        if self.breaks:
            raise RuntimeError(CHINESE.headline)

    def state(self) -> PrinterChanged:
        return self.says

    def print(self, slip: Slip) -> PrintOutcome:
        self.printing.set()
        self.let_go.wait()
        if self.breaks:
            raise RuntimeError(slip.headline)
        self.printed.append(slip)
        return Printed()


class Stage:
    def __init__(self, look_every: float = 30.0) -> None:
        self.events: queue.Queue[PrinterEvent] = queue.Queue()
        self.printer = Fake()
        self.now = 0.0
        self.thread = PrinterThread(lambda: self.printer, self.events.put, look_every, lambda: self.now)

    def next(self) -> PrinterEvent:
        return self.events.get(timeout=PATIENCE)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    stage.thread.start()
    yield stage
    stage.printer.let_go.set()
    stage.thread.stop()


def test_a_slip_is_answered_once_and_the_state_follows(stage: Stage) -> None:
    stage.thread.print(7, CHINESE)
    assert [stage.next(), stage.next()] == [SlipPrinted(7, Printed()), READY]
    stage.thread.print(8, CHINESE)
    assert stage.next() == SlipPrinted(8, Printed())
    stage.thread.stop()
    assert stage.events.empty()  # the same state is not said twice


def test_a_busy_printer_refuses_more_slips_than_may_wait(stage: Stage) -> None:
    stage.printer.let_go.clear()
    stage.thread.print(0, CHINESE)
    assert stage.printer.printing.wait(PATIENCE)
    for job in range(1, QUEUE_LIMIT + 2):
        stage.thread.print(job, CHINESE)
    assert stage.next() == SlipPrinted(QUEUE_LIMIT + 1, NoPrinter("too many slips waiting"))
    stage.printer.let_go.set()
    answers = [stage.next() for _ in range(QUEUE_LIMIT + 1)]
    assert answers == [SlipPrinted(job, Printed()) for job in range(QUEUE_LIMIT + 1)]


def test_a_slip_that_waited_too_long_is_not_printed_for_the_next_person(stage: Stage) -> None:
    stage.printer.let_go.clear()
    stage.thread.print(1, CHINESE)
    assert stage.printer.printing.wait(PATIENCE)
    stage.thread.print(2, CHINESE)
    stage.now = WAIT_LIMIT + 1
    stage.printer.let_go.set()
    assert [stage.next(), stage.next()] == [SlipPrinted(1, Printed()), SlipPrinted(2, NoPrinter("waited too long"))]
    assert len(stage.printer.printed) == 1


def test_an_idle_printer_is_looked_at_and_only_changes_are_said() -> None:
    stage = Stage(look_every=0.01)
    stage.thread.start()
    assert stage.next() == READY
    stage.printer.says = PrinterChanged(PrinterState.NO_PAPER)
    assert stage.next() == PrinterChanged(PrinterState.NO_PAPER)
    stage.thread.stop()
    assert stage.events.empty()


def test_warming_says_the_state(stage: Stage) -> None:
    stage.thread.warm()
    assert stage.next() == READY


def test_a_bug_in_the_printer_costs_one_slip_and_leaks_no_words(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.printer.breaks = True
    with caplog.at_level(logging.ERROR):
        stage.thread.print(1, CHINESE)
        assert stage.next() == SlipPrinted(1, PrintUnknown("internal error"))
    assert "RuntimeError" in caplog.text
    assert CHINESE.headline not in caplog.text
    stage.printer.breaks = False
    stage.thread.print(2, CHINESE)
    assert stage.next() in (READY, SlipPrinted(2, Printed()))


def test_a_printer_that_cannot_be_made_answers_every_slip() -> None:
    def broken() -> Fake:
        raise RuntimeError("no such profile")

    events: queue.Queue[PrinterEvent] = queue.Queue()
    thread = PrinterThread(broken, events.put)
    thread.start()
    thread.print(1, CHINESE)
    assert events.get(timeout=PATIENCE) == SlipPrinted(1, NoPrinter("internal error"))
    assert events.get(timeout=PATIENCE) == PrinterChanged(PrinterState.OFFLINE, "internal error")
    thread.stop()


def test_slips_still_waiting_at_the_end_are_answered_too(stage: Stage) -> None:
    stage.printer.let_go.clear()
    stage.thread.print(1, CHINESE)
    assert stage.printer.printing.wait(PATIENCE)
    stage.thread.print(2, CHINESE)
    stopper = threading.Thread(target=stage.thread.stop)
    stopper.start()
    while not stage.thread.stopping:
        pass
    stage.printer.let_go.set()
    stopper.join()
    assert [stage.next(), stage.next()] == [
        SlipPrinted(1, Printed()),
        SlipPrinted(2, NoPrinter("the kiosk is closing")),
    ]
    stage.thread.print(3, CHINESE)
    assert isinstance(stage.next(), SlipPrinted)


def test_importing_the_printers_loads_neither_pillow_nor_escpos() -> None:
    program = (
        "import sys, kiosk.devices.printer_thread, kiosk.devices.escpos_printer, kiosk.devices.simulated_printer\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('PIL', 'escpos', 'qrcode')))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
