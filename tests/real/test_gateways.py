"""The notices port: whatever becomes of the line to a gateway, its server, its certificate and the hub's own account,
a message is one that arrived or one that waits; and each arrives as it was written, with however many others."""

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kiosk.domain.language import Language
from kiosk.hub import tls
from kiosk.hub.campus import posting, smtp
from kiosk.hub.campus.robots import GroupGateway, Robot
from kiosk.hub.campus.sms import SmsGateway
from kiosk.hub.campus.smtp import SmtpGateway
from kiosk.hub.notice_settings import MailSecurity, MailSettings, RobotKind, RobotSettings, SmsSettings
from kiosk.hub.ports import GROUP, Channel, Gateway, Handed, Letter, Posted, Told
from kiosk.hub.secret_value import Secret
from tests.patience import PATIENCE
from tests.real.directory.line import Fault, Line
from tests.real.mail_server import PASSWORD, USER, mail_server
from tests.real.plain_kiosk import new_op
from tests.real.robot_server import PATHS, SECRET, robot_server

#: The hub gives a gateway up after this in tests about one that does not answer, seconds.
SHORT = 1.0
LETTERS, THREADS = 1000, 50
HOSTILE = '*)(uid=* 张三 🧑‍💻 \'; -- \\ "{code}" <b> %s\n第二行'


@dataclass(frozen=True)
class Standing:
    """A server; ``gateway`` to it by a port, an authority and a secret of the hub's account; ``got`` what arrived."""

    port: int
    ca: Path
    secret: str
    gateway: Callable[[int, Path, str], Gateway]
    got: Callable[[], list[str]]
    letter: Letter

    def written(self, text: str) -> Letter:
        return replace(self.letter, op=new_op(), text=text)


LETTER = Letter(
    "", Channel.EMAIL, "zhang.ming@yunlu.example", Told.CODE, "IT 自助服务 🔑", "394751", {"code": "394751"}
)


@contextmanager
def mail(folder: Path) -> Iterator[Standing]:
    with mail_server(folder) as server:

        def gateway(port: int, ca: Path, secret: str) -> Gateway:
            settings = MailSettings(
                "127.0.0.1", port, MailSecurity.STARTTLS, "it@yunlu.example", USER, Secret(secret), ca
            )
            return SmtpGateway(settings)

        def got() -> list[str]:
            return [str(each.get_content()).replace("\r\n", "\n").rstrip("\n") for each in server.got]

        yield Standing(server.port, server.ca, PASSWORD, gateway, got, LETTER)


@contextmanager
def sms(folder: Path) -> Iterator[Standing]:
    texts, lock = list[str](), threading.Lock()

    def take(request: Request) -> Response:
        if request.headers.get("X-Key") != "good key":
            return Response("", 401)
        with lock:
            texts.append(json.loads(request.get_data())["text"])
        return Response('{"code":0}')

    running = HTTPServer(host="127.0.0.1", port=0, ssl_context=tls.prepare(folder), threaded=True)
    running.expect_request("/send").respond_with_handler(take)
    running.start()

    def gateway(port: int, ca: Path, secret: str) -> Gateway:
        body, headers = '{"to":"{phone}","text":"{text}","id":"{id}"}', (("X-Key", "{secret}"),)
        url = f"https://127.0.0.1:{port}/send"
        return SmsGateway(SmsSettings(url, body, True, headers, '"code":0', Secret(secret), ca))

    letter = replace(LETTER, channel=Channel.PHONE, address="13800135521")
    yield Standing(running.port, folder / "ca.pem", "good key", gateway, lambda: list(texts), letter)
    running.stop()


@contextmanager
def robot(folder: Path) -> Iterator[Standing]:
    with robot_server(folder) as server:

        def gateway(port: int, ca: Path, secret: str) -> Gateway:
            url = Secret(f"https://127.0.0.1:{port}{PATHS[RobotKind.DINGTALK]}")
            settings = RobotSettings("duty", RobotKind.DINGTALK, url, Secret(secret), Language.ZH, (), ca)
            return GroupGateway({"duty": Robot(settings)})

        yield Standing(
            server.port,
            server.ca,
            SECRET,
            gateway,
            lambda: [text.replace("＜", "<") for text in server.got],
            replace(LETTER, channel=GROUP, address="duty"),
        )


@pytest.fixture(params=[mail, sms, robot], ids=lambda made: made.__name__)
def standing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Standing]:
    with request.param(tmp_path / "server") as running:
        yield running


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is not a slow gateway."""
    monkeypatch.setattr(smtp, "TIMEOUT", PATIENCE)
    monkeypatch.setattr(smtp, "WITHIN", PATIENCE)
    monkeypatch.setattr(posting, "TIMEOUT", (PATIENCE, PATIENCE))
    monkeypatch.setattr(posting, "WITHIN", PATIENCE)


@pytest.fixture
def line(standing: Standing) -> Iterator[Line]:
    between = Line(standing.port)
    yield between
    between.stop()


def test_a_gateway_that_is_down_cut_off_or_slow_by_half_a_minute_is_a_matter_of_time(
    standing: Standing, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the deadlines injected short where it never answers: nothing here waits for it."""
    gateway = standing.gateway(line.port, standing.ca, standing.secret)
    for fault in (Fault.DOWN, Fault.CUT, Fault.SILENT):
        line.fault = fault
        with monkeypatch.context() as short:
            if fault is Fault.SILENT:
                short.setattr(smtp, "TIMEOUT", SHORT)
                short.setattr(posting, "TIMEOUT", (SHORT, SHORT))
            handed, trouble = gateway.send(standing.written("not now")), gateway.trouble()
        assert handed.state is Posted.WAITING, fault
        assert handed.why.isidentifier(), "a kind of error, nothing of the message"
        assert trouble is not None
        assert trouble.key in ("unreachable", "tls"), fault
    assert standing.got() == []
    line.fault = Fault.NONE
    assert gateway.send(standing.written("now")) == Handed(Posted.SENT)
    assert standing.got() == ["now"]


def test_a_server_of_another_authority_hears_neither_secret_nor_message(
    standing: Standing, line: Line, tmp_path: Path
) -> None:
    tls.prepare(tmp_path / "other")
    stranger = standing.gateway(line.port, tmp_path / "other" / "ca.pem", standing.secret)
    assert stranger.send(standing.written("CANARY")).state is Posted.WAITING
    assert stranger.trouble() is not None
    assert standing.got() == []


def test_an_account_that_is_refused_or_over_is_told_and_nothing_is_lost(standing: Standing) -> None:
    """It may be renewed: what waits is sent then."""
    refused = standing.gateway(standing.port, standing.ca, "of last year")
    letter = standing.written("later")
    handed = refused.send(letter)
    assert handed.state is Posted.WAITING
    assert "of last year" not in handed.why
    assert standing.got() == []
    assert standing.gateway(standing.port, standing.ca, standing.secret).send(letter) == Handed(Posted.SENT)
    assert standing.got() == ["later"]


def test_whatever_stands_in_a_message_arrives_as_it_was_written(standing: Standing) -> None:
    gateway = standing.gateway(standing.port, standing.ca, standing.secret)
    assert gateway.send(standing.written(HOSTILE)) == Handed(Posted.SENT)
    values = {"code": HOSTILE, "phone": HOSTILE, "text": HOSTILE}
    assert gateway.send(replace(standing.written("values"), values=values)) == Handed(Posted.SENT)
    assert standing.got() == [HOSTILE, "values"]
    for address in ("*)(uid=*", "张三 🧑‍💻", ""):
        gateway.send(replace(standing.written("to nobody"), address=address))


@pytest.mark.timeout(600)
def test_a_thousand_messages_from_fifty_threads_arrive_each_once(standing: Standing) -> None:
    gateway = standing.gateway(standing.port, standing.ca, standing.secret)
    texts = [f"{number} 号" for number in range(LETTERS)]

    with ThreadPoolExecutor(THREADS) as threads:
        handed = list(threads.map(gateway.send, map(standing.written, texts)))
    assert Counter(handed) == {Handed(Posted.SENT): LETTERS}
    assert Counter(standing.got()) == Counter(texts)


def test_a_mail_server_that_drips_is_cut_off_when_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then meets every time-out of a socket."""
    monkeypatch.setattr(smtp, "WITHIN", SHORT)
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        with listening.accept()[0] as client:
            try:
                while not over.wait(0.05):
                    client.sendall(b"2")
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        tls.prepare(tmp_path)
        settings = MailSettings(
            "127.0.0.1",
            listening.getsockname()[1],
            MailSecurity.STARTTLS,
            "it@a.example",
            "",
            Secret(""),
            tmp_path / "ca.pem",
        )
        assert SmtpGateway(settings).send(replace(LETTER, op=new_op())).state is Posted.WAITING
        over.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()
