"""Real faults of real parts, as `kiosk doctor` sees them: pcscd killed, a cover open, a clock shifted, a certificate
over its end."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.config import HubSettings, PrinterSettings, ReaderSettings, ScannerSettings, Settings, SpeechSettings
from kiosk.doctor import Finding, examined
from kiosk.domain.devices import Paper
from kiosk.domain.health import Degraded, Down, Health, Ready, Subject, Why
from kiosk.services.health import CLOCK_OFF, CLOCK_WRONG
from tests.uplink.tls_server import Days, TlsServer, authority

from ..whole.enrolled import enrolled
from .escpos_device import Mechanism, TcpPrinter
from .hub_process import RunningHub, command, hub_with_sample
from .pcsc.service import PcscService

NONE = ReaderSettings(kind="none"), PrinterSettings(kind="none")


def found(settings: Settings) -> dict[Subject, Finding]:
    """This machine's own looks are left to their own tests."""
    return {finding.subject: finding for finding in examined(settings, {}).findings}


def health(settings: Settings, subject: Subject) -> Health | None:
    finding = found(settings).get(subject)
    return finding.health if finding else None


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """How far the hub's clock is ahead, seconds."""
    return tmp_path_factory.mktemp("clock") / "ahead"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, ahead: Path) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path_factory.mktemp("health") / "hub", "--clock-offset-file", str(ahead)) as running:
        yield running


@pytest.fixture
def kiosk(hub: RunningHub, tmp_path: Path) -> Settings:
    reader, printer = NONE
    return msgspec.structs.replace(enrolled(hub, tmp_path / "kiosk"), reader=reader, printer=printer)


def test_a_sound_kiosk_is_ready_and_has_no_line_for_what_it_has_not(kiosk: Settings) -> None:
    lines = found(kiosk)
    assert lines.keys() == {Subject.PROGRAM, Subject.HUB, Subject.CERTIFICATE, Subject.CLOCK, Subject.QUEUE}
    assert {finding.health for subject, finding in lines.items() if subject is not Subject.PROGRAM} == {Ready()}


def test_pcscd_that_was_killed_is_told_from_a_reader_that_was_unplugged(kiosk: Settings) -> None:
    service = PcscService()
    settings = msgspec.structs.replace(kiosk, reader=ReaderSettings(kind="pcsc", name="kiosk test"))
    try:
        assert health(settings, Subject.READER) == Down(Why.CARD_SERVICE_DOWN)
        service.start()
        ready = found(settings)[Subject.READER]
        assert ready.health == Ready()
        assert service.reader in ready.measured
        service.kill()
        assert health(settings, Subject.READER) == Down(Why.CARD_SERVICE_DOWN)
        service.start(with_reader=False)
        assert health(settings, Subject.READER) == Down(Why.NO_READER)
    finally:
        service.kill()


@pytest.mark.parametrize(
    ("mechanism", "expected", "said"),
    [
        (Mechanism(), Ready(), ""),
        (Mechanism(paper=Paper.LOW), Degraded(Why.PAPER_LOW), ""),
        (Mechanism(paper=Paper.OUT), Down(Why.NO_PAPER), ""),
        (Mechanism(cover_open=True), Down(Why.PRINTER_OFFLINE), "cover open"),
    ],
)
def test_the_printer_says_itself_what_is_wrong(
    kiosk: Settings, mechanism: Mechanism, expected: Health, said: str
) -> None:
    with TcpPrinter(mechanism) as device:
        printer = PrinterSettings(kind="escpos_tcp", host="127.0.0.1", port=device.port)
        finding = found(msgspec.structs.replace(kiosk, printer=printer))[Subject.PRINTER]
    assert finding.health == expected
    assert said in finding.measured
    assert mechanism.slips == [], "nothing is printed to find out"


def test_speech_without_a_sound_card_is_named_and_nothing_is_heard(kiosk: Settings) -> None:
    silent = SpeechSettings(kind="espeak", device="none_such")
    assert health(msgspec.structs.replace(kiosk, speech=silent), Subject.SPEECH) == Degraded(Why.NO_SOUND)
    heard = SpeechSettings(kind="espeak", device="null")
    assert health(msgspec.structs.replace(kiosk, speech=heard), Subject.SPEECH) == Ready()


def test_a_scanner_is_there_or_not(kiosk: Settings) -> None:
    first, second = os.openpty()
    there = ScannerSettings(kind="serial", path=Path(os.ttyname(second)))
    gone = ScannerSettings(kind="serial", path=Path("/dev/serial/by-id/none"))
    try:
        assert health(msgspec.structs.replace(kiosk, scanner=there), Subject.SCANNER) == Ready()
        assert health(msgspec.structs.replace(kiosk, scanner=gone), Subject.SCANNER) == Down(Why.NO_SCANNER)
    finally:
        os.close(first)
        os.close(second)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (3 * CLOCK_OFF, Degraded(Why.CLOCK_OFF)),
        (-3 * CLOCK_OFF, Degraded(Why.CLOCK_OFF)),
        (2 * CLOCK_WRONG, Down(Why.CLOCK_WRONG)),
    ],
)
def test_a_clock_that_is_off_is_measured_against_the_hub_s(
    kiosk: Settings, ahead: Path, seconds: float, expected: Health
) -> None:
    ahead.write_text(str(seconds))
    try:
        finding = found(kiosk)[Subject.CLOCK]
    finally:
        ahead.unlink()
    assert finding.health == expected
    assert finding.measured.startswith("-" if seconds > 0 else "+")


@pytest.mark.parametrize(
    ("days", "hub_line", "certificate"),
    [
        ((30, -1), Down(Why.HUB_CERTIFICATE), Down(Why.CERTIFICATE_OVER)),
        ((1, 10), Down(Why.NOT_THE_HUB), Degraded(Why.CERTIFICATE_ENDS)),
    ],
)
def test_a_certificate_over_its_end_is_named_as_what_it_is(
    kiosk: Settings, tmp_path: Path, days: Days, hub_line: Health, certificate: Health
) -> None:
    made = authority((1, 800), days)
    empty = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    server = TlsServer(made, lambda _head, connection: connection.sendall(empty))
    ca = tmp_path / "ca.pem"
    ca.write_text(made.ca_pem)
    try:
        lines = found(msgspec.structs.replace(kiosk, hub=HubSettings(server.url, ca)))
    finally:
        server.close()
    assert (lines[Subject.HUB].health, lines[Subject.CERTIFICATE].health) == (hub_line, certificate)


def test_a_hub_that_is_not_there_or_does_not_know_this_kiosk_is_told_apart(
    kiosk: Settings, hub: RunningHub, tmp_path: Path
) -> None:
    gone = msgspec.structs.replace(kiosk, hub=HubSettings("https://127.0.0.1:9", hub.ca))
    assert health(gone, Subject.HUB) == Down(Why.HUB_NOT_REACHED)
    revoked = msgspec.structs.replace(enrolled(hub, tmp_path / "revoked"), reader=NONE[0], printer=NONE[1])
    name = msgspec.json.decode((revoked.data / "kiosk.json").read_bytes())["kiosk"]
    command(hub.data, "revoke", name)
    assert health(revoked, Subject.HUB) == Down(Why.NOT_TRUSTED)
    fresh = msgspec.structs.replace(kiosk, data=tmp_path / "fresh")
    assert health(fresh, Subject.HUB) == Down(Why.NOT_ENROLLED)
