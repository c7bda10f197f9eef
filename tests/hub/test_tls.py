"""The hub's own CA and certificate: kiosks trust the one and never notice a new other."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from kiosk.hub import tls
from kiosk.hub.keys import open_keys


def certificate(folder: Path, name: str = "server.pem") -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / name).read_bytes())


def test_the_certificate_names_this_machine_and_is_signed_by_the_ca(tmp_path: Path) -> None:
    context = tls.prepare(tmp_path, ("hub.example.edu", "10.1.2.3"))
    server, authority = certificate(tmp_path), certificate(tmp_path, "ca.pem")
    server.verify_directly_issued_by(authority)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert set(names.get_values_for_type(x509.DNSName)) == {"localhost", socket.gethostname(), "hub.example.edu"}
    assert {str(address) for address in names.get_values_for_type(x509.IPAddress)} == {"127.0.0.1", "10.1.2.3"}
    key = server.public_key()
    assert isinstance(key, EllipticCurvePublicKey)
    assert key.curve.name == "secp256r1"
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_nobody_else_can_read_the_keys(tmp_path: Path) -> None:
    tls.prepare(tmp_path / "tls")
    open_keys(tmp_path / "keys")
    for file in (*tmp_path.glob("tls/*.key"), *tmp_path.glob("keys/*")):
        assert file.stat().st_mode & 0o777 == 0o600, file
    assert not list(tmp_path.glob("*/*.new"))


def test_a_second_start_keeps_everything(tmp_path: Path) -> None:
    tls.prepare(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    tls.prepare(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert [key.id for key in open_keys(tmp_path / "keys").public] == [
        k.id for k in open_keys(tmp_path / "keys").public
    ]


def test_a_certificate_about_to_expire_is_renewed_by_the_same_ca(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "SERVER_LIFE", tls.RENEW_BEFORE - timedelta(minutes=1))
    tls.prepare(tmp_path)
    authority, old = certificate(tmp_path, "ca.pem"), certificate(tmp_path)
    monkeypatch.undo()
    tls.prepare(tmp_path)
    new = certificate(tmp_path)
    assert new.serial_number != old.serial_number
    assert new.not_valid_after_utc > datetime.now(UTC) + timedelta(days=390)
    assert certificate(tmp_path, "ca.pem") == authority
    new.verify_directly_issued_by(authority)


def test_a_new_name_makes_a_new_certificate(tmp_path: Path) -> None:
    tls.prepare(tmp_path)
    old = certificate(tmp_path)
    tls.prepare(tmp_path, ("hub.example.edu",))
    assert certificate(tmp_path) != old


@pytest.mark.parametrize("lost", ["ca.key", "ca.pem"])
def test_half_a_ca_is_said_and_not_replaced(tmp_path: Path, lost: str) -> None:
    tls.prepare(tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises(ValueError, match=lost):
        tls.prepare(tmp_path)
    assert not (tmp_path / lost).exists()
