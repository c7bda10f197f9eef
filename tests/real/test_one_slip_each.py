"""Nothing of one visitor is ever printed for the next, whatever happens at whichever byte of a job."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops

from kiosk.devices.escpos_bytes import encode, without_commands
from kiosk.devices.escpos_link import Tcp
from kiosk.devices.escpos_printer import EscposPrinter, Limits
from kiosk.devices.receipt_raster import draw_slip
from kiosk.domain.devices import Paper
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintUnknown
from tests.counts import COUNT
from tests.devices.slips import CHINESE, real_fonts
from tests.patience import PATIENCE
from tests.real.escpos_device import Mechanism, TcpPrinter

PATIENT = Limits(connect=20.0, status=20.0, stall=20.0, look=0.05, job=90.0)
NEXT_PERSON = replace(CHINESE, reference="A12-0999-X", headline="下一个人")
DRAWN = without_commands(draw_slip(CHINESE, real_fonts()))
NEXT_DRAWN = ImageChops.invert(without_commands(draw_slip(NEXT_PERSON, real_fonts()))).tobytes()
# Clearing, three questions, the slip, the end mark: after its last byte only the answer can get lost.
PIECES = list(encode(DRAWN))
BEFORE, LENGTH = 10 + 9, 10 + 9 + sum(map(len, PIECES)) + 3
#: Bytes at which trouble comes; the edges always, of the rest so many.
TRIES, KILLS = {"ci": (6, 5), "full": (400, 100)}[COUNT]


def places(clears: bool) -> list[int]:
    """A printer that cannot be cleared and lost the line in the bytes that say how large a picture is takes what comes
    as picture: nothing of it is printed and the next slip is unknown. Elsewhere it must be right."""
    dice = random.Random(6)
    found = [1, 4, BEFORE, BEFORE + 3, BEFORE + 10, LENGTH - 3, LENGTH]
    found += [dice.randrange(BEFORE, LENGTH) for _ in range(TRIES)]
    starts = [BEFORE + sum(map(len, PIECES[:index])) for index in range(len(PIECES))]
    return [at for at in found if clears or not any(start < at < start + 8 for start in starts)]


def on(device: TcpPrinter, mark: Path | None = None) -> EscposPrinter:
    return EscposPrinter(Tcp("127.0.0.1", device.port), PATIENT, fonts=real_fonts, open_job=mark)


def paper_ends(mechanism: Mechanism) -> None:
    mechanism.paper = Paper.OUT


def cover_opens(mechanism: Mechanism) -> None:
    mechanism.cover_open = True


@pytest.mark.parametrize("clears", [True, False], ids=["clears", "cannot clear"])
@pytest.mark.parametrize("trouble", [None, paper_ends, cover_opens], ids=["cable", "paper", "cover"])
def test_the_next_person_gets_one_slip_and_it_is_theirs(
    trouble: Callable[[Mechanism], None] | None, clears: bool, say_figure: Callable[[str], None]
) -> None:
    found = places(clears)
    for at in found:
        with TcpPrinter(Mechanism(knows_clear=clears)) as device:
            if trouble is None:
                device.reset_after = at
            else:
                device.happens = (at, trouble)
            printer = on(device)
            outcome = printer.print(CHINESE)
            assert isinstance(outcome, NoPaper | NoPrinter | PrintUnknown), at
            assert not (clears and device.mechanism.holds_picture), at
            before = device.mechanism.rows_printed
            device.refill()
            assert not clears or device.mechanism.rows_printed == before, f"byte {at}: the new paper brought the rest"
            assert printer.print(NEXT_PERSON) == Printed(), at
            assert device.mechanism.slips[-1] == NEXT_DRAWN, at
            assert not device.mechanism.rows, at
    say_figure(f"trouble at {len(found)} bytes of a job: 0 slips with anything of the person before")


def _print_one(port: int, mark: Path) -> None:
    EscposPrinter(Tcp("127.0.0.1", port), PATIENT, fonts=real_fonts, open_job=mark).print(CHINESE)


def test_a_kiosk_killed_at_any_byte_cuts_the_slip_off_before_the_next_person_s(
    tmp_path: Path, say_figure: Callable[[str], None]
) -> None:
    ways = multiprocessing.get_context("forkserver")
    ways.set_forkserver_preload(["kiosk.devices.escpos_bytes", "tests.devices.slips", __name__])
    found = [BEFORE + 3, BEFORE + 8, *(random.Random(7).randrange(BEFORE, LENGTH) for _ in range(KILLS))]
    begun = 0
    for at in found:
        mark = tmp_path / f"open-{at}"
        with TcpPrinter(Mechanism()) as device:
            device.takes = at
            kiosk = ways.Process(target=_print_one, args=(device.port, mark))
            kiosk.start()
            until = time.monotonic() + PATIENCE
            while device.received < at:
                assert time.monotonic() < until, at
                time.sleep(0.002)
            assert kiosk.pid
            os.kill(kiosk.pid, signal.SIGKILL)
            kiosk.join()
            begun += mark.exists()
            device.takes = None
            assert on(device, mark).print(NEXT_PERSON) == Printed(), at
            assert device.mechanism.slips[-1] == NEXT_DRAWN, at
            assert not device.mechanism.rows, at
            assert not mark.exists(), at
    assert begun >= len(found) - 2, "the kiosk was not killed in the middle of its slips"
    say_figure(f"killed at {len(found)} bytes of a job: 0 slips with anything of the person before")
