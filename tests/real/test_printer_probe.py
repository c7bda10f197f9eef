"""`kiosk printer probe` against a printer that answers: one page, and the lines a person writes into kiosk.toml."""

import tomllib
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.config import Settings, read_settings
from kiosk.devices.escpos_probe import Part, choices
from kiosk.domain.devices import Paper
from kiosk.offline import lock
from tests.real.escpos_device import Mechanism, TcpPrinter

FILE = """\
data = "data"
[hub]
url = "https://campus-kiosk.example:8443"
ca = "ca.pem"
[printer]
"""


def settings(folder: Path, port: int, more: str = "") -> Path:
    file = folder / "kiosk.toml"
    file.write_text(f'{FILE}kind = "escpos_tcp"\nhost = "127.0.0.1"\nport = {port}\n{more}', encoding="utf-8")
    return file


def probe(file: Path, *more: str) -> int:
    return main(["printer", "probe", "--config", str(file), *more])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_choice_and_each_line_is_a_setting(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with TcpPrinter(Mechanism()) as device:
        file = settings(tmp_path, device.port)
        assert probe(file, "--lang", language) == 0
        mechanism = device.mechanism
        assert (len(mechanism.slips), mechanism.unknown) == (3, []), "one cut of each kind"
        assert [c[5:] for c in mechanism.commands if c.startswith(b"\x1d(K")] == [b"\x31\xfc", b"\x31\x00", b"\x31\x04"]
        assert 'T2  writing = "gb18030"\n云麓大学 IT · Wi-Fi 8231' in mechanism.words.decode("gb18030")
    said = capsys.readouterr().out
    lines = [line.split("#")[0].strip() for line in said.splitlines() if line and not line.startswith("#")]
    assert {choice.line for choice in choices()} <= set(lines)
    assert "end_mark = true" in lines
    for line in lines:
        key = next(iter(tomllib.loads(line)))
        assert isinstance(read_settings(settings(tmp_path, 9100, line)), Settings), (key, line)


def test_a_narrow_printer_loses_the_right_edge_of_the_wider_rulers(tmp_path: Path) -> None:
    with TcpPrinter(Mechanism(row_bytes=48)) as device:
        assert probe(settings(tmp_path, device.port)) == 0
        rows = [device.mechanism.slips[0][at : at + 48] for at in range(0, len(device.mechanism.slips[0]), 48)]
    whole = sum(row[-1] & 0x0F == 0x0F and row[0] >> 4 == 0x0F for row in rows)
    assert whole > 0
    cut_off = sum(row[0] >> 4 == 0x0F and not row[-1] for row in rows)
    assert cut_off > 2 * 20, "two rulers are seen to be too wide"


def test_a_printer_without_the_end_mark_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with TcpPrinter(Mechanism(knows_end_mark=False)) as device:
        assert probe(settings(tmp_path, device.port)) == 0
    assert "end_mark = false" in capsys.readouterr().out


@pytest.mark.parametrize(("paper", "cover", "why"), [(Paper.OUT, False, "没有纸"), (Paper.OK, True, "cover open")])
def test_a_page_that_did_not_come_out_is_said(
    tmp_path: Path,
    paper: Paper,
    cover: bool,
    why: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    with TcpPrinter(Mechanism(paper=paper, cover_open=cover)) as device:
        assert probe(settings(tmp_path, device.port)) == 1
    said = capsys.readouterr()
    assert why in said.err
    assert said.out == ""


def test_beside_a_running_kiosk_nothing_is_printed(tmp_path: Path) -> None:
    with TcpPrinter(Mechanism()) as device:
        file = settings(tmp_path, device.port)
        (tmp_path / "data").mkdir()
        held = lock.take(tmp_path / "data" / "kiosk.lock")
        assert isinstance(held, lock.Lock)
        assert probe(file) == 1
        held.release()
        assert device.connections == 0


def test_a_new_roll_is_counted_from_its_first_slip(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    count = tmp_path / "data" / "printer-roll"
    count.write_text("93\n")
    assert main(["printer", "new-roll", "--config", str(settings(tmp_path, 9100))]) == 0
    assert not count.exists()


def test_every_part_has_something_to_choose() -> None:
    assert {part: sum(choice.part is part for choice in choices()) >= 2 for part in Part} == dict.fromkeys(Part, True)
