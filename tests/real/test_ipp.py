"""The slip on its way to an IPP printer that exists: pages, states, and a job that never ends."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.devices import ipp_wire as ipp
from kiosk.devices.ipp_page import page
from kiosk.devices.ipp_printer import IppPrinter, Limits
from kiosk.devices.receipt_boxes import WIDE
from kiosk.devices.receipt_fonts import Fonts, FontsMissing
from kiosk.domain.devices import PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from tests.devices.slips import CHINESE, real_fonts
from tests.patience import PATIENCE
from tests.real.ipp_device import IppDevice, ipp_device

PATIENT = Limits(answer=30.0, look=0.05, cancel=30.0, job=90.0)
#: Where the answer never comes.
HASTY = Limits(answer=1.0, look=0.05, cancel=2.0, job=5.0)
CANCELED, COMPLETED = 7, 9  # job-state, RFC 8011 section 5.3.7
NEXT_PERSON = replace(CHINESE, reference="A12-0999-X", headline="下一个人")


@pytest.fixture
def device(tmp_path: Path) -> Iterator[IppDevice]:
    with ipp_device(tmp_path) as device:
        yield device


def a_page(slip: Slip, fonts: Fonts) -> bytes:
    return page(slip, fonts, WIDE, sheet=True)


def at(uri: str, limits: Limits = PATIENT) -> IppPrinter:
    return IppPrinter(uri, a_page, limits, fonts=real_fonts)


def ended(device: IppDevice) -> list[int]:
    """How the printer's jobs came to their end."""
    asked: dict[str, Any] = {"which-jobs": "completed", "requested-attributes": ["job-state"]}
    return sorted(int(state) for state in at(device.uri)._ask(ipp.GET_JOBS, asked).every("job-state"))


def test_a_slip_is_handed_over_as_a_page_and_followed_to_its_end(device: IppDevice) -> None:
    assert at(device.uri).state() == PrinterChanged(PrinterState.READY)
    assert at(device.uri).print(CHINESE) == Printed()
    (sent,) = device.pages
    assert sent.startswith(b"%PDF-")
    assert b"A12-0473-K" not in sent
    assert at(device.uri).print(NEXT_PERSON) == Printed()
    assert len(device.pages) == 2


def test_paper_is_told_by_the_reason_s_beginning(device: IppDevice) -> None:
    device.paper(5)
    assert at(device.uri).state() == PrinterChanged(PrinterState.PAPER_LOW)
    assert at(device.uri).print(CHINESE) == Printed(paper_low=True)
    device.paper(0)
    assert at(device.uri).state() == PrinterChanged(PrinterState.NO_PAPER)
    assert at(device.uri).print(CHINESE) == NoPaper()
    assert len(device.pages) == 1
    device.paper(250)
    assert at(device.uri).state() == PrinterChanged(PrinterState.READY)


def test_a_job_that_never_ends_is_unknown_and_cancelled(device: IppDevice) -> None:
    device.hold()
    assert at(device.uri, HASTY).print(CHINESE) == PrintUnknown("the job does not end")
    device.go()
    assert at(device.uri).print(NEXT_PERSON) == Printed()
    assert ended(device) == [CANCELED, COMPLETED]


@pytest.mark.parametrize("reason", ["cover-open-error", "media-jam"])
def test_trouble_in_the_middle_ends_the_job_and_is_told_to_staff(device: IppDevice, reason: str) -> None:
    device.trouble(reason)
    outcome = at(device.uri, HASTY).print(CHINESE)
    assert isinstance(outcome, PrintUnknown)
    assert outcome.detail.startswith(reason.removesuffix("-error"))
    device.go()
    assert at(device.uri).print(NEXT_PERSON) == Printed()


def test_a_job_the_printer_gives_up_is_unknown(device: IppDevice) -> None:
    device.fail()
    assert at(device.uri).print(CHINESE) == PrintUnknown("the printer ended the job")


def test_a_busy_printer_is_asked_again(device: IppDevice) -> None:
    device.hold()
    outcomes: list[PrintOutcome] = []
    other = IppPrinter(device.uri, a_page, PATIENT, fonts=real_fonts)
    other._user = "another-machine"  # its job is not ours to cancel
    first = threading.Thread(target=lambda: outcomes.append(other.print(CHINESE)))
    first.start()
    until = time.monotonic() + PATIENCE
    while not device.pages:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert at(device.uri, HASTY).print(NEXT_PERSON) == NoPrinter("busy")
    device.go()
    first.join()
    assert outcomes == [Printed()]
    assert at(device.uri).print(NEXT_PERSON) == Printed()


def test_what_a_killed_kiosk_left_in_the_printer_is_cancelled_before_the_next_slip(device: IppDevice) -> None:
    device.hold()
    killed = at(device.uri, replace(HASTY, cancel=0.0, job=0.5))
    killed._cancel_all = lambda: True  # type: ignore[method-assign]  # it was killed: it cancels nothing
    assert isinstance(killed.print(CHINESE), PrintUnknown)
    at(device.uri, HASTY).state()  # a new kiosk looks first, while the job is still held
    device.go()
    assert at(device.uri).print(NEXT_PERSON) == Printed()
    assert ended(device) == [CANCELED, COMPLETED]


def test_a_printer_that_does_not_answer_or_is_away_is_no_printer(device: IppDevice) -> None:
    device.freeze()
    assert at(device.uri, HASTY).state() == PrinterChanged(PrinterState.OFFLINE, "timed out")
    assert at(device.uri, HASTY).print(CHINESE) == NoPrinter("timed out")
    device.thaw()
    assert at("ipp://127.0.0.1:1/ipp/print").print(CHINESE) == NoPrinter("Connection refused")
    assert at(device.uri.replace("/ipp/print", "/nothing")).state().state is PrinterState.OFFLINE


def test_missing_fonts_are_said_before_anything_is_sent(device: IppDevice) -> None:
    printer = IppPrinter(device.uri, a_page, fonts=lambda: FontsMissing("install fonts-noto-cjk"))
    assert printer.print(CHINESE) == NoPrinter("install fonts-noto-cjk")
    assert device.pages == []
