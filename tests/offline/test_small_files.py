"""The kiosk's key and name: made once, readable by nobody else, and never replaced by accident."""

from pathlib import Path

import pytest

from kiosk.offline import identity, kiosk_key
from kiosk.offline.identity import KioskIdentity
from kiosk.offline.kiosk_key import KeyUnreadable, KioskKey
from kiosk.wire.envelope import HubKey


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.key"
    first, second = kiosk_key.load_or_make(path), kiosk_key.load_or_make(path)
    assert isinstance(first, KioskKey)
    assert isinstance(second, KioskKey)
    assert first.public == second.public
    assert path.stat().st_mode & 0o777 == 0o600
    assert repr(first) == "KioskKey()"


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 33])
def test_a_damaged_key_is_reported_and_kept(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "kiosk.key"
    path.write_bytes(damage)
    assert kiosk_key.load_or_make(path) == KeyUnreadable(path)
    assert path.read_bytes() == damage


def test_the_name_survives_and_a_damaged_one_counts_as_not_enrolled(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    assert identity.load(path) is None
    kept = KioskIdentity("k1", "https://hub:8443", "-----BEGIN CERTIFICATE-----", [HubKey("h1", bytes(32))])
    identity.keep(path, kept)
    assert identity.load(path) == kept
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:40])
    assert identity.load(path) is None
