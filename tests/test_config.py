"""A malformed kiosk.toml names file, line and fix, and nothing starts half."""

from pathlib import Path

import pytest

from kiosk.config import Settings, read_settings
from kiosk.toml_settings import BadSettings

GOOD = """\
data = "data"

[hub]
url = "https://campus-kiosk.example:8443"
ca = "ca.pem"

[screen]
diagonal_inch = 21.5

[reader]
kind = "pcsc"
position = "below_right"

[printer]
kind = "escpos_tcp"
host = "192.0.2.7"
"""


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_good_file_becomes_settings_with_paths_beside_it(tmp_path: Path) -> None:
    settings = read_settings(written(tmp_path, GOOD))
    assert isinstance(settings, Settings)
    assert settings.data == tmp_path / "data"
    assert settings.hub.ca == tmp_path / "ca.pem"
    assert settings.printer.port == 9100


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("https://", "http://"), 4, "https://"),
        (('kind = "pcsc"', 'kind = "usb"'), 11, "reader.kind"),
        (('kind = "pcsc"', 'kid = "pcsc"'), 11, "unknown setting reader.kid"),
        (("diagonal_inch = 21.5", 'diagonal_inch = "big"'), 8, "screen.diagonal_inch"),
        (("diagonal_inch = 21.5", "width = 1920"), 8, "screen.height"),
        (('host = "192.0.2.7"', ""), 14, "printer.host"),
        (('host = "192.0.2.7"', 'host = "a"\nport = 0'), 17, "printer.port"),
        (('ca = "ca.pem"', ""), 3, "ca"),
        (('ca = "ca.pem"', "ca = "), 5, "is not TOML"),
        (('data = "data"', ""), 0, "data"),
        (("[printer]", '[scanner]\nkind = "serial"\n[printer]'), 14, "scanner.path"),
        (("[printer]", "[scanner]\nspeed = 9601\n[printer]"), 15, "scanner.speed"),
        (("[hub]", "[hubs]"), 3, "hubs"),
        (("[reader]", "[reader"), 10, "is not TOML"),
    ],
)
def test_every_mistake_names_its_line_and_the_setting(
    tmp_path: Path, change: tuple[str, str], line: int, words: str
) -> None:
    file = written(tmp_path, GOOD.replace(*change, 1))
    bad = read_settings(file)
    assert isinstance(bad, BadSettings), bad
    assert (bad.line, str(file) in str(bad), words in bad.problem) == (line, True, True), str(bad)


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    missing = read_settings(tmp_path / "none.toml")
    assert isinstance(missing, BadSettings)
    assert "cannot be read" in str(missing)
    binary = read_settings(written(tmp_path, b"data = 1\n\xff\xfe"))
    assert isinstance(binary, BadSettings)
    assert binary.line == 2


def test_the_example_in_assets_is_a_good_file() -> None:
    example = Path(__file__).parent.parent / "assets" / "kiosk.example.toml"
    assert isinstance(read_settings(example), Settings)
