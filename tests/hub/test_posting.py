"""Gateways outside the campus: an answer has an end, in size and in time, however it comes."""

import socket
import time
from pathlib import Path

import pytest

from kiosk.hub.campus import posting
from kiosk.hub.campus.posting import MOST_OF_ANSWER, Said, Silent, post
from tests.patience import PATIENCE
from tests.uplink.tls_server import Answer, TlsServer, authority


def drip(_head: bytes, line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line.sendall(b"x")
        time.sleep(0.05)


def drip_headers(_head: bytes, line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line.sendall(b"x")
        time.sleep(0.05)


def much(_head: bytes, line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(3 * MOST_OF_ANSWER // 1024):
        line.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
    line.sendall(b"0\r\n\r\n")


@pytest.mark.parametrize("answer", [drip, drip_headers])
def test_an_answer_that_drips_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    monkeypatch.setattr(posting, "WITHIN", 0.5)
    trusted, ca = authority(), tmp_path / "ca.pem"
    ca.write_text(trusted.ca_pem)
    server = TlsServer(trusted, answer)
    begun = time.monotonic()
    assert post(server.url, b"{}", {}, ca) == Silent("too late")
    assert time.monotonic() - begun < PATIENCE / 2
    server.close()


def test_of_a_long_answer_the_beginning_counts(tmp_path: Path) -> None:
    trusted, ca = authority(), tmp_path / "ca.pem"
    ca.write_text(trusted.ca_pem)
    server = TlsServer(trusted, much)
    answer = post(server.url, b"{}", {}, ca)
    assert isinstance(answer, Said)
    assert (answer.status, answer.text) == (200, "x" * MOST_OF_ANSWER)
    server.close()
