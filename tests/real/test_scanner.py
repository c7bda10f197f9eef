"""The scanner on a real line of the system: a pseudo-terminal, opened by pyserial as a serial port is."""

import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import HubSettings, ScannerSettings, Settings
from kiosk.devices.scanner import Scanner, SerialPort
from kiosk.domain.devices import Scanned, ScannerChanged, ScannerEvent, ScannerState
from kiosk.outside import real
from tests.patience import PATIENCE

READY, ABSENT = ScannerChanged(ScannerState.READY), ScannerChanged(ScannerState.ABSENT)


class Plug:
    """A scanner's end of the line, at a name that stays: as /dev/serial/by-id does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None

    def put_in(self, already: bytes = b"") -> None:
        """``already`` has been scanned before anybody listened."""
        self._ends = os.openpty()
        os.set_blocking(self._ends[0], False)
        os.write(self._ends[0], already)
        self.path.symlink_to(os.ttyname(self._ends[1]))

    def sends(self, line: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], line)

    def pull(self) -> None:
        assert self._ends is not None
        self.path.unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = None


@pytest.fixture
def said() -> "queue.Queue[ScannerEvent]":
    return queue.Queue()


@pytest.fixture
def plug(tmp_path: Path, said: "queue.Queue[ScannerEvent]") -> Iterator[Plug]:
    made = Plug(tmp_path / "usb-scanner")
    scanner = Scanner(said.put, lambda: SerialPort(made.path, 9600), retry=0.05)
    scanner.start()
    yield made
    scanner.stop()
    if made._ends is not None:
        made.pull()


def test_codes_come_through_a_real_port_and_pulling_it_is_a_state(
    plug: Plug, said: "queue.Queue[ScannerEvent]"
) -> None:
    assert said.get(timeout=PATIENCE) == ABSENT
    slip = b"https://127.0.0.1:8443/f/abcDEFGHJK23"
    for end in (b"\r", b"\n", b"\r\n"):
        plug.put_in(already=b"20230115301\r")
        assert said.get(timeout=PATIENCE) == READY
        plug.sends(slip + end)
        assert said.get(timeout=PATIENCE) == Scanned(slip), "and nothing of whoever was there before"
        plug.pull()
        assert said.get(timeout=PATIENCE) == ABSENT
    assert said.empty()


def test_bytes_no_terminal_may_obey_come_as_they_are(plug: Plug, said: "queue.Queue[ScannerEvent]") -> None:
    assert said.get(timeout=PATIENCE) == ABSENT
    plug.put_in()
    assert said.get(timeout=PATIENCE) == READY
    keys = b"\x03\x04\x11\x13\x1a\x1b[A\x7f\x80\xff\x00"
    plug.sends(keys + b"\r")
    assert said.get(timeout=PATIENCE) == Scanned(keys), "no interrupt, no flow control, no end of file"


def test_the_kiosk_listens_where_its_settings_say(tmp_path: Path, said: "queue.Queue[object]") -> None:
    plug = Plug(tmp_path / "usb-scanner")
    plug.put_in()

    def post(event: object) -> bool:
        said.put(event)
        return True

    scanner = real(settings(tmp_path, ScannerSettings("serial", plug.path))).scanner(post)
    scanner.start()
    assert said.get(timeout=PATIENCE) == READY
    plug.sends(b"T1234567\r")
    assert said.get(timeout=PATIENCE) == Scanned(b"T1234567")
    scanner.stop()
    plug.pull()
    without = real(settings(tmp_path, ScannerSettings())).scanner(post)
    without.start()
    without.stop()
    assert said.empty(), "a kiosk without one says nothing of it"


def settings(folder: Path, scanner: ScannerSettings) -> Settings:
    return Settings(folder, HubSettings("https://hub.invalid", folder / "ca.pem"), scanner=scanner)


def test_a_path_that_is_no_port_is_absent(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"20230115301\r")
    for path in (file, tmp_path / "nothing", tmp_path):
        with pytest.raises(OSError, match="port"):
            SerialPort(path, 9600)
