"""A duty group hears of an outage by its robot, signed as its platform wants it; what it refuses is said in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.language import Language
from kiosk.hub.campus.robots import LONGEST_TEXT, Robot
from kiosk.hub.cli import main
from kiosk.hub.config import ConfigError, load
from kiosk.hub.notice_settings import RobotKind, RobotSettings
from kiosk.hub.ports import GatewayTrouble, Handed, Posted
from kiosk.hub.secret_value import Secret
from tests.real.hub_process import command, hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card
from tests.real.robot_server import KEY, OTHER_KEY, SECRET, RobotServer, robot_server
from tests.whole.waiting import until

TEXT = '可能是大面积故障：图书馆 😀 "<b>" & \\ {x}\n第二行'
SHOWN = TEXT.replace("<", "＜")
KINDS = list(RobotKind)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RobotServer]:
    with robot_server(tmp_path_factory.mktemp("robots")) as server:
        yield server


@pytest.fixture
def server(running: RobotServer) -> RobotServer:
    running.got.clear()
    running.answers.clear()
    return running


def settings(server: RobotServer, kind: RobotKind, secret: str = SECRET) -> RobotSettings:
    return RobotSettings("duty", kind, Secret(server.url(kind)), Secret(secret), Language.ZH, (), server.ca)


@pytest.mark.parametrize("kind", KINDS)
def test_a_group_reads_what_was_written(server: RobotServer, kind: RobotKind) -> None:
    assert Robot(settings(server, kind)).say(TEXT) == Handed(Posted.SENT)
    assert server.got == [SHOWN]


@pytest.mark.parametrize("kind", KINDS)
def test_trying_it_puts_nothing_into_the_group(server: RobotServer, kind: RobotKind) -> None:
    assert Robot(settings(server, kind)).trouble() is None
    assert server.got == []


@pytest.mark.parametrize("kind", [RobotKind.DINGTALK, RobotKind.FEISHU])
def test_a_wrong_secret_or_clock_is_told_as_such(server: RobotServer, kind: RobotKind) -> None:
    two_hours_ago = Robot(settings(server, kind), lambda: 1_700_000_000.0)
    for robot in (Robot(settings(server, kind, "another")), two_hours_ago):
        handed, trouble = robot.say(TEXT), robot.trouble()
        assert handed.state is Posted.WAITING, "somebody may mend it"
        assert handed.why.startswith("robot_signature:")
        assert trouble is not None
        assert trouble.key == "robot_signature"
    assert server.got == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_robot_that_was_taken_out_of_its_group_is_told_as_such(server: RobotServer, kind: RobotKind) -> None:
    url = Secret(server.url(kind).replace(KEY, OTHER_KEY))
    gone = Robot(replace(settings(server, kind), url=url))
    assert gone.say(TEXT).why.startswith("robot_unknown:")
    trouble = gone.trouble()
    assert trouble is not None
    assert trouble.key == "robot_unknown"


@pytest.mark.parametrize(
    ("kind", "status", "body", "handed"),
    [
        (RobotKind.WECOM, 200, '{"errcode":0,"errmsg":"ok"}', Handed(Posted.SENT)),
        (RobotKind.WECOM, 200, '{"errcode":45009}', Handed(Posted.WAITING, "robot_too_fast:45009")),
        (RobotKind.WECOM, 200, '{"errcode":40008}', Handed(Posted.REJECTED, "robot_refused:40008")),
        (RobotKind.DINGTALK, 200, '{"errcode":130101}', Handed(Posted.WAITING, "robot_too_fast:130101")),
        (RobotKind.FEISHU, 200, '{"StatusCode":0,"code":0,"data":{}}', Handed(Posted.SENT)),
        (RobotKind.FEISHU, 200, '{"code":11232}', Handed(Posted.WAITING, "robot_too_fast:11232")),
        (RobotKind.FEISHU, 400, '{"code":19024}', Handed(Posted.WAITING, "robot_keyword:19024")),
        (RobotKind.WECOM, 200, "<html>Wi-Fi sign-in</html>", Handed(Posted.WAITING, "200")),
        (RobotKind.WECOM, 200, "[" * 9000, Handed(Posted.WAITING, "200")),
        (RobotKind.WECOM, 200, '{"errcode":"0"}', Handed(Posted.WAITING, "200")),
        (RobotKind.WECOM, 200, "{}", Handed(Posted.WAITING, "200")),
        (RobotKind.WECOM, 502, "", Handed(Posted.WAITING, "502")),
        (RobotKind.WECOM, 302, "", Handed(Posted.REJECTED, "302")),
        (RobotKind.WECOM, 404, "", Handed(Posted.REJECTED, "404")),
    ],
)
def test_its_code_decides_not_its_status(
    server: RobotServer, kind: RobotKind, status: int, body: str, handed: Handed
) -> None:
    server.answers.append((status, body))
    assert Robot(settings(server, kind)).say(TEXT) == handed
    assert server.got == []


def test_another_authority_gets_no_message(server: RobotServer, tmp_path: Path) -> None:
    with robot_server(tmp_path / "other") as other:
        stranger = Robot(replace(settings(server, RobotKind.WECOM), ca=other.ca))
        assert stranger.say(TEXT) == Handed(Posted.WAITING, "SSLError")
        assert stranger.trouble() == GatewayTrouble("unreachable", "SSLError")
    assert server.got == []


def test_a_text_that_is_too_long_is_cut_between_characters(server: RobotServer) -> None:
    assert Robot(settings(server, RobotKind.WECOM)).say("长" * 5000) == Handed(Posted.SENT)
    assert server.got == ["长" * (LONGEST_TEXT // 3)]


@pytest.mark.parametrize(
    ("kind", "stamp", "sign"),
    [
        (RobotKind.FEISHU, "1599360473", "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="),
        (RobotKind.DINGTALK, "1599360473000", "eblRZvilBzXa6Ce18IeBM4pMy1rYNWKicaCg6VMwQe0="),
    ],
)
def test_a_signature_is_the_one_openssl_makes(server: RobotServer, kind: RobotKind, stamp: str, sign: str) -> None:
    """``openssl dgst -sha256 -hmac``: over what each platform prints, by another program."""
    server.signs.clear()
    Robot(settings(server, kind, "demo"), lambda: 1_599_360_473.0).say(TEXT)
    assert server.signs == [(stamp, sign)]


ROBOT = """
[[robots]]
name = "{kind}"
kind = "{kind}"
url_file = "{kind}.url"
{secret}
ca = "{ca}"
language = "{language}"
"""


def tables(folder: Path, server: RobotServer, language: str = "zh") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("robot.secret", SECRET), *((f"{kind}.url", server.url(kind)) for kind in KINDS)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    signed = 'secret_file = "robot.secret"'
    return "".join(
        ROBOT.format(kind=kind, secret="" if kind is RobotKind.WECOM else signed, ca=server.ca, language=language)
        for kind in KINDS
    )


def test_a_suspected_outage_and_an_alert_reach_every_group_and_name_nobody(server: RobotServer, tmp_path: Path) -> None:
    data = tmp_path / "hub"
    with hub_with_sample(data, tables=tables(data, server)) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        report = kiosk.report(impact="many", note="CANARY", location="CANARY-3", claim=card("04A1B2C3D4E580"))
        assert kiosk.submit(kiosk.envelope(report)).status_code in (200, 201)
        until(lambda: len(server.got) == len(KINDS), "three groups")
        assert len(set(server.got)) == 1
        assert report.reference in server.got[0]
        assert "图书馆" in server.got[0]
        command(data, "alert", "--service", "network")
        until(lambda: sum("监控报警：全校" in text for text in server.got) == len(KINDS), "the alert")
        confirmed = ("确认是大面积故障", report.reference)
        until(lambda: sum(all(word in text for word in confirmed) for text in server.got) == len(KINDS), "the outage")
    said = "\n".join(server.got)
    assert not re.search(r"CANARY|20230114287|zhang|张|1380013|https?:", said)
    log = "".join(file.read_text() for file in (data / "log").glob("*"))
    assert '"message"' in log
    assert KEY not in log


def test_check_tries_every_robot_and_names_what_is_wrong(
    server: RobotServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    file = tmp_path / "hub.toml"
    file.write_text(tables(tmp_path, server))
    assert main(["check", "--config", str(file)]) == 0
    assert "group robot dingtalk [[robots]]: ready" in capsys.readouterr().err
    (tmp_path / "robot.secret").write_text("another")
    assert main(["check", "--config", str(file)]) == 1
    said = capsys.readouterr().err
    assert "group robot wecom [[robots]]: ready" in said
    assert "group robot feishu [[robots]]: refuses the signature (19021)" in said
    assert KEY not in said
    assert server.got == []


GOOD = "[[robots]]\nname = 'duty'\nkind = 'wecom'\nurl_file = 'url'\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("robots = 3\n", "robots"),
        (GOOD.replace("duty", "Duty!"), "robots.name"),
        (GOOD.replace("wecom", "slack"), "robots.kind"),
        (GOOD.replace("url_file", "url"), "robots.url"),
        (GOOD + GOOD, "robots.name"),
        (GOOD + "secret_file = 'url'\n", "robots.secret_file"),
        (GOOD.replace("wecom", "feishu"), "robots"),
        (GOOD + "services = 'network'\n", "robots.services"),
        (GOOD + "language = 'fr'\n", "robots.language"),
        (GOOD.replace("'url'", "'plain'"), "robots.url_file"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_never_with_the_address(tmp_path: Path, text: str, key: str) -> None:
    for name, url in (("url", "https://qyapi.example/send?key=k"), ("plain", "http://qyapi.example/send?key=k")):
        (tmp_path / name).write_text(url)
        (tmp_path / name).chmod(0o600)
    file = tmp_path / "hub.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=rf"hub\.toml:[0-9]+: {key}: ") as caught:
        load(file)
    assert "qyapi" not in str(caught.value)
