"""A roll without a sensor: slips are counted, and the last twenty are announced."""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.devices.counted_roll import NEAR_END_SLIPS, CountedRoll, used
from kiosk.domain.devices import PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from tests.devices.slips import CHINESE

ROLL = 100


@dataclass
class Printer:
    now: PrinterChanged = field(default_factory=lambda: PrinterChanged(PrinterState.READY))
    outcome: PrintOutcome = field(default_factory=Printed)
    slips: list[Slip] = field(default_factory=list)

    def warm(self) -> None:
        """Nothing to load."""

    def state(self) -> PrinterChanged:
        return self.now

    def print(self, slip: Slip) -> PrintOutcome:
        self.slips.append(slip)
        return self.outcome


def after(slips: int, file: Path, printer: Printer) -> CountedRoll:
    roll = CountedRoll(printer, file, ROLL)
    for _ in range(slips):
        roll.print(CHINESE)
    return roll


def test_the_last_twenty_slips_are_announced_also_after_a_restart(tmp_path: Path) -> None:
    printer, file = Printer(), tmp_path / "roll"
    roll = after(ROLL - NEAR_END_SLIPS, file, printer)
    assert roll.state().state is PrinterState.READY
    assert roll.print(CHINESE) == Printed(paper_low=True)
    assert roll.state() == PrinterChanged(PrinterState.PAPER_LOW)
    assert CountedRoll(printer, file, ROLL).state() == PrinterChanged(PrinterState.PAPER_LOW)


def test_paper_after_no_paper_and_a_cover_closed_again_are_a_new_roll(tmp_path: Path) -> None:
    for gone in (PrinterChanged(PrinterState.NO_PAPER), PrinterChanged(PrinterState.OFFLINE, "cover open")):
        printer = Printer()
        roll = after(95, tmp_path / gone.state, printer)
        printer.now = gone
        assert roll.state() == gone
        assert used(tmp_path / gone.state) == 95
        printer.now = PrinterChanged(PrinterState.READY)
        assert roll.state().state is PrinterState.READY
        assert used(tmp_path / gone.state) == 0


def test_an_unplugged_printer_or_a_refused_slip_changes_no_count(tmp_path: Path) -> None:
    printer, file = Printer(), tmp_path / "roll"
    roll = after(90, file, printer)
    for outcome in (NoPrinter("Connection refused"), NoPaper()):
        printer.outcome = outcome
        assert roll.print(CHINESE) == outcome
    printer.now = PrinterChanged(PrinterState.OFFLINE, "no answer")
    roll.state()
    assert used(file) == 90


def test_a_slip_of_which_nobody_knows_used_paper_too(tmp_path: Path) -> None:
    printer = Printer(outcome=PrintUnknown("no end mark"))
    after(3, tmp_path / "roll", printer)
    assert used(tmp_path / "roll") == 3


def test_a_count_that_is_gone_or_not_ours_is_a_new_roll(tmp_path: Path) -> None:
    file = tmp_path / "roll"
    for data in (b"", b"-5", b"1e9", b"\xff\xfe", b"9" * 400):
        file.write_bytes(data)
        assert used(file) == 0
        assert CountedRoll(Printer(), file, ROLL).print(CHINESE) == Printed()
        assert used(file) == 1


def test_a_disk_that_refuses_the_count_prevents_no_slip(tmp_path: Path) -> None:
    assert CountedRoll(Printer(), tmp_path / "away" / "roll", ROLL).print(CHINESE) == Printed()
