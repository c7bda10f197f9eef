"""The printer of the demo: slips as pictures in a folder."""

from pathlib import Path

from PIL import Image, ImageChops

from kiosk.devices.receipt_fonts import FontsMissing
from kiosk.devices.receipt_raster import draw_slip
from kiosk.devices.simulated_printer import SimulatedPrinter
from kiosk.domain.devices import Paper, PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintUnknown
from tests.devices.slips import CHINESE, ENGLISH, real_fonts


def test_every_slip_is_a_picture_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    printer = SimulatedPrinter(folder, real_fonts)
    assert printer.print(CHINESE) == Printed()
    assert SimulatedPrinter(folder, real_fonts).print(ENGLISH) == Printed()
    assert sorted(path.name for path in folder.iterdir()) == ["slip-1.png", "slip-2.png"]
    with Image.open(folder / "slip-2.png") as picture:
        assert ImageChops.logical_xor(picture.convert("1"), draw_slip(ENGLISH, real_fonts())).getbbox() is None


def test_paper_and_plug_can_be_taken_away_and_given_back(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path, real_fonts)
    printer.set_paper(Paper.OUT)
    assert (printer.print(CHINESE), printer.state().state) == (NoPaper(), PrinterState.NO_PAPER)
    printer.set_on(False)
    assert (printer.print(CHINESE), printer.state().state) == (NoPrinter("switched off"), PrinterState.OFFLINE)
    assert not list(tmp_path.iterdir())
    printer.set_on(True)
    printer.set_paper(Paper.LOW)
    assert (printer.print(CHINESE), printer.state()) == (
        Printed(paper_low=True),
        PrinterChanged(PrinterState.PAPER_LOW),
    )


def test_missing_fonts_are_a_printer_that_is_not_there(tmp_path: Path) -> None:
    printer = SimulatedPrinter(tmp_path, lambda: FontsMissing("install fonts-noto-cjk"))
    assert printer.print(CHINESE) == NoPrinter("install fonts-noto-cjk")
    assert printer.state() == PrinterChanged(PrinterState.OFFLINE, "install fonts-noto-cjk")


def test_a_folder_that_cannot_be_written_claims_no_slip(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("a file where the folder should be")
    outcome = SimulatedPrinter(tmp_path / "slips", real_fonts).print(CHINESE)
    assert isinstance(outcome, PrintUnknown)
