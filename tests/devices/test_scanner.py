"""The scanner: whole lines or none, one for each paper held before it, and a cable that may be pulled at any time."""

import queue
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.scan_lines import LEAST_BETWEEN_SECONDS, QUIET_SECONDS, SAME_PAPER_SECONDS, ScanLines
from kiosk.devices.scanner import Scanner
from kiosk.devices.simulated_scanner import SimulatedScanner
from kiosk.domain.devices import Scanned, ScannerChanged, ScannerEvent, ScannerState
from kiosk.domain.scans import MOST_BYTES
from tests.patience import PATIENCE

READY, ABSENT = ScannerChanged(ScannerState.READY), ScannerChanged(ScannerState.ABSENT)
LATER = SAME_PAPER_SECONDS + 1


# -- lines --------------------------------------------------------------------------------------------------------
@given(
    lines=st.lists(st.binary(min_size=1, max_size=100).filter(lambda b: not set(b) & set(b"\r\n")), max_size=6),
    ends=st.sampled_from([b"\r", b"\n", b"\r\n"]),
    cut=st.integers(1, 40),
)
def test_however_the_bytes_come_the_same_lines_come_out(lines: list[bytes], ends: bytes, cut: int) -> None:
    scanner, now, out = ScanLines(), 100.0, []
    for line in lines:
        now += LATER
        sent = line + ends
        for place in range(0, len(sent), cut):
            out += scanner.feed(sent[place : place + cut], now)
    assert out == [line if len(line) <= MOST_BYTES else b"" for line in lines]


def test_a_line_that_stops_in_its_middle_is_no_line() -> None:
    scanner = ScanLines()
    assert scanner.feed(b"20230115", 10.0) == []
    assert scanner.quiet(10.0 + QUIET_SECONDS / 2) == []
    assert scanner.quiet(10.0 + QUIET_SECONDS) == [b""]
    assert scanner.feed(b"T1234567\r", 10.0 + LATER) == [b"T1234567"]


def test_what_was_begun_before_a_pause_is_not_joined_to_what_comes_after() -> None:
    scanner = ScanLines()
    scanner.feed(b"2023", 10.0)
    assert scanner.feed(b"0115301\r", 10.0 + QUIET_SECONDS) == [b""]


def test_one_paper_lying_there_is_one_scan() -> None:
    scanner, now = ScanLines(), 10.0
    assert scanner.feed(b"A1\r\n", now) == [b"A1"]
    for _ in range(20):
        now += SAME_PAPER_SECONDS / 2
        assert scanner.feed(b"A1\r\n", now) == []
    assert scanner.feed(b"A1\r\n", now + SAME_PAPER_SECONDS) == [b"A1"]


def test_a_scanner_gone_mad_gets_a_few_lines_through_a_second() -> None:
    scanner, taken = ScanLines(), 0
    for tick in range(1000):
        taken += len(scanner.feed(f"{tick}\r".encode() * 20, 10.0 + tick / 1000))
    assert 1 < taken <= 1 + 1 / LEAST_BETWEEN_SECONDS


# -- the thread ---------------------------------------------------------------------------------------------------
class FakePort:
    """What comes is put in; ``None`` is the cable being pulled."""

    def __init__(self) -> None:
        self.comes: queue.Queue[bytes | None] = queue.Queue()
        self.closed = threading.Event()

    def read(self) -> bytes:
        try:
            got = self.comes.get(timeout=0.01)
        except queue.Empty:
            return b""
        if got is None:
            raise OSError("pulled")
        return got

    def close(self) -> None:
        self.closed.set()
        raise OSError("gone before it was closed")


class Desk:
    """A scanner on ports that are handed out one after the other; without one it is not plugged in."""

    def __init__(self) -> None:
        self.ports: queue.Queue[FakePort] = queue.Queue()
        self.said: queue.Queue[ScannerEvent] = queue.Queue()
        self.scanner = Scanner(self.said.put, self._open, retry=0.01)

    def _open(self) -> FakePort:
        try:
            return self.ports.get_nowait()
        except queue.Empty:
            raise OSError("no such device") from None

    def plug(self) -> FakePort:
        port = FakePort()
        self.ports.put(port)
        return port

    def says(self) -> ScannerEvent:
        return self.said.get(timeout=PATIENCE)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.scanner.stop()


def test_a_scanner_that_comes_and_goes_is_a_state_each_time(desk: Desk) -> None:
    desk.scanner.start()
    assert desk.says() == ABSENT
    for line in (b"T1234567", b"20230115301"):
        port = desk.plug()
        assert desk.says() == READY
        port.comes.put(line + b"\r\n")
        assert desk.says() == Scanned(line)
        port.comes.put(b"half a li")
        port.comes.put(None)
        assert desk.says() == ABSENT
        assert port.closed.wait(PATIENCE)
    assert desk.said.empty(), "what a pulled cable cut off is nothing, and absence is said once"


def test_a_port_that_opens_and_breaks_at_once_is_not_tried_without_a_pause(desk: Desk) -> None:
    desk.scanner._retry = PATIENCE
    for _ in range(50):
        desk.plug().comes.put(None)
    desk.scanner.start()
    assert (desk.says(), desk.says()) == (READY, ABSENT)
    desk.scanner.stop()
    assert desk.said.empty()


def test_stopping_ends_the_thread_with_and_without_a_scanner() -> None:
    for plugged in (True, False):
        desk = Desk()
        if plugged:
            desk.plug()
        desk.scanner.start()
        assert desk.says() == (READY if plugged else ABSENT)
        desk.scanner.stop()
        assert not desk.scanner._thread.is_alive()


def test_a_scan_does_not_stand_in_a_log() -> None:
    assert "20230115301" not in repr(Scanned(b"20230115301"))


# -- the simulated one --------------------------------------------------------------------------------------------
def test_the_simulated_scanner_speaks_like_the_real_one() -> None:
    said: list[ScannerEvent] = []
    now = [10.0]
    scanner = SimulatedScanner(said.append, lambda: now[0])
    scanner.scan(b"T1234567")
    scanner.start()
    scanner.scan(b"T1234567")
    scanner.scan(b"T1234567")
    scanner.set_ready(False)
    now[0] += LATER
    scanner.scan(b"20230115301")
    scanner.set_ready(True)
    scanner.scan(b"20230115301")
    scanner.stop()
    scanner.scan(b"T1234567")
    assert said == [READY, Scanned(b"T1234567"), ABSENT, READY, Scanned(b"20230115301")]
