"""OpenID Connect against a provider on this machine: what does not fit in one place signs nobody in."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from kiosk.domain.language import Language
from kiosk.domain.people import PersonNumber
from kiosk.hub.campus.oidc import OidcSignIn
from kiosk.hub.checked import Level
from kiosk.hub.secret_value import Secret
from kiosk.hub.sign_in_port import Attempt, NotSignedIn, SignedInAs
from kiosk.hub.sign_in_settings import SecretSent, SignInKind, SignInSettings
from tests.real.oidc_server import (
    CLIENT,
    NONE,
    OTHER_KEY,
    PUBLIC_AS_SECRET,
    SECRET,
    SHARED_SECRET,
    Provider,
    oidc_server,
)

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
BACK = "https://it.example.edu/s/back"
ZHANG = "2023114587"
ATTEMPT = Attempt(BACK, Language.EN, "state-" * 6, "nonce-" * 6, "verifier-" * 6)


@dataclass
class Campus:
    provider: Provider
    settings: SignInSettings

    def __post_init__(self) -> None:
        self.sign_in = OidcSignIn(self.settings, lambda: NOW)

    def with_settings(self, **changed: Any) -> "Campus":
        return Campus(self.provider, replace(self.settings, **changed))

    def visit(self, attempt: Attempt = ATTEMPT, who: str = ZHANG, **form: str) -> dict[str, str]:
        """What the phone brings back from the campus's page."""
        where = self.sign_in.begin(attempt)
        assert not isinstance(where, NotSignedIn)
        with requests.Session() as browser:
            browser.trust_env, browser.verify = False, str(self.settings.ca)
            assert browser.get(where).status_code == 200
            answer = browser.post(where, data={"who": who, **form}, allow_redirects=False)
        assert answer.headers["location"].startswith(f"{BACK}?")
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))

    def sign(self, attempt: Attempt = ATTEMPT, **form: str) -> SignedInAs | NotSignedIn:
        return self.sign_in.finish(attempt, self.visit(attempt, **form))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, Path]]:
    folder = tmp_path_factory.mktemp("oidc")
    with oidc_server(folder, NOW.timestamp) as provider:
        yield provider, folder / "ca.pem"


@pytest.fixture
def campus(running: tuple[Provider, Path]) -> Iterator[Campus]:
    provider, ca = running
    provider.back, provider.people = BACK, {ZHANG: {"employee": ["T0012345"]}, "other": {}}
    provider.lies, provider.signs, provider.says, provider.told = {}, "good", {}, {}
    provider.prompts.clear()
    settings = SignInSettings(SignInKind.OIDC, provider.issuer, CLIENT, Secret(SECRET), ca=ca)
    yield Campus(provider, settings)
    if provider.hold is not None:
        provider.hold.set()
        provider.hold = None


def number(said: SignedInAs | NotSignedIn) -> str:
    assert isinstance(said, SignedInAs), said
    assert isinstance(said.number, PersonNumber)
    return said.number.reveal()


@pytest.mark.parametrize("sent", SecretSent)
def test_the_number_is_the_claim_the_campus_names(campus: Campus, sent: SecretSent) -> None:
    assert number(campus.with_settings(secret_sent=sent).sign()) == ZHANG
    assert number(campus.with_settings(claim="employee", secret_sent=sent).sign()) == "T0012345"
    assert campus.provider.prompts == ["login", "login"]


def test_the_phone_goes_to_the_provider_and_nowhere_else(campus: Campus) -> None:
    where = campus.sign_in.begin(ATTEMPT)
    assert isinstance(where, str)
    assert campus.sign_in.origin() == f"https://127.0.0.1:{campus.provider.port}"
    query = dict(parse_qsl(urlsplit(where).query))
    assert (query["response_type"], query["state"], query["nonce"]) == ("code", ATTEMPT.state, ATTEMPT.nonce)
    assert (query["code_challenge_method"], query["redirect_uri"]) == ("S256", BACK)
    assert SECRET not in where
    assert ATTEMPT.verifier not in where


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://sso.example.edu"},
    "an issuer with a slash more": {"iss": "{issuer}/"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another-client"},
    "audiences without us": {"aud": ["a", "b"]},
    "several audiences, and nobody it was made for": {"aud": [CLIENT, "another"]},
    "made for another client": {"aud": [CLIENT, "another"], "azp": "another"},
    "no audience": {"aud": None},
    "over": {"exp": int(NOW.timestamp()) - 61},
    "no end": {"exp": None},
    "an end in words": {"exp": "tomorrow"},
    "from the future": {"iat": int(NOW.timestamp()) + 61},
    "not yet good": {"nbf": int(NOW.timestamp()) + 61},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "a nonce that is none": {"nonce": ["nonce-" * 6]},
    "of another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "signed in long ago": {"auth_time": int(NOW.timestamp()) - 241},
    "signed in at no time": {"auth_time": "yesterday"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_an_id_token_that_is_wrong_in_one_thing_signs_nobody_in(campus: Campus, lie: str) -> None:
    issuer = campus.provider.issuer
    campus.provider.lies = {
        name: value.replace("{issuer}", issuer) if isinstance(value, str) else value
        for name, value in LIES[lie].items()
    }
    assert campus.sign() is NotSignedIn.NOT_SOUND


def test_several_audiences_with_us_as_whom_it_was_made_for_are_right(campus: Campus) -> None:
    campus.provider.lies = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert number(campus.sign()) == ZHANG


@pytest.mark.parametrize("signs", [OTHER_KEY, NONE, PUBLIC_AS_SECRET, SHARED_SECRET])
def test_a_signature_that_is_not_the_providers_signs_nobody_in(campus: Campus, signs: str) -> None:
    campus.provider.signs = signs
    assert campus.sign() is NotSignedIn.NOT_SOUND


def test_a_key_that_has_changed_is_learnt(campus: Campus) -> None:
    assert number(campus.sign()) == ZHANG
    campus.provider.key, campus.provider.foreign = campus.provider.foreign, campus.provider.key
    assert number(campus.sign()) == ZHANG


def test_a_code_is_good_once_and_for_the_attempt_it_was_given_for(campus: Campus) -> None:
    query = campus.visit()
    other = replace(ATTEMPT, verifier="another-verifier-" * 3)
    assert campus.sign_in.finish(other, query) is NotSignedIn.NOT_SOUND  # PKCE: another phone's attempt
    query = campus.visit()
    assert number(campus.sign_in.finish(ATTEMPT, query)) == ZHANG
    assert campus.sign_in.finish(ATTEMPT, query) is NotSignedIn.NOT_SOUND
    query = campus.visit()
    assert campus.sign_in.finish(replace(ATTEMPT, nonce="another"), query) is NotSignedIn.NOT_SOUND


@pytest.mark.parametrize(
    ("query", "becomes"),
    [
        ({}, NotSignedIn.NOT_SOUND),
        ({"code": ""}, NotSignedIn.NOT_SOUND),
        ({"code": "made-up"}, NotSignedIn.NOT_SOUND),
        ({"code": "a\r\nX-Injected: 1"}, NotSignedIn.NOT_SOUND),
        ({"error": "access_denied"}, NotSignedIn.DECLINED),
        ({"error": "login_required"}, NotSignedIn.DECLINED),
        ({"error": "temporarily_unavailable"}, NotSignedIn.SILENT),
        ({"error": "<script>"}, NotSignedIn.NOT_SOUND),
        ({"code": "x", "iss": "https://evil.example"}, NotSignedIn.NOT_SOUND),
    ],
)
def test_what_a_phone_brings_back_is_anybodys(campus: Campus, query: dict[str, str], becomes: NotSignedIn) -> None:
    assert campus.sign_in.finish(ATTEMPT, {"state": ATTEMPT.state, **query}) is becomes


def test_an_answer_of_another_provider_is_not_taken(campus: Campus) -> None:
    query = campus.visit()
    assert campus.sign_in.finish(ATTEMPT, {**query, "iss": "https://evil.example"}) is NotSignedIn.NOT_SOUND


def test_whoever_declines_is_not_signed_in(campus: Campus) -> None:
    assert campus.sign(no="1") is NotSignedIn.DECLINED


@pytest.mark.parametrize("value", [None, "", True, 1.5, [], ["1", "2"], {"a": "1"}, "9" * 65, [["1"]]])
def test_a_claim_that_is_no_number_is_nobody(campus: Campus, value: object) -> None:
    campus.provider.people[ZHANG]["odd"] = value
    assert campus.with_settings(claim="odd").sign() is NotSignedIn.NOBODY


@pytest.mark.parametrize(("value", "said"), [(20231145, "20231145"), (["T1"], "T1"), ("*)(uid=*", "*)(uid=*")])
def test_a_claim_of_one_text_or_number_is_taken_as_it_is(campus: Campus, value: object, said: str) -> None:
    campus.provider.people[ZHANG]["odd"] = value
    assert number(campus.with_settings(claim="odd").sign()) == said


def test_what_the_id_token_does_not_say_is_asked_of_userinfo_about_the_same_person(campus: Campus) -> None:
    campus.provider.says["/userinfo"] = 200, json.dumps({"sub": ZHANG, "campus_id": "T9"}).encode()
    assert number(campus.with_settings(claim="campus_id").sign()) == "T9"
    campus.provider.says["/userinfo"] = 200, json.dumps({"sub": "other", "campus_id": "T9"}).encode()
    assert campus.with_settings(claim="campus_id").sign() is NotSignedIn.NOT_SOUND
    campus.provider.says["/userinfo"] = 200, json.dumps({"campus_id": "T9"}).encode()
    assert campus.with_settings(claim="campus_id").sign() is NotSignedIn.NOT_SOUND


GARBAGE = [b"", b"\x00\xff", b"[]", b"null", b"{", b"<html>", b'{"id_token": 1}', b"[" * 100_000, b'"' + b"a" * 300_000]


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
@pytest.mark.parametrize("index", range(len(GARBAGE)))
def test_garbage_signs_nobody_in(campus: Campus, path: str, index: int) -> None:
    query = campus.visit()
    campus.provider.says[path] = 200, GARBAGE[index]
    said = OidcSignIn(campus.settings, lambda: NOW).finish(ATTEMPT, query)
    assert said in (NotSignedIn.NOT_SOUND, NotSignedIn.SILENT)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
@pytest.mark.parametrize("status", [500, 503])
def test_a_provider_that_fails_is_silent(campus: Campus, path: str, status: int) -> None:
    query = campus.visit()
    campus.provider.says[path] = status, b"broken"
    assert OidcSignIn(campus.settings, lambda: NOW).finish(ATTEMPT, query) is NotSignedIn.SILENT


def test_a_discovery_document_that_names_somebody_else_is_not_used(campus: Campus) -> None:
    for told in (
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://127.0.0.1/token"},
        {"jwks_uri": "file:///x"},
    ):
        campus.provider.told = told
        assert OidcSignIn(campus.settings, lambda: NOW).begin(ATTEMPT) is NotSignedIn.NOT_SOUND


def test_a_provider_that_does_not_answer_in_time_is_silent_and_holds_up_only_so_many(campus: Campus) -> None:
    campus.provider.hold = threading.Event()
    slow = OidcSignIn(replace(campus.settings, answer_within=1.0, connections=1), lambda: NOW)
    said: list[object] = []
    threads = [threading.Thread(target=lambda: said.append(slow.origin())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [NotSignedIn.SILENT] * 3


def test_a_provider_that_is_not_there_or_not_trusted_is_silent(campus: Campus, tmp_path: Path) -> None:
    from kiosk.hub import tls

    tls.prepare(tmp_path)
    nobody = replace(campus.settings, url="https://127.0.0.1:9")
    stranger = replace(campus.settings, ca=tmp_path / "ca.pem")
    for settings in (nobody, stranger):
        sign_in = OidcSignIn(settings, lambda: NOW)
        assert sign_in.origin() is NotSignedIn.SILENT
        assert sign_in.begin(ATTEMPT) is NotSignedIn.SILENT
        assert sign_in.finish(ATTEMPT, {"code": "x"}) is NotSignedIn.SILENT


# -- kiosk hub check ------------------------------------------------------------------------------------------
def looked(settings: SignInSettings, back: str = BACK) -> dict[str, tuple[Level, str]]:
    from kiosk.hub.campus.sign_in_check import check_sign_in

    return {finding.words: (finding.level, finding.at) for finding in check_sign_in(settings, back)}


def test_a_provider_that_is_set_up_right_is_good_throughout(campus: Campus) -> None:
    found = looked(campus.settings)
    assert {level for level, _ in found.values()} == {Level.GOOD}
    assert {"trusted", "discovered", "client_known", "back_known"} <= set(found)


@pytest.mark.parametrize(
    ("changed", "told", "words", "at"),
    [
        ({"client": "somebody"}, {}, "client_unknown", "client"),
        ({"secret": Secret("wrong")}, {}, "client_unknown", "client"),
        ({}, {"issuer": "https://evil.example"}, "other_issuer", "issuer"),
        ({}, {"token_endpoint": "http://127.0.0.1"}, "not_secured", "issuer"),
        ({}, {"id_token_signing_alg_values_supported": ["HS256"]}, "no_algorithm", "issuer"),
        ({}, {"token_endpoint_auth_methods_supported": ["client_secret_post"]}, "secret_sent", "secret_sent"),
        ({}, {"jwks_uri": "{issuer}/nothing"}, "no_keys", "issuer"),
        ({"url": "https://127.0.0.1:9"}, {}, "not_reached", "issuer"),
        ({"url": "{issuer}/elsewhere"}, {}, "no_discovery", "issuer"),
    ],
)
def test_what_would_fail_a_visitor_is_named_with_its_setting(
    campus: Campus, changed: dict[str, Any], told: dict[str, Any], words: str, at: str
) -> None:
    def here(values: dict[str, Any]) -> dict[str, Any]:
        issuer = campus.provider.issuer
        return {
            key: value.replace("{issuer}", issuer) if isinstance(value, str) else value for key, value in values.items()
        }

    campus.provider.told = here(told)
    assert looked(replace(campus.settings, **here(changed)))[words] == (Level.BAD, at)


def test_an_address_to_come_back_to_that_is_not_registered_is_told(campus: Campus) -> None:
    found = looked(campus.settings, "https://it.example.edu/elsewhere")
    assert found["back_unknown"] == (Level.BAD, "client")


def test_a_provider_that_says_nothing_about_pkce_is_noted(campus: Campus) -> None:
    campus.provider.told = {"code_challenge_methods_supported": []}
    assert looked(campus.settings)["no_pkce"][0] is Level.NOTE


def test_a_wrong_authority_is_named(campus: Campus, tmp_path: Path) -> None:
    from kiosk.hub import tls

    tls.prepare(tmp_path)
    assert looked(replace(campus.settings, ca=tmp_path / "ca.pem"))["not_trusted"] == (Level.BAD, "ca")
