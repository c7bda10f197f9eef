"""A hub that is gone, frozen, or no hub at all: what is said is true, and the report arrives once."""

from pathlib import Path

import pytest

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.services import requests
from kiosk.services.submission import WAIT_FOR_HUB
from kiosk.services.views import DoneKind, DonePage, Screen
from kiosk.words import say

from ..uplink.tls_server import Answer, TlsServer, authority
from .absent_hub import AbsentHub
from .enrolled import copied, enrolled, open_operations, settings
from .whole_kiosk import whole_kiosk


@pytest.fixture(scope="module")
def known(hub: AbsentHub, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a kiosk that has seen its campus."""
    made = enrolled(hub.running, tmp_path_factory.mktemp("known") / "kiosk")
    with whole_kiosk(made) as running:
        running.on(Screen.ATTRACT)
    return made.data


def is_kept(page: DonePage) -> bool:
    return page.kind is DoneKind.SAVED and page.headline == say(Language.ZH, "done.saved") and bool(page.reference)


# -- no hub -----------------------------------------------------------------------------------------------------------
STEPS = (Screen.ATTRACT, Screen.HOME, Screen.CATEGORY, Screen.DETAILS, Screen.ANSWER)


@pytest.mark.parametrize("step", STEPS)
def test_a_hub_that_goes_away_at_any_step_gets_the_report_once_when_it_is_back(
    hub: AbsentHub, kiosk: Settings, step: Screen
) -> None:
    way = (
        (requests.Start(Language.ZH), Screen.HOME),
        (requests.Open("report"), Screen.CATEGORY),
        (requests.ChooseService("network"), Screen.DETAILS),
        (requests.ChooseSymptom("no-pages"), Screen.DETAILS),
        (requests.Submit(), Screen.ANSWER),
        (requests.Open("look"), Screen.DONE),
    )
    with whole_kiosk(kiosk) as running:
        at = running.on(Screen.ATTRACT).screen
        gone = False
        for request, screen in way:
            if at is step and not gone:
                hub.away()
                gone = True
            at = running.ask(request, screen).screen
        page = running.page(DonePage, lambda page: page.slip == "printed")
        assert is_kept(page)
        hub.back()
        running.drawer.seconds_ahead += 3600.0
        running.until(lambda: open_operations(kiosk.data) == 0, "the report was not sent")
    assert hub.count(page.reference) == 1


def test_a_hub_that_does_not_answer_gets_the_report_once_and_nobody_waits(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        running.start()
        running.fill_in()
        running.ask(requests.Submit(), Screen.ANSWER)
        hub.frozen(True)
        try:
            running.post(requests.Open("look"))
            running.until(lambda: open_operations(kiosk.data) == 1, "nothing was kept")
            running.drawer.seconds_ahead += WAIT_FOR_HUB
            running.on(Screen.DONE)
            page = running.page(DonePage)
            assert is_kept(page)
        finally:
            hub.frozen(False)
        running.drawer.seconds_ahead += 3600.0
        running.until(lambda: open_operations(kiosk.data) == 0, "the report was not sent")
    assert hub.count(page.reference) == 1


def test_a_hub_that_is_gone_when_the_pin_is_typed_is_said(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        running.at_pin()
        hub.away()
        try:
            running.type_pin("739154")
            running.on(Screen.UNAVAILABLE)
        finally:
            hub.back()


# -- not a hub --------------------------------------------------------------------------------------------------------
HTML = b"<html><head><title>Sign in to the campus Wi-Fi</title></head><body>Please sign in</body></html>"


def says(head: str, body: bytes) -> Answer:
    answer = f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
    return lambda _head, connection: connection.sendall(answer)


NOT_A_HUB = {
    "garbage": lambda _head, connection: connection.sendall(b"\x00\xff\x13" * 400),
    "html": says("200 OK\r\nContent-Type: text/html", HTML),
    "json of something else": says("200 OK\r\nContent-Type: application/json", b'{"status": "ok", "token": [1]}'),
    "an empty success": says("204 No Content", b""),
    "an error page": says("502 Bad Gateway\r\nContent-Type: text/html", HTML),
    "a way elsewhere": says("302 Found\r\nLocation: https://portal.example/login", b""),
    "nothing": lambda _head, _connection: None,
}


@pytest.mark.parametrize("answer", NOT_A_HUB.values(), ids=NOT_A_HUB.keys())
def test_a_server_that_is_no_hub_delivers_nothing_and_breaks_nothing(
    known: Path, tmp_path: Path, answer: Answer
) -> None:
    trusted = authority()
    ca = tmp_path / "ca.pem"
    ca.write_text(trusted.ca_pem)
    server = TlsServer(trusted, answer)
    made = settings(copied(known, tmp_path / "kiosk"), server.url, ca)
    try:
        with whole_kiosk(made) as running:
            assert is_kept(running.report())
            assert server.requests, "it was never asked"
            assert open_operations(made.data) == 1
    finally:
        server.close()


def test_another_authoritys_certificate_gets_no_request_at_all(known: Path, hub: AbsentHub, tmp_path: Path) -> None:
    server = TlsServer(authority(), NOT_A_HUB["html"])
    made = settings(copied(known, tmp_path / "kiosk"), server.url, hub.running.ca)
    try:
        with whole_kiosk(made) as running:
            assert is_kept(running.report())
            assert open_operations(made.data) == 1
    finally:
        server.close()
    assert server.requests == []
