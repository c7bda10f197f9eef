"""``kiosk card probe``: what a card is and which [[card]] fits, in words and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.devices import card_probe
from kiosk.devices.apdu import Command, Response
from kiosk.devices.card_names import name_of
from tests.devices.desfire_card import APPLICATION, DesfireCard
from tests.devices.fake_scard import READER, FakeScard
from tests.devices.plain_cards import CLASSIC_ATR, ISO_ATR, ClassicCard, IsoCard
from tests.devices.test_plain_cards import AID, KEY, campus_classic

SETTINGS = """\
data = "data"

[hub]
url = "https://hub.example"
ca = "ca.pem"

[[card]]
kind = "mifare-classic"
sector = 2
offset = 16
length = 10
key_file = "card.key"

[[card]]
kind = "iso7816"
aid = "A000000632010105"
short_id = 21
length = 10

[[card]]
kind = "uid"
"""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeScard:
    fake = FakeScard()
    monkeypatch.setattr("kiosk.devices.pcsc.scard", fake)
    monkeypatch.setattr(card_probe, "LAY_SECONDS", 0.0)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return fake


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "card.key").write_text(KEY.hex())
    (tmp_path / "card.key").chmod(0o600)
    (tmp_path / "kiosk.toml").write_text(SETTINGS)
    return tmp_path / "kiosk.toml"


Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def probe(capsys: pytest.CaptureFixture[str]) -> Told:
    def told(*arguments: object) -> tuple[int, str, str]:
        status = main(["card", "probe", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, out, err

    return told


def test_it_says_what_a_card_is_what_it_says_and_which_table_counts(
    service: FakeScard, config: Path, probe: Told
) -> None:
    service.insert(campus_classic(b"2026004217"))
    status, out, err = probe("--config", config, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "reader": READER,
        "atr": CLASSIC_ATR.hex().upper(),
        "card": "MIFARE Classic 1K",
        "uid": "CAFE1234",
        "random_uid": False,
        "profiles": [
            {"table": 1, "kind": "mifare-classic", "fits": True, "says": "NO:2026004217", "proof": "C1"},
            {"table": 2, "kind": "iso7816", "fits": False, "says": "", "proof": ""},
            {"table": 3, "kind": "uid", "fits": True, "says": "CAFE1234", "proof": "C0"},
        ],
        "counts": 1,
    }


def test_a_wrong_key_is_seen_by_the_next_table_counting(service: FakeScard, config: Path, probe: Told) -> None:
    (config.parent / "card.key").write_text("FFFFFFFFFFF0")
    service.insert(campus_classic(b"2026004217"))
    status, out, _ = probe("--config", config, "--json")
    assert (status, json.loads(out)["counts"]) == (0, 3)


@pytest.mark.parametrize(("lang", "words"), [("en_US.UTF-8", "No [[card]] fits"), ("zh_CN.UTF-8", "没有一个 [[card]]")])
def test_a_card_that_fits_nowhere_is_said_in_the_reader_s_language(
    service: FakeScard, probe: Told, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    monkeypatch.setenv("LANG", lang)
    service.insert(IsoCard({AID: {}}, uid="08112233"))
    status, out, _ = probe()
    assert status == 1
    assert words in out
    assert "08112233" in out


@pytest.mark.parametrize("random_uid", [False, True])
def test_a_desfire_card_is_said_to_be_the_hub_s_to_judge(
    service: FakeScard, config: Path, probe: Told, random_uid: bool
) -> None:
    config.write_text(f'{SETTINGS}\n[[card]]\nkind = "desfire"\napplication = "{APPLICATION.hex()}"\natr = ""\n')
    config.write_text(config.read_text().replace('kind = "uid"', 'kind = "uid"\natr = "3B88"'))
    service.insert(DesfireCard(random_uid=random_uid))
    status, out, _ = probe("--config", config)
    assert status == 0
    assert "[[card]] 4, desfire: fits; the hub proves it" in out
    assert "(C3)" in out


def test_an_empty_sector_says_what_to_look_at(service: FakeScard, config: Path, probe: Told) -> None:
    service.insert(campus_classic(b""))
    status, out, _ = probe("--config", config)
    assert status == 0
    assert "offset, length and encoding" in out
    assert "goes by [[card]] 1" in out


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        ("service", "Start pcscd"),
        ("reader", "No such card reader"),
        ("card", "No card was laid down"),
        ("mute", "gives no answer"),
    ],
)
def test_without_a_card_it_says_what_is_missing(service: FakeScard, probe: Told, happens: str, words: str) -> None:
    match happens:
        case "service":
            service.before = lambda _number, _name: service.SCARD_E_NO_SERVICE
        case "reader":
            service.readers = []
        case "mute":
            service.insert(ClassicCard("CAFE1234", {}, {}))
            service.before = lambda _number, name: service.SCARD_E_NO_SMARTCARD if name == "connect" else None
    status, out, err = probe("--json")
    assert (status, out) == (1, "")
    assert words in err


def test_bad_settings_are_named_before_a_card_is_asked_for(config: Path, probe: Told) -> None:
    config.write_text(SETTINGS.replace("sector = 2", "sector = 99"))
    status, out, err = probe("--config", config)
    assert (status, out) == (2, "")
    assert "kiosk.toml:9" in err


@pytest.mark.parametrize(
    ("versions", "name"),
    [
        (["04010101001A05", "04010101041A05", "04112233445566BA123456781220"], "DESFire EV1 8K"),
        (["04010112001605", "04010102011605", "04112233445566BA123456781220"], "DESFire EV2 2K"),
        (["04010133001805", "04010103001805", "04112233445566BA123456781220"], "DESFire EV3 4K"),
        (["1D010133001805", "04010103001805", "04112233445566BA123456781220"], "DESFire EV3 4K (not NXP)"),
        (["04020133001805", "04010103001805", "04112233445566BA123456781220"], ""),
        (["0401", "", ""], ""),
        (["04010133001805"], ""),
    ],
)
def test_a_desfire_card_is_named_by_its_version(versions: list[str], name: str) -> None:
    frames = [Response(bytes.fromhex(text), 0x91AF) for text in versions]
    frames[-1] = Response(frames[-1].data, 0x9100)
    told = iter(frames)

    def ask(_command: Command) -> Response:
        return next(told)

    assert name_of(bytes.fromhex("3B8180018080"), ask) == name


def test_a_cpu_card_that_knows_no_version_has_no_name() -> None:
    assert name_of(ISO_ATR, lambda _: Response(b"", 0x6E00)) == ""
