"""How long certificates are still good, from a real TLS server: before they end, after, and without network."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.health import Degraded, Down, Health, Ready, Why
from kiosk.uplink.certificate_age import ENDS_BEFORE, CertificateAge
from tests.uplink.tls_server import Authority, Days, TlsServer, authority

YEARS: Days = (1, 800)


def now() -> datetime:
    return datetime.now(UTC)


def silent(_head: bytes, _connection: socket.socket) -> None:
    """Nobody asks it anything."""


def look(trusted: Authority, served: Authority, clock: Callable[[], datetime] = now) -> Health | None:
    server = TlsServer(served, silent)
    try:
        reading = CertificateAge(server.url, trusted.ca_pem, clock).look()
    finally:
        server.close()
    return reading.health if reading else None


@pytest.mark.parametrize(
    ("ca", "server", "expected"),
    [
        (YEARS, YEARS, Ready()),
        (YEARS, (1, 31), Ready()),
        (YEARS, (1, 29), Degraded(Why.CERTIFICATE_ENDS)),
        ((1, 29), YEARS, Degraded(Why.CERTIFICATE_ENDS)),
        (YEARS, (30, -1), Down(Why.CERTIFICATE_OVER)),
        (YEARS, (-2, 30), Down(Why.CERTIFICATE_OVER)),
        ((30, -1), YEARS, Down(Why.CERTIFICATE_OVER)),
    ],
)
def test_a_certificate_is_looked_at_before_it_ends(ca: Days, server: Days, expected: Health) -> None:
    made = authority(ca, server)
    assert look(made, made) == expected


def test_the_hub_s_time_decides_not_this_machine_s() -> None:
    made = authority(YEARS, (1, 31))
    assert look(made, made, lambda: now() + timedelta(days=2)) == Degraded(Why.CERTIFICATE_ENDS)
    assert look(made, made, lambda: now() + timedelta(days=32)) == Down(Why.CERTIFICATE_OVER)


def test_what_is_not_trusted_is_the_hub_s_line_and_the_authority_is_judged_all_the_same() -> None:
    assert look(authority(YEARS, YEARS), authority(YEARS, (1, 2))) == Ready()


def test_without_network_it_goes_by_what_it_saw_last() -> None:
    made = authority(YEARS, (1, 20))
    server = TlsServer(made, silent)
    age = CertificateAge(server.url, made.ca_pem, now)
    first = age.look()
    server.close()
    assert first is not None
    assert first.health == Degraded(Why.CERTIFICATE_ENDS)
    assert first.measured == (now() + timedelta(days=20)).date().isoformat()
    assert age.look() == first


def test_a_server_that_says_nothing_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.uplink.certificate_age.LOOK_SECONDS", 0.2)
    made = authority(YEARS, YEARS)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"https://127.0.0.1:{mute.getsockname()[1]}"
        reading = CertificateAge(url, made.ca_pem, now).look()
    assert reading is not None
    assert reading.health == Ready()


def test_what_is_no_certificate_is_the_hub_s_line() -> None:
    assert CertificateAge("https://127.0.0.1:1", "nonsense", now).look() is None


def test_there_is_time_to_act() -> None:
    assert timedelta(days=14) <= ENDS_BEFORE <= timedelta(days=60), "the hub renews its own sixty days before its end"
