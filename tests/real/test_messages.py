"""Codes leave by the campus's own mail server and SMS gateway: over TLS that is checked, whole, and to one person."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kiosk.hub.campus.sms import SmsGateway
from kiosk.hub.campus.smtp import SmtpGateway
from kiosk.hub.cli import main
from kiosk.hub.config import ConfigError, load
from kiosk.hub.notice_settings import MailSecurity, MailSettings, SmsSettings
from kiosk.hub.ports import Channel, GatewayTrouble, Handed, Letter, Posted, Told
from kiosk.hub.secret_value import Secret
from kiosk.wire import routes
from kiosk.wire.identity import CodeWanted
from kiosk.wire.tickets import NumberClaimed
from tests.real.hub_process import hub_with_sample
from tests.real.mail_server import PASSWORD, USER, MailServer, mail_server
from tests.real.plain_kiosk import PlainKiosk, new_op
from tests.whole.waiting import until

LETTER = Letter(
    "6f1c0d0e-5b1b-4a52-9a6e-000000000001",
    Channel.EMAIL,
    "zhang.ming@yunlu.example",
    Told.CODE,
    "IT 自助服务 🔑",
    '394751 是验证码 "<b>" & \\ {code}\n第二行 😀',
    {"code": "394751"},
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "mail") as running:
        yield running


def mail(server: MailServer, **changed: object) -> SmtpGateway:
    settings = MailSettings(
        "127.0.0.1", server.port, MailSecurity.STARTTLS, "it@yunlu.example", USER, Secret(PASSWORD), server.ca
    )
    return SmtpGateway(replace(settings, **changed))  # type: ignore[arg-type]


def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    assert mail(server).send(LETTER) == Handed(Posted.SENT)
    assert mail(server).send(LETTER) == Handed(Posted.SENT)
    first, second = server.got
    assert (first["Subject"], first["To"], first["From"]) == (LETTER.subject, LETTER.address, "it@yunlu.example")
    assert first.get_content().replace("\r\n", "\n").rstrip("\n") == LETTER.text
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == second["Message-ID"], "a repeated one can be known"
    assert mail(server).trouble() is None


def test_another_authority_gets_neither_password_nor_message(server: MailServer, tmp_path: Path) -> None:
    with mail_server(tmp_path / "other") as other:
        stranger = mail(server, ca=other.ca)
        assert stranger.send(LETTER).state is Posted.WAITING
        trouble = stranger.trouble()
    assert trouble is not None
    assert trouble.key == "tls"
    assert server.got == []


@pytest.mark.parametrize("password", ["wrong", "错的"])
def test_a_wrong_password_is_told_and_tried_again_later(server: MailServer, password: str) -> None:
    wrong = mail(server, password=Secret(password))
    assert wrong.send(LETTER) == Handed(Posted.WAITING, "535")
    assert wrong.trouble() == GatewayTrouble("sign_in", "535")


@pytest.mark.parametrize(("line", "state"), [("550 no such user", Posted.REJECTED), ("451 later", Posted.WAITING)])
def test_who_is_refused_for_good_is_not_tried_again(server: MailServer, line: str, state: Posted) -> None:
    server.refuse[LETTER.address] = line
    assert mail(server).send(LETTER) == Handed(state, line[:3])


@pytest.mark.parametrize("address", ["a@b.example\nBcc: everybody@b.example", "a@b.example, c@d.example", "no address"])
def test_an_address_is_one_person(server: MailServer, address: str) -> None:
    mail(server).send(replace(LETTER, address=address))
    assert all(len(got["To"].addresses) <= 1 and "Bcc" not in got for got in server.got)
    assert not {"everybody@b.example", "c@d.example"} & set(server.recipients)


def test_a_mail_server_that_is_down_is_a_matter_of_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    gateway = mail(MailServer(tmp_path / "none.pem", port), ca=None)
    assert gateway.send(LETTER).state is Posted.WAITING
    assert gateway.trouble() == GatewayTrouble("unreachable", "ConnectionRefusedError")


def sms(httpserver: HTTPServer, body: str) -> SmsGateway:
    headers, secret = (("X-Key", "{secret}"),), Secret("k&y\r\n")
    settings = SmsSettings(httpserver.url_for("/send"), body, body.startswith("{"), headers, '"code":0', secret)
    return SmsGateway(settings)


def kept(httpserver: HTTPServer) -> list[Request]:
    """What comes to the gateway, which takes it."""
    seen: list[Request] = []

    def take(request: Request) -> Response:
        seen.append(request)
        return Response('{"code":0}')

    httpserver.expect_request("/send").respond_with_handler(take)
    return seen


SMS = replace(LETTER, channel=Channel.PHONE, address="13800135521")


def test_a_template_stays_one_value_a_field_in_json(httpserver: HTTPServer) -> None:
    seen = kept(httpserver)
    gateway = sms(httpserver, '{"to":"{phone}","params":["{code}"],"text":"{text}","id":"{id}"}')
    assert gateway.send(SMS) == Handed(Posted.SENT)
    assert json.loads(seen[0].get_data()) == {
        "to": "13800135521",
        "params": ["394751"],
        "text": LETTER.text,
        "id": LETTER.op,
    }
    assert seen[0].headers["X-Key"] == "k&y"


def test_and_in_a_form(httpserver: HTTPServer) -> None:
    seen = kept(httpserver)
    assert sms(httpserver, "to={phone}&key={secret}&text={text}").send(SMS) == Handed(Posted.SENT)
    sent = parse_qs(seen[0].get_data(as_text=True))
    assert sent == {"to": ["13800135521"], "key": ["k&y\r\n"], "text": [LETTER.text]}


@pytest.mark.parametrize(
    ("status", "body", "state"),
    [
        (200, '{"code":0}', Posted.SENT),
        (200, '{"code":7,"phone":"13800135521"}', Posted.REJECTED),
        (400, "", Posted.REJECTED),
        (302, "", Posted.REJECTED),
        (401, "", Posted.WAITING),
        (429, "", Posted.WAITING),
        (503, "", Posted.WAITING),
    ],
)
def test_what_the_gateway_answers_decides(httpserver: HTTPServer, status: int, body: str, state: Posted) -> None:
    httpserver.expect_request("/send").respond_with_data(body, status)
    handed = sms(httpserver, "to={phone}&text={text}").send(SMS)
    assert handed.state is state
    assert "13800135521" not in handed.why


MAIL = """[mail]
host = "127.0.0.1"
port = {port}
security = "starttls"
sender = "it@yunlu.example"
user = "kiosk"
password_file = "mail.secret"
ca = "{ca}"
"""


def settings_file(folder: Path, server: MailServer) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "mail.secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o600)
    return MAIL.format(port=server.port, ca=server.ca)


def test_a_code_asked_for_at_a_kiosk_comes_by_mail(server: MailServer, tmp_path: Path) -> None:
    data = tmp_path / "hub"
    with hub_with_sample(data, more=settings_file(data, server)) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        wanted = CodeWanted(new_op(), NumberClaimed("20230114287"), "email")
        assert kiosk.post(routes.CODE, wanted).status_code == 200
        until(lambda: server.got, "the mail with the code")
        assert re.search(r"[0-9]{6}", server.got[0].get_content())

        def log_of_it() -> str:
            whole = "".join(file.read_text() for file in (data / "log").glob("*"))
            return whole if '"message"' in whole else ""

        log = until(log_of_it, "what the log says of it")  # written after the mail has left
    assert server.recipients == ["zhang.ming@yunlu.example"]
    assert "zhang.ming" not in log
    assert PASSWORD not in log


def test_check_says_what_would_keep_a_code_from_leaving(
    server: MailServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(settings_file(tmp_path, server))
    assert main(["check", "--config", str(file)]) == 0
    (tmp_path / "mail.secret").write_text("wrong")
    assert main(["check", "--config", str(file)]) == 1
    assert "535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[mail]\nsender = 'a@b'\n", "mail.host"),
        ("[mail]\nhost = 'h'\nsender = 'nobody'\n", "mail.sender"),
        ("[mail]\nhost = 'h'\nsender = 'a@b'\nsecurity = 'none'\n", "mail.security"),
        ("[mail]\nhost = 'h'\nsender = 'a@b'\nport = 0\n", "mail.port"),
        ("[mail]\nhost = 'h'\nsender = 'a@b'\nuser = 'u'\n", "mail"),
        ("[mail]\nhost = 'h'\nsender = 'a@b'\nca = 'nowhere.pem'\n", "mail.ca"),
        ("[mail]\nhost = 'h'\nsender = 'a@b'\ncolour = 1\n", "mail.colour"),
        ("[sms]\nurl = 'http://sms.example'\nbody = '{phone}{text}'\n", "sms.url"),
        ("[sms]\nurl = 'https://sms.example'\nbody = '{phone}'\n", "sms.body"),
        ("[sms]\nurl = 'https://sms.example'\nbody = '{phone}{text}'\nheaders = 3\n", "sms.headers"),
        ("[sms]\nurl = 'https://sms.example'\nbody = '{phone}{text}{secret}'\n", "sms"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=rf"hub\.toml:[0-9]+: {key}: "):
        load(file)
