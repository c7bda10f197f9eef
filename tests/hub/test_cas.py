"""CAS 3 against a server in its published shapes: a ticket is good once and for its attempt, and XML is only read."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from kiosk.domain.language import Language
from kiosk.hub.campus.cas import CasSignIn, read
from kiosk.hub.checked import Level
from kiosk.hub.sign_in_port import Attempt, NotSignedIn, SignedInAs
from kiosk.hub.sign_in_settings import SignInKind, SignInSettings
from tests.real.cas_server import CasServer, cas_server

BACK = "https://it.example.edu/s/back"
ZHANG = "2023114587"
ATTEMPT = Attempt(BACK, Language.ZH, "state-" * 6, "nonce", "verifier")


@dataclass
class Campus:
    server: CasServer
    settings: SignInSettings

    def with_settings(self, **changed: Any) -> "Campus":
        return Campus(self.server, replace(self.settings, **changed))

    @property
    def sign_in(self) -> CasSignIn:
        return CasSignIn(self.settings)

    def visit(self, attempt: Attempt = ATTEMPT) -> dict[str, str]:
        where = self.sign_in.begin(attempt)
        assert isinstance(where, str)
        with requests.Session() as browser:
            browser.trust_env, browser.verify = False, str(self.settings.ca)
            answer = browser.post(where, data={"who": ZHANG}, allow_redirects=False)
        assert answer.headers["location"].startswith(f"{BACK}?")
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))

    def sign(self) -> SignedInAs | NotSignedIn:
        return self.sign_in.finish(ATTEMPT, self.visit())


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CasServer, Path]]:
    folder = tmp_path_factory.mktemp("cas")
    with cas_server(folder) as server:
        yield server, folder / "ca.pem"


@pytest.fixture(params=[False, True], ids=["xml", "json"])
def campus(running: tuple[CasServer, Path], request: pytest.FixtureRequest) -> Iterator[Campus]:
    server, ca = running
    server.people = {ZHANG: {"employeeNumber": ["T0012345"], "memberOf": ["a", "b"], "name": ["张三 & <b>😀"]}}
    server.services, server.says, server.as_json = (BACK,), None, request.param
    server.renewed.clear()
    yield Campus(server, SignInSettings(SignInKind.CAS, server.url, claim="user", ca=ca))
    if server.hold is not None:
        server.hold.set()
        server.hold = None


def number(said: SignedInAs | NotSignedIn) -> str:
    assert isinstance(said, SignedInAs), said
    return said.number.reveal()


def test_the_number_is_the_user_or_the_attribute_the_campus_names(campus: Campus) -> None:
    assert number(campus.sign()) == ZHANG
    assert number(campus.with_settings(claim="employeeNumber").sign()) == "T0012345"
    assert campus.server.renewed == ["true", "true"]
    assert campus.sign_in.origin() == f"https://127.0.0.1:{campus.server.port}"


@pytest.mark.parametrize("claim", ["memberOf", "nothing"])
def test_an_attribute_that_is_not_one_value_is_nobody(campus: Campus, claim: str) -> None:
    assert campus.with_settings(claim=claim).sign() is NotSignedIn.NOBODY


def test_a_ticket_is_good_once_and_only_for_its_attempt(campus: Campus) -> None:
    query = campus.visit()
    other = replace(ATTEMPT, state="another-state")
    assert campus.sign_in.finish(other, query) is NotSignedIn.NOT_SOUND
    query = campus.visit()
    assert number(campus.sign_in.finish(ATTEMPT, query)) == ZHANG
    assert campus.sign_in.finish(ATTEMPT, query) is NotSignedIn.NOT_SOUND


@pytest.mark.parametrize(
    "ticket", ["made-up", "PT-1-proxy", "PGT-1", "ST-", "ST-a b", "ST-1\r\nX: y", "ST-" + "a" * 300, "ST-无"]
)
def test_what_is_no_ticket_of_a_person_is_not_even_asked_about(campus: Campus, ticket: str) -> None:
    campus.server.says = 200, GOOD.format(USER).encode()
    assert campus.sign_in.finish(ATTEMPT, {"ticket": ticket}) is NotSignedIn.NOT_SOUND


def test_whoever_comes_back_without_a_ticket_has_declined(campus: Campus) -> None:
    assert campus.sign_in.finish(ATTEMPT, {}) is NotSignedIn.DECLINED


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_fails_is_silent(campus: Campus, status: int) -> None:
    query = campus.visit()
    campus.server.says = status, b"broken"
    assert campus.sign_in.finish(ATTEMPT, query) is NotSignedIn.SILENT


def test_a_server_that_does_not_answer_in_time_is_silent(campus: Campus) -> None:
    query = campus.visit()
    campus.server.hold = threading.Event()
    slow = campus.with_settings(answer_within=1.0).sign_in
    assert slow.finish(ATTEMPT, query) is NotSignedIn.SILENT


NS = 'xmlns:cas="http://www.yale.edu/tp/cas"'
GOOD = f"<cas:serviceResponse {NS}><cas:authenticationSuccess>{{}}</cas:authenticationSuccess></cas:serviceResponse>"
USER = "<cas:user>u</cas:user>"
HOSTILE = {
    "nothing": b"",
    "not text": b"\x00\xff\xfe",
    "a page": b"<html><body>hello",
    "no namespace": GOOD.format(USER).replace("cas:", "").encode(),
    "another namespace": GOOD.format(USER).replace("yale.edu", "evil.example").encode(),
    "two users": GOOD.format(USER + "<cas:user>v</cas:user>").encode(),
    "no user": GOOD.format("").encode(),
    "by a proxy": GOOD.format(f"{USER}<cas:proxies><cas:proxy>https://p</cas:proxy></cas:proxies>").encode(),
    "success inside a failure": (
        f'<cas:serviceResponse {NS}><cas:authenticationFailure code="x"/>'
        f"<cas:authenticationSuccess>{USER}</cas:authenticationSuccess></cas:serviceResponse>"
    ).encode(),
    "two successes": GOOD.format(f"{USER}</cas:authenticationSuccess><cas:authenticationSuccess>{USER}").encode(),
    "an entity": (f'<!DOCTYPE x [<!ENTITY u "admin">]>{GOOD.format("<cas:user>&u;</cas:user>")}').encode(),
    "an entity from a file": (
        f'<!DOCTYPE x [<!ENTITY u SYSTEM "file:///etc/passwd">]>{GOOD.format("<cas:user>&u;</cas:user>")}'
    ).encode(),
    "an outer document type": f'<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">{GOOD.format(USER)}'.encode(),
    "entities without end": (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i > 1 else "&a;" * 10}">' for i in range(1, 9))
        + f"]>{GOOD.format('<cas:user>&a8;</cas:user>')}"
    ).encode(),
    "another encoding": b'<?xml version="1.0" encoding="nonsense"?><x/>',
    "deep": b"<a>" * 20_000,
    "json of nothing": b"{}",
    "json of a list": b'{"serviceResponse": []}',
    "json user that is none": b'{"serviceResponse": {"authenticationSuccess": {"user": ["u"]}}}',
    "json by a proxy": b'{"serviceResponse": {"authenticationSuccess": {"user": "u", "proxies": ["p"]}}}',
    "json too deep": b'{"serviceResponse":' * 5_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_answer_that_is_no_success_of_cas_signs_nobody_in(kind: str) -> None:
    assert not read(HOSTILE[kind])


def test_a_comment_cuts_no_name_short() -> None:
    assert read(GOOD.format("<cas:user>admin<!-- -->istrator</cas:user>").encode()) in (
        {"user": ["administrator"]},
        None,
    )


def test_an_attribute_called_user_does_not_take_the_users_place() -> None:
    told = read(GOOD.format(f"{USER}<cas:attributes><cas:user>admin</cas:user></cas:attributes>").encode())
    assert told == {"user": ["u"]}


# -- kiosk hub check ------------------------------------------------------------------------------------------
def looked(settings: SignInSettings, back: str = BACK) -> dict[str, tuple[Level, str]]:
    from kiosk.hub.campus.sign_in_check import check_sign_in

    return {finding.words: (finding.level, finding.at) for finding in check_sign_in(settings, back)}


def test_a_server_that_knows_the_hub_is_good_throughout(campus: Campus) -> None:
    found = looked(campus.settings)
    assert found == dict.fromkeys(("trusted", "cas", "service_known"), (Level.GOOD, ""))


def test_what_would_fail_a_visitor_is_named_with_its_setting(campus: Campus) -> None:
    assert looked(campus.settings, "https://other.example/s/back")["back_unknown"] == (Level.BAD, "url")
    elsewhere = replace(campus.settings, url=f"{campus.server.url}/elsewhere")
    assert looked(elsewhere)["no_cas"] == (Level.BAD, "url")
    assert looked(replace(campus.settings, url="https://127.0.0.1:9"))["not_reached"] == (Level.BAD, "url")
