"""What the directory servers under test share: a clock that can be moved, free ports, an authority, an orderly end."""

import atexit
import functools
import math
import shutil
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.patience import PATIENCE

#: Provisioned and started on a busy machine, seconds.
STARTS_WITHIN = ENDS_WITHIN = PATIENCE


@functools.cache
def shim() -> Path:
    """The library that moves a server's clock and ports."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-moved-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    library = folder / "moved.so"
    source = Path(__file__).with_name("moved.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


class ServerClock:
    """Real time, and ahead of it by what the test has moved it; the server sees the same."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._ahead = 0
        file.write_bytes(struct.pack("q", 0))

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def back(self) -> None:
        """To real time, where other clocks are part of the test."""
        self._set(0)

    def move(self, **span: float) -> None:
        self._set(self._ahead + math.ceil(timedelta(**span).total_seconds()))

    def _set(self, ahead: int) -> None:
        self._ahead = ahead
        with self.file.open("r+b") as out:
            out.write(struct.pack("q", self._ahead))


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def listens(port: int) -> bool:
    wanted = f":{port:04X} 00000000:0000 0A"
    return wanted in Path("/proc/net/tcp").read_text(encoding="ascii")


def wait(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path) -> None:
    last = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < last:
        if process.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} did not start:\n{log.read_text(errors='replace')[-2000:]}")


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(ENDS_WITHIN)


def make_certificate(folder: Path, name: str = "test directory CA", days: int = 90) -> None:
    """``ca.pem``, and ``cert.pem`` with ``key.pem`` for this machine, made by it; the latter ends in ``days``."""
    folder.mkdir(parents=True, exist_ok=True)
    ca_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)

    def builder(subject: x509.Name, key: ec.EllipticCurvePrivateKey, ends: int = 90) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=30))
            .not_valid_after(now + timedelta(days=ends))
        )

    ca = builder(issuer, ca_key).add_extension(x509.BasicConstraints(True, None), True).sign(ca_key, hashes.SHA256())
    # libldap takes "localhost" for the machine's own name
    names = ("localhost", socket.gethostname(), "dc1.campus.test")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    server = builder(subject, server_key, days).add_extension(
        x509.SubjectAlternativeName([*map(x509.DNSName, names), x509.IPAddress(IPv4Address("127.0.0.1"))]), False
    )
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    (folder / "cert.pem").write_bytes(server.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM))
    key_file = folder / "key.pem"
    key_file.write_bytes(server_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key_file.chmod(0o600)
