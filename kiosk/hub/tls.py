"""HTTPS from the first day: the hub's own CA and the certificate it serves with, in ``DIR/tls``.

Kiosks trust ``ca.pem`` and nothing else. The server's certificate is renewed by the same CA, so that no kiosk notices.
"""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.hub.keys import write_private

CA_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=60)
#: Kiosks whose clock is behind accept a certificate made just now.
BACKDATED = timedelta(days=2)


def prepare(folder: Path, host_names: tuple[str, ...] = ()) -> ssl.SSLContext:
    """The context to serve with. Makes ``ca.pem``, ``server.pem`` and their keys where missing; renews ``server.pem``
    when it is about to expire or does not name every host. Raises ValueError for files that do not belong together."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = datetime.now(UTC)
    authority, authority_key = _authority(folder, now)
    certificate, key = folder / "server.pem", folder / "server.key"
    names = _names(host_names)
    if not (certificate.exists() and key.exists() and _serves(certificate, authority, names, now)):
        _make_server(certificate, key, authority, authority_key, names, now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    file, key_file = folder / "ca.pem", folder / "ca.key"
    if not key_file.exists() and not file.exists():
        made = generate_private_key(SECP256R1())
        name = _name("Campus kiosk hub CA")
        certificate = (
            _builder(name, name, made, now, CA_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .sign(made, SHA256())
        )
        write_private(key_file, _pem(made))
        file.write_bytes(certificate.public_bytes(Encoding.PEM))
    try:
        key = load_pem_private_key(key_file.read_bytes(), password=None)
        found = x509.load_pem_x509_certificate(file.read_bytes())
    except FileNotFoundError as error:
        raise ValueError(f"{error.filename} is missing; restore it, or remove {folder} and enrol kiosks anew") from None
    if not isinstance(key, EllipticCurvePrivateKey) or found.public_key() != key.public_key():
        raise ValueError(f"{file} and {key_file} do not belong together")
    return found, key


def _make_server(
    certificate: Path,
    key_file: Path,
    authority: x509.Certificate,
    authority_key: EllipticCurvePrivateKey,
    names: list[x509.GeneralName],
    now: datetime,
) -> None:
    key = generate_private_key(SECP256R1())
    made = (
        _builder(_name("Campus kiosk hub"), authority.subject, key, now, SERVER_LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, SHA256())
    )
    write_private(key_file, _pem(key))
    certificate.write_bytes(made.public_bytes(Encoding.PEM))


def _serves(file: Path, authority: x509.Certificate, names: list[x509.GeneralName], now: datetime) -> bool:
    found = x509.load_pem_x509_certificate(file.read_bytes())
    if found.not_valid_after_utc < now + RENEW_BEFORE or found.issuer != authority.subject:
        return False
    held = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return all(name in held for name in names)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _names(host_names: tuple[str, ...]) -> list[x509.GeneralName]:
    names = dict.fromkeys(("localhost", socket.gethostname(), *host_names))
    return [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), *map(_general, names)]


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
