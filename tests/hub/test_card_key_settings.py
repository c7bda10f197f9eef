"""[card_keys] of hub.toml: every mistake with its line and fix, and keys that stand only in their files."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from kiosk.domain.card_numbers import Encoding
from kiosk.hub.config import ConfigError, Settings, load
from kiosk.hub.services.card_keys import NumberFile, SessionKind

KEY = "00112233445566778899AABBCCDDEEFF"
GOOD = {
    "application": '"F54230"',
    "key_file": '"card.key"',
    "diversify_with": '"3042F54E585020416275"',
    "session": '"ev2"',
    "uid_key_file": '"uid.key"',
    "uid_key_number": "1",
    "file": "1",
    "offset": "4",
    "length": "10",
}


def written(
    tmp_path: Path, changed: Mapping[str, str | None] = MappingProxyType({}), *, mode: int = 0o600, key: str = KEY
) -> Path:
    for name, digits in (("card.key", key), ("uid.key", KEY[::-1])):
        (tmp_path / name).write_text(f"{digits}\n")
        (tmp_path / name).chmod(mode)
    lines = [f"{name} = {value}" for name, value in {**GOOD, **changed}.items() if value is not None]
    (tmp_path / "hub.toml").write_text("\n".join(["[card_keys]", *lines]))
    return tmp_path / "hub.toml"


def test_keys_are_read_from_their_files_and_shown_nowhere(tmp_path: Path) -> None:
    settings = load(written(tmp_path))
    keys = settings.card_keys
    assert keys is not None
    assert keys.application == bytes.fromhex("F54230")
    assert keys.key.reveal() == bytes.fromhex(KEY)
    assert keys.session is SessionKind.EV2
    assert keys.number == NumberFile(1, 4, 10, Encoding.ASCII)
    assert keys.uid_key is not None
    shown = f"{settings!r} {keys} {keys.key!r} {keys.key:>40}"
    assert KEY not in shown
    assert repr(bytes.fromhex(KEY))[2:-1] not in shown


def test_without_the_table_there_are_no_keys() -> None:
    assert Settings().card_keys is None


@pytest.mark.parametrize(
    ("name", "value", "line", "fix"),
    [
        ("application", '"F542"', 2, "3 bytes in hex"),
        ("application", None, 1, "3 bytes in hex"),
        ("application", "7", 2, "3 bytes in hex"),
        ("key_file", '"none.key"', 3, "cannot be read"),
        ("key_file", None, 1, "name the secret once"),
        ("diversify_with", f'"{"00" * 25}"', 4, "at most 24 bytes"),
        ("session", '"ev9"', 5, "ev1, ev2"),
        ("uid_key_number", "14", 7, "0 to 13"),
        ("uid_key_number", "true", 7, "0 to 13"),
        ("file", "32", 8, "0 to 31"),
        ("length", "49", 10, "1 to 48"),
        ("colour", '"red"', 11, "not known"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_fix(
    tmp_path: Path, name: str, value: str | None, line: int, fix: str
) -> None:
    file = written(tmp_path, {name: value})
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert f"{file}:{line}:" in str(caught.value)
    assert fix in str(caught.value)


@pytest.mark.parametrize(("mode", "key"), [(0o640, KEY), (0o604, KEY), (0o600, KEY[2:]), (0o600, "x" * 32)])
def test_a_key_others_can_read_or_that_is_none_is_refused_and_not_shown(tmp_path: Path, mode: int, key: str) -> None:
    file = written(tmp_path, mode=mode, key=key)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert f"{file}:3:" in str(caught.value)
    assert key not in str(caught.value)
