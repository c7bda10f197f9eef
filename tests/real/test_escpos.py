"""The slip on its way to a printer that exists: connections, status, paper, and everything that can go wrong there."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops

from kiosk.devices.escpos_bytes import without_commands
from kiosk.devices.escpos_dialect import USUAL, Cut, Dialect, Writing
from kiosk.devices.escpos_link import Address, Device, Serial, Tcp
from kiosk.devices.escpos_printer import EscposPrinter, Limits
from kiosk.devices.receipt_fonts import FontsMissing
from kiosk.devices.receipt_raster import draw_slip
from kiosk.domain.devices import Paper, PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintUnknown
from kiosk.domain.receipts import Slip
from tests.devices.slips import CARRYING, CHINESE, ENGLISH, OFFLINE, real_fonts
from tests.real.escpos_device import Mechanism, TcpPrinter, device_file

#: Where the printer answers in the end: however busy the machine is, it is not given up before.
PATIENT = Limits(connect=20.0, status=20.0, stall=20.0, look=0.05, job=90.0)
#: Where it never will.
HASTY = Limits(connect=2.0, status=2.0, stall=1.0, look=0.05, job=7.0)
OTHER_PERSON = replace(CHINESE, reference="A12-0999-X", headline="下一个人")


@pytest.fixture
def device() -> Iterator[TcpPrinter]:
    with TcpPrinter(Mechanism()) as device:
        yield device


def to(address: Address, dialect: Dialect = USUAL, limits: Limits = PATIENT) -> EscposPrinter:
    return EscposPrinter(address, limits, dialect, fonts=real_fonts)


def on(device: TcpPrinter, dialect: Dialect = USUAL, limits: Limits = PATIENT) -> EscposPrinter:
    return to(Tcp("127.0.0.1", device.port), dialect, limits)


def looks_like(rows: bytes, slip: Slip) -> bool:
    return rows == ImageChops.invert(without_commands(draw_slip(slip, real_fonts()))).tobytes()


@pytest.mark.parametrize(
    "slip", [CHINESE, ENGLISH, OFFLINE, CARRYING], ids=["chinese", "english", "offline", "carrying"]
)
def test_what_comes_out_is_the_drawn_slip_dot_for_dot(device: TcpPrinter, slip: Slip) -> None:
    assert on(device).print(slip) == Printed()
    assert len(device.mechanism.slips) == 1
    assert looks_like(device.mechanism.slips[0], slip)
    assert device.mechanism.picture(0).width == 576


def test_only_the_commands_of_the_template_reach_the_printer(device: TcpPrinter) -> None:
    nasty = replace(CHINESE, headline="\x1bp\x00\x19\xfa钱箱\x10\x14\x01\x00\x01", body="\x1dV\x00\x1b@\x1c" * 50)
    assert on(device).print(nasty) == Printed()
    starts = {command[:2] for command in device.mechanism.commands}
    assert starts == {b"\x1b@", b"\x1dv", b"\x1dV", b"\x1dr"}
    assert not device.mechanism.unknown
    assert {command[:2] for command in device.mechanism.real_time} == {b"\x10\x04", b"\x10\x14"}
    assert all(c[1] == 4 or c == bytes.fromhex("10140801031401060208") for c in device.mechanism.real_time)


def test_every_job_is_a_connection_of_its_own_and_ends_with_one_cut(device: TcpPrinter) -> None:
    printer = on(device)
    for slip in (CHINESE, ENGLISH, CHINESE):
        assert printer.print(slip) == Printed()
    assert device.connections == 3
    assert [looks_like(rows, s) for rows, s in zip(device.mechanism.slips, (CHINESE, ENGLISH, CHINESE), strict=True)]


def test_a_roll_near_its_end_still_prints_and_says_so(device: TcpPrinter) -> None:
    device.mechanism.paper = Paper.LOW
    assert on(device).print(CHINESE) == Printed(paper_low=True)
    assert on(device).state() == PrinterChanged(PrinterState.PAPER_LOW)


def test_without_paper_nothing_is_sent(device: TcpPrinter) -> None:
    device.mechanism.paper = Paper.OUT
    assert on(device).print(CHINESE) == NoPaper()
    device.refill()
    assert not device.mechanism.rows
    assert not device.mechanism.slips


def test_an_open_cover_is_no_printer(device: TcpPrinter) -> None:
    device.mechanism.cover_open = True
    assert on(device).print(CHINESE) == NoPrinter("cover open")
    assert on(device).state() == PrinterChanged(PrinterState.OFFLINE, "cover open")


def test_a_refused_connection_is_no_printer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        outcome = to(Tcp("127.0.0.1", unused.getsockname()[1])).print(CHINESE)
    assert outcome == NoPrinter("Connection refused")


def test_a_printer_that_never_answers_gets_nothing_to_print(device: TcpPrinter) -> None:
    device.mechanism.silent = True
    assert on(device, limits=HASTY).print(CHINESE) == NoPrinter("no answer")
    assert on(device, limits=HASTY).state() == PrinterChanged(PrinterState.OFFLINE, "no answer")
    assert not device.mechanism.rows


def test_paper_that_ends_in_the_middle_is_no_paper_and_the_rest_never_comes_out(device: TcpPrinter) -> None:
    device.mechanism.paper_out_after_rows = 300
    printer = on(device)
    assert printer.print(CHINESE) == NoPaper()
    device.refill()
    assert printer.print(OTHER_PERSON) == Printed()
    first, second = device.mechanism.slips
    assert len(first) == 300 * 72
    assert looks_like(second, OTHER_PERSON)


def test_a_printer_that_cannot_be_cleared_gives_the_rest_a_slip_of_its_own(device: TcpPrinter) -> None:
    device.mechanism.knows_clear = False
    device.reset_after = 40_000
    printer = on(device)
    assert isinstance(printer.print(CHINESE), NoPrinter | PrintUnknown)
    assert printer.print(OTHER_PERSON) == Printed()
    assert looks_like(device.mechanism.slips[-1], OTHER_PERSON)


def test_a_printer_that_stops_taking_data_is_given_up_and_cleared(device: TcpPrinter) -> None:
    device.takes = 30_000
    printer = on(device, limits=replace(HASTY, job=600.0))
    assert printer.print(CHINESE) == PrintUnknown("takes no data")
    device.takes = None
    assert printer.print(OTHER_PERSON) == Printed()
    assert looks_like(device.mechanism.slips[-1], OTHER_PERSON)


def test_a_printer_that_takes_data_in_drips_is_given_up_in_time(device: TcpPrinter) -> None:
    device.drip = 100  # at 5 kB a second the slip would take over fifteen seconds
    printer = on(device, limits=replace(HASTY, stall=60.0))
    assert printer.print(CHINESE) == PrintUnknown("takes no data")
    assert not device.mechanism.slips
    device.drip = None
    assert on(device).print(OTHER_PERSON) == Printed()
    assert looks_like(device.mechanism.slips[-1], OTHER_PERSON)


def test_a_printer_away_while_it_is_cleared_is_cleared_before_the_next_slip(device: TcpPrinter) -> None:
    device.mechanism.paper_out_after_rows = 300
    device.mechanism.knows_clear = False
    printer = on(device)
    assert printer.print(CHINESE) == NoPaper()
    assert device.mechanism.holds_picture
    device.mechanism.knows_clear = True
    assert printer.state().state is PrinterState.NO_PAPER
    assert not device.mechanism.holds_picture


def test_without_an_end_mark_nothing_is_claimed(device: TcpPrinter) -> None:
    device.mechanism.knows_end_mark = False
    assert on(device, limits=HASTY).print(CHINESE) == PrintUnknown("no end mark")


def test_a_printer_set_up_without_end_mark_is_asked_in_real_time(device: TcpPrinter) -> None:
    device.mechanism.knows_end_mark = False
    assert on(device, Dialect(end_mark=False)).print(CHINESE) == Printed()


@pytest.mark.parametrize("noise", [b"\x11", b"\x13", b"\x14\x00\x00\x0f", b"\x10\x0c\x60\x0f", b"\x37\x25\x00"])
def test_what_a_printer_says_unasked_is_not_taken_for_an_answer(device: TcpPrinter, noise: bytes) -> None:
    device.mechanism.noise = noise
    assert on(device).print(CHINESE) == Printed()


def test_a_device_file_prints_like_the_network() -> None:
    mechanism = Mechanism(paper=Paper.LOW)
    with device_file(mechanism) as path:
        assert to(Device(path)).state() == PrinterChanged(PrinterState.PAPER_LOW)
        assert to(Device(path)).print(CHINESE) == Printed(paper_low=True)
    assert looks_like(mechanism.slips[0], CHINESE)


@pytest.mark.parametrize("hardware", [True, False])
def test_a_serial_line_prints_like_the_network(hardware: bool) -> None:
    mechanism = Mechanism(paper=Paper.LOW)
    with device_file(mechanism) as path:
        line = Serial(path, 115200, hardware)
        assert to(line).state() == PrinterChanged(PrinterState.PAPER_LOW)
        assert to(line).print(CHINESE) == Printed(paper_low=True)
    assert looks_like(mechanism.slips[0], CHINESE)


def test_a_serial_line_that_is_away_or_none_is_no_printer(tmp_path: Path) -> None:
    assert to(Serial(tmp_path / "ttyS7", 9600)).print(CHINESE) == NoPrinter("No such file or directory")
    (tmp_path / "plain").touch()
    assert to(Serial(tmp_path / "plain", 9600)).print(CHINESE) == NoPrinter("Inappropriate ioctl for device")
    assert (tmp_path / "plain").read_bytes() == b""


@pytest.mark.parametrize("dots", [384, 512, 576])
@pytest.mark.parametrize("cut", Cut)
def test_every_width_and_cut_gives_the_drawn_slip(dots: int, cut: Cut) -> None:
    with TcpPrinter(Mechanism(row_bytes=dots // 8)) as device:
        dialect = Dialect(dots, density=-3, cut=cut)
        assert on(device, dialect).print(CHINESE) == Printed()
        drawn = without_commands(draw_slip(CHINESE, real_fonts(), dialect.strip))
        assert device.mechanism.slips == [ImageChops.invert(drawn).tobytes()]
        assert b"\x1d(K\x02\x00\x31\xfd" in device.mechanism.commands
        assert not device.mechanism.unknown


def test_a_printer_with_chinese_of_its_own_gets_words_it_can_read(device: TcpPrinter) -> None:
    slip = replace(CHINESE, headline="𠮷野 hostile \x1bp\x00\x19 \x10\x14\x01")
    assert on(device, Dialect(writing=Writing.GB18030)).print(slip) == Printed()
    words = device.mechanism.words.decode("gb18030")
    for text in (CHINESE.campus, CHINESE.reference, "□野 hostile p", CHINESE.qr_title, "连上 Wi-Fi 但打不开网页"):
        assert text in words, text
    assert not device.mechanism.unknown
    assert device.received < 3000
    assert {command[:2] for command in device.mechanism.real_time} == {b"\x10\x04", b"\x10\x14"}


def test_a_path_that_cannot_answer_gets_the_slip_but_nothing_is_claimed(tmp_path: Path) -> None:
    spool = tmp_path / "spool"
    spool.touch()
    assert to(Device(spool)).print(CHINESE) == PrintUnknown("the printer cannot answer")
    mechanism = Mechanism()
    mechanism.receive(spool.read_bytes())
    assert looks_like(mechanism.slips[0], CHINESE)


def test_a_device_that_is_away_is_no_printer_and_is_not_made_a_file(tmp_path: Path) -> None:
    assert to(Device(tmp_path / "lp0")).print(CHINESE) == NoPrinter("No such file or directory")
    assert not list(tmp_path.iterdir())


def test_missing_fonts_are_said_before_anything_is_sent(device: TcpPrinter) -> None:
    printer = EscposPrinter(
        Tcp("127.0.0.1", device.port), PATIENT, fonts=lambda: FontsMissing("install fonts-noto-cjk")
    )
    assert printer.print(CHINESE) == NoPrinter("install fonts-noto-cjk")
    assert printer.state() == PrinterChanged(PrinterState.OFFLINE, "install fonts-noto-cjk")
    assert device.connections == 0


def test_warming_leaves_the_process_as_it_was() -> None:
    program = (
        "import logging, os, tempfile; from pathlib import Path\n"
        "from kiosk.devices.escpos_link import Tcp; from kiosk.devices.escpos_printer import EscposPrinter\n"
        "EscposPrinter(Tcp('127.0.0.1')).warm()\n"
        "print(logging.getLogger().handlers, os.listdir(tempfile.gettempdir()))"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TMPDIR": folder}
        ran = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
        )
    assert ran.stdout.strip() == "[] []"
