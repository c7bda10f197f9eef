"""The hub as a program: what it prints, how it ends, what it says over the network, what it never writes down."""

import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import requests

from kiosk.domain.references import parse
from kiosk.wire import routes
from kiosk.wire.tickets import ContactTyped, NumberClaimed
from tests.patience import PATIENCE
from tests.real.hub_process import RunningHub, command, config_file, hub_with_sample, start_hub
from tests.real.plain_kiosk import PlainKiosk, card

ZHANG, RIGHT = "04A1B2C3D4E580", "739154"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path_factory.mktemp("hub"), "--public-url", "own") as running:
        yield running


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> PlainKiosk:
    return PlainKiosk(hub.url, hub.ca).enrol(hub.code())


def test_every_answer_carries_the_hubs_time_and_safe_headers_also_errors(kiosk: PlainKiosk) -> None:
    answers = [
        kiosk.send("GET", routes.HEALTH),
        kiosk.send("GET", routes.CAMPUS),
        kiosk.send("GET", "/nothing"),
        kiosk.send("PUT", routes.CAMPUS),
        kiosk.send("POST", routes.OPERATIONS, b"<html>"),
        kiosk.send("POST", routes.OPERATIONS, b"x" * (routes.MAX_REQUEST + 1)),
        kiosk.send("GET", routes.CAMPUS, Authorization="Bearer made-up"),
        kiosk.send("GET", routes.FOLLOW + "x" * 12),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 405, 400, 413, 401, 404]
    for answer in answers:
        moment = datetime.fromisoformat(answer.headers[routes.HUB_TIME_HEADER])
        assert abs((kiosk.now() - moment).total_seconds()) < 60
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    for answer in answers[2:7]:
        assert answer.json()["code"]


def test_the_campus_is_answered_once_until_it_changes(kiosk: PlainKiosk) -> None:
    answer = kiosk.send("GET", routes.CAMPUS)
    assert answer.json()["campus"]["kiosk"]["code"] == "A12"
    assert len(answer.content) < routes.MAX_ANSWER / 10
    again = kiosk.send("GET", routes.CAMPUS, If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_report_gets_its_promise_and_the_same_answer_again(hub: RunningHub, kiosk: PlainKiosk) -> None:
    envelope = kiosk.envelope(kiosk.report(claim=card(ZHANG)))
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: kiosk.submit(envelope), range(20)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}
    assert parse(answers[0].json()["reference"])
    assert [ticket["op_id"] for ticket in hub.tickets()].count(envelope.context.op) == 1


def test_pin_session_and_my_tickets(kiosk: PlainKiosk) -> None:
    assert kiosk.try_pin(card(ZHANG), "111222")["why"] == "wrong"
    accepted = kiosk.try_pin(card(ZHANG), RIGHT)
    visit = {routes.VISIT_HEADER: accepted["session"]}
    assert kiosk.send("GET", routes.MY_TICKETS).json()["code"] == "no_visit"
    assert kiosk.send("GET", routes.MY_TICKETS, **visit).status_code == 200
    assert kiosk.send("DELETE", routes.SESSION, **visit).status_code == 204
    assert kiosk.send("DELETE", routes.SESSION, **visit).status_code == 204
    assert kiosk.send("GET", routes.MY_TICKETS, **visit).json()["code"] == "no_visit"


def test_what_a_stranger_or_a_newer_kiosk_adds_is_refused(kiosk: PlainKiosk) -> None:
    answer = kiosk.send("POST", routes.NUMBERS, b'{"op":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","more":1}')
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def _but_its_tokens(page: str) -> str:
    """A page without what each copy of it has of its own: the ids its forms send."""
    return re.sub(r'value="[0-9a-zA-Z_-]{20,}"', 'value=""', page)


def test_the_phone_page_is_small_plain_and_not_indexed(hub: RunningHub, kiosk: PlainKiosk) -> None:
    report = kiosk.report(claim=card(ZHANG), note="CANARY", contact=ContactTyped("CANARY"))
    page = kiosk.submit(kiosk.envelope(report)).json()["page"]
    assert len(page) <= 45
    zh = requests.get(page, verify=str(hub.ca), timeout=PATIENCE)
    en = requests.get(page, verify=str(hub.ca), timeout=PATIENCE, headers={"Accept-Language": "en-GB"})
    switched = requests.get(
        page + "?lang=zh", verify=str(hub.ca), timeout=PATIENCE, headers={"Accept-Language": "en-GB"}
    )
    assert _but_its_tokens(switched.text) == _but_its_tokens(zh.text)
    assert "已登记" in zh.text
    assert "Received" in en.text
    assert report.reference in zh.text
    assert len(zh.content) < 60_000
    assert "noindex" in zh.headers["x-robots-tag"]
    assert "<script" not in zh.text
    assert all(secret not in zh.text + en.text for secret in ("CANARY", "张", "Yiming", "20230114287", "5521"))


def test_only_tls_from_its_own_ca_is_spoken(hub: RunningHub) -> None:
    port = int(hub.url.rpartition(":")[2])
    with pytest.raises(requests.ConnectionError):
        requests.get(hub.url.replace("https", "http") + routes.HEALTH, timeout=PATIENCE)
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(hub.url + routes.HEALTH, timeout=PATIENCE)
    context = ssl.create_default_context(cafile=str(hub.ca))
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as secure,
    ):
        assert secure.version() == "TLSv1.3"


def test_killed_after_the_effect_and_before_the_answer_the_answer_is_still_there(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        envelope = kiosk.envelope(kiosk.report())
        with ThreadPoolExecutor(1) as pool:
            unread = pool.submit(kiosk.submit, envelope)
            while not hub.tickets():
                pass
            hub.kill()
            unread.exception()
        again = start_hub(tmp_path)
        try:
            kiosk.url = again.url
            answer = kiosk.submit(envelope)
            assert answer.status_code == 200
            assert kiosk.submit(envelope).text == answer.text
            assert [ticket["reference"] for ticket in again.tickets()] == [answer.json()["reference"]]
        finally:
            assert again.stop() == 0


def test_a_revoked_kiosk_is_refused_at_once(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        envelope = kiosk.envelope(kiosk.report())
        command(hub.data, "revoke", kiosk.id)
        assert kiosk.submit(envelope).json()["code"] == "revoked"
        assert kiosk.send("GET", routes.CAMPUS).status_code == 403
        assert hub.tickets() == []


def test_nothing_personal_is_ever_written_to_a_log(tmp_path: Path) -> None:
    secrets = ["CANARYNOTE", "13899990000", "20230114287", "20239998877", ZHANG, RIGHT, "111222"]
    with hub_with_sample(tmp_path, "--public-url", "own") as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        report = kiosk.report(claim=card(ZHANG), note="CANARYNOTE", contact=ContactTyped("13899990000"))
        answer = kiosk.submit(kiosk.envelope(report)).json()
        kiosk.submit(kiosk.envelope(kiosk.report(claim=NumberClaimed("20239998877"))))
        session = kiosk.try_pin(card(ZHANG), RIGHT)["session"]
        kiosk.try_pin(card(ZHANG), "111222")
        requests.get(answer["page"], verify=str(hub.ca), timeout=PATIENCE)
        kiosk.send("GET", f"/20230114287?q={RIGHT}")
        kiosk.send("POST", routes.ENROL, b'{"code":"CANARYNOTE","public":"13899990000"}')
        secrets += [session, kiosk.token, answer["page"].rpartition("/")[2]]
        assert hub.stop() == 0
    logs = "".join(file.read_text() for file in (tmp_path / "log").iterdir())
    assert kiosk.id in logs
    assert [secret for secret in secrets if secret in logs] == []


def test_the_follow_role_serves_the_phone_page_and_nothing_else(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path, "--public-url", "own") as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        code = kiosk.submit(kiosk.envelope(kiosk.report())).json()["page"].rpartition("/")[2]
        outside = start_hub(tmp_path, "--role", "follow")
        try:
            there = PlainKiosk(outside.url, outside.ca)
            assert there.send("GET", routes.FOLLOW + code).status_code == 200
            paths = [path for name, path in vars(routes).items() if name.isupper() and str(path).startswith("/v1")]
            for path in [*paths, "/schema/openapi.json", "/"]:
                assert {there.send(method, path).status_code for method in ("GET", "POST")} == {404}, path
        finally:
            assert outside.stop() == 0


def test_a_moved_clock_moves_the_hubs_time(tmp_path: Path) -> None:
    (tmp_path / "offset").write_text("86400")
    with hub_with_sample(tmp_path, "--clock-offset-file", str(tmp_path / "offset")) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca)
        moment = datetime.fromisoformat(kiosk.send("GET", routes.HEALTH).headers[routes.HUB_TIME_HEADER])
        assert 86_000 < (moment - kiosk.now()).total_seconds() < 87_000


def test_two_hubs_on_new_folders_start_at_once_and_term_ends_them_with_0(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        hubs = list(pool.map(start_hub, [tmp_path / "one", tmp_path / "two"]))
    for hub in hubs:
        health = PlainKiosk(hub.url, hub.ca).send("GET", routes.HEALTH)
        assert (health.status_code, health.json()["code"]) == (503, "no_campus")
        assert hub.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["serve"], 2),
        (["nonsense"], 2),
        (["serve", "--data", "{dir}", "--port", "99999"], 2),
        (["check", "--config", "{dir}/hub.toml"], 2),
        (["serve", "--data", "{dir}", "--port", "0", "--config", "{dir}/hub.toml"], 2),
        (["tickets", "--data", "{dir}/nothing", "--json"], 1),
        (["enrol-code", "--data", "{dir}/sample", "--place", "nowhere"], 1),
        (["revoke", "--data", "{dir}/sample", "nobody"], 1),
        (["check"], 0),
        (["--help"], 0),
    ],
)
def test_a_command_ends_with_its_status_and_keeps_words_off_stdout(
    broken: Path, arguments: list[str], status: int
) -> None:
    line = [sys.executable, "-m", "kiosk.hub", *(text.format(dir=broken) for text in arguments)]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == status, ended.stderr
    assert "Traceback" not in ended.stderr
    if status == 1:
        assert len(ended.stderr.strip().splitlines()) == 1
    if "--help" not in arguments:
        assert ended.stdout == ""
    assert not (broken / "hub.db").exists(), "nothing starts half"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    config_file(folder / "sample")
    command(folder / "sample", "sample")
    (folder / "hub.toml").write_text("public_ulr = ''")
    return folder


@pytest.mark.parametrize(
    ("lang", "word"), [("zh_CN.UTF-8", "启动服务端"), ("en_GB.UTF-8", "Serve over HTTPS"), ("C", "Serve")]
)
def test_help_is_in_the_language_of_the_terminal(lang: str, word: str) -> None:
    line = [sys.executable, "-m", "kiosk.hub", "--help"]
    said = subprocess.run(line, capture_output=True, timeout=PATIENCE, check=True, env={"LANG": lang}).stdout.decode()
    assert word in said
