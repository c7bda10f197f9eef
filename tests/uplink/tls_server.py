"""A TLS server of our own on 127.0.0.1 that says exactly the bytes a test wants, and the CAs it can have."""

import contextlib
import re
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    ca_pem: str
    chain_pem: bytes


#: From how many days before now until how many days after it something is valid.
Days = tuple[float, float]


def authority(ca_days: Days = (1, 1), server_days: Days = (1, 1)) -> Authority:
    """A CA and a server certificate for 127.0.0.1 made by it."""
    ca_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test CA")])

    def builder(subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: Days) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
        )

    unsigned = builder(name, ca_key, ca_days).add_extension(x509.BasicConstraints(True, None), True)
    ca = unsigned.sign(ca_key, hashes.SHA256())
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    server = builder(x509.Name([]), server_key, server_days).add_extension(names, True).sign(ca_key, hashes.SHA256())
    private = server_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Authority(ca.public_bytes(Encoding.PEM).decode(), server.public_bytes(Encoding.PEM) + private)


Answer = Callable[[bytes, socket.socket], None]


class TlsServer:
    """``answer(request_head, connection)`` writes what it likes; the connection is closed after it returns."""

    def __init__(self, trusted: Authority, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "server.pem"
            file.write_bytes(trusted.chain_pem)
            self._context.load_cert_chain(file)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(raw,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        try:
            with self._context.wrap_socket(raw, server_side=True) as connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    received = connection.recv(65536)
                    if not received:
                        return
                    head += received
                head, _, body = head.partition(b"\r\n\r\n")
                while len(body) < _content_length(head):
                    received = connection.recv(65536)
                    if not received:
                        return
                    body += received
                self.requests.append(head)
                self.answer(head, connection)
        except OSError:
            raw.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):  # closed before by a test
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _content_length(head: bytes) -> int:
    found = re.search(rb"(?im)^content-length: *([0-9]+)", head)
    return int(found[1]) if found else 0
