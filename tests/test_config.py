"""A malformed kiosk.toml names file, line and fix, and nothing starts half."""

from pathlib import Path

import pytest

from kiosk.card_settings import ClassicCard, IsoCard, UidCard
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
        (('host = "192.0.2.7"', 'host = "a"\ndots = 600'), 17, "printer.dots"),
        (('host = "192.0.2.7"', 'host = "a"\ndensity = 7'), 17, "printer.density"),
        (('host = "192.0.2.7"', 'host = "a"\nspeed = 115201'), 17, "printer.speed"),
        (('host = "192.0.2.7"', 'host = "a"\nroll_slips = 20'), 17, "printer.roll_slips"),
        (('kind = "escpos_tcp"', 'kind = "escpos_serial"'), 14, "printer.path"),
        (('kind = "escpos_tcp"', 'kind = "ipp"'), 14, "printer.uri"),
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


CARDS = """
[[card]]
kind = "mifare-classic"
sector = 1
length = 10
key_file = "card.key"

[[card]]
kind = "iso7816"
aid = "A000000632010105"
short_id = 21
length = 5
encoding = "bcd"

[[card]]
kind = "uid"
"""


def with_cards(tmp_path: Path, cards: str = CARDS, mode: int = 0o600, key: str = "A0A1A2A3A4A5\n") -> Path:
    (tmp_path / "card.key").write_text(key)
    (tmp_path / "card.key").chmod(mode)
    return written(tmp_path, GOOD + cards)


def test_the_kinds_of_card_keep_their_order_and_their_key_stays_in_its_file(tmp_path: Path) -> None:
    settings = read_settings(with_cards(tmp_path))
    assert isinstance(settings, Settings)
    assert [type(card) for card in settings.card] == [ClassicCard, IsoCard, UidCard]
    assert isinstance(settings.card[0], ClassicCard)
    assert settings.card[0].key_file == tmp_path / "card.key"
    assert "A0A1A2" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('kind = "mifare-classic"', 'kind = "mifare"'), 19, "card.kind"),
        (('kind = "mifare-classic"\n', ""), 18, "kind"),
        (("sector = 1", "sector = 40"), 20, "card.sector must be 0 to 39"),
        (("sector = 1", "sektor = 1"), 20, "unknown setting card.sektor"),
        (("length = 10", "length = 49"), 21, "card.length must be 1 to 48"),
        (("length = 10", "length = 10\noffset = 39"), 22, "card.offset must be 0 to 38"),
        (("length = 10", 'length = 10\natr = "3B8G"'), 22, "card.atr"),
        (('"card.key"', '"none.key"'), 22, "card.key_file: "),
        (('"A000000632010105"', '"A0"'), 26, "card.aid"),
        (("short_id = 21", "short_id = 31"), 27, "card.short_id must be 0 to 30"),
        (("short_id = 21", 'short_id = 21\nfile = "0015"'), 27, "file or short_id"),
        (("short_id = 21", 'file = "15"'), 27, "card.file"),
        (("length = 5", "length = 25"), 28, "card.length must be 1 to 24"),
        (('encoding = "bcd"', 'encoding = "ebcdic"'), 29, "card.encoding"),
        (('kind = "uid"', 'kind = "desfire"\napplication = "F5"'), 33, "card.application"),
        (('kind = "uid"', 'kind = "uid"\n[[card]]\nkind = "uid"\natr = "?"'), 35, "card.atr"),
    ],
)
def test_every_mistake_about_a_card_names_the_table_it_stands_in(
    tmp_path: Path, change: tuple[str, str], line: int, words: str
) -> None:
    bad = read_settings(with_cards(tmp_path, CARDS.replace(*change, 1)))
    assert isinstance(bad, BadSettings), bad
    assert (bad.line, words in bad.problem) == (line, True), str(bad)


@pytest.mark.parametrize(
    ("mode", "key"), [(0o640, "A0A1A2A3A4A5"), (0o604, "A0A1A2A3A4A5"), (0o600, "A0A1"), (0o600, "")]
)
def test_a_key_others_can_read_or_that_is_none_is_said_and_not_shown(tmp_path: Path, mode: int, key: str) -> None:
    bad = read_settings(with_cards(tmp_path, mode=mode, key=key))
    assert isinstance(bad, BadSettings)
    assert bad.line == 22
    assert not key or key not in str(bad)


def test_more_kinds_of_card_than_a_tap_has_time_for_are_refused(tmp_path: Path) -> None:
    bad = read_settings(written(tmp_path, GOOD + '[[card]]\nkind = "uid"\n' * 9))
    assert isinstance(bad, BadSettings)
    assert "at most 8" in bad.problem


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
