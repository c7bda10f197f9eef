"""OpenID Connect Core 1.0: authorization code flow with PKCE (RFC 7636), as a confidential client.

Library: Authlib for the protocol's messages and claims, joserfc for signatures. The questions themselves go over our
own line: each is over within its seconds, of limited size, and follows nobody elsewhere.
"""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kiosk.domain.people import PersonNumber
from kiosk.hub.campus.https_line import Answer, HttpsLine, NoAnswer
from kiosk.hub.clock import Clock
from kiosk.hub.sign_in_port import LONGEST_NUMBER, Attempt, NotSignedIn, SignedInAs
from kiosk.hub.sign_in_settings import SignInSettings

#: What an ID token may be signed with: never by nobody, never by a secret both sides know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: Clocks of hub and provider may be this far apart, seconds.
LEEWAY = 60
#: Somebody must have signed in for this attempt, not long ago: seconds before it came back (AWAY_LIFE and clocks).
OLDEST_SIGN_IN = 180 + LEEWAY
#: What the provider says about itself is asked again after this, seconds.
ASK_AGAIN = 600.0
MOST_OF_ANSWER = 256 * 1024
_JSON = {"Accept": "application/json"}
_FORM = {**_JSON, "Content-Type": "application/x-www-form-urlencoded"}
#: What a provider says that is down itself (RFC 6749, 4.1.2.1).
_AWAY = frozenset({"server_error", "temporarily_unavailable"})
_SAID_NO = frozenset({"access_denied", "login_required", "interaction_required", "consent_required"})


class Provider(msgspec.Struct, frozen=True):
    """Of the discovery document (OpenID Connect Discovery 1.0, 3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    code_challenge_methods_supported: tuple[str, ...] = ()
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    id_token_signing_alg_values_supported: tuple[str, ...] = ()


class _Tokens(msgspec.Struct, frozen=True):
    """OpenID Connect Core 3.1.3.3."""

    id_token: str
    token_type: str
    access_token: str = ""

    def __repr__(self) -> str:
        return "_Tokens(***)"


class OidcSignIn:
    """Used by many threads."""

    def __init__(self, settings: SignInSettings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._line = HttpsLine(settings.ca, settings.answer_within, settings.connections, MOST_OF_ANSWER)
        self._known: tuple[float, Provider] | None = None

    def origin(self) -> str | NotSignedIn:
        provider = self._provider()
        return _origin(provider.authorization_endpoint) if isinstance(provider, Provider) else provider

    def begin(self, attempt: Attempt) -> str | NotSignedIn:
        provider = self._provider()
        if isinstance(provider, NotSignedIn):
            return provider
        return str(
            prepare_grant_uri(
                provider.authorization_endpoint,
                client_id=self._settings.client,
                response_type="code",
                redirect_uri=attempt.back,
                scope=self._settings.scope,
                state=attempt.state,
                nonce=attempt.nonce,
                code_challenge=challenge_of(attempt.verifier),
                code_challenge_method="S256",
                prompt="login",  # whoever else is signed in on this phone is not meant
                ui_locales=attempt.language.value,
            )
        )

    def finish(self, attempt: Attempt, query: Mapping[str, str]) -> SignedInAs | NotSignedIn:
        provider = self._provider()
        if isinstance(provider, NotSignedIn):
            return provider
        # The answer of another provider than the one that was asked (RFC 9207).
        if query.get("iss", provider.issuer) != provider.issuer:
            return NotSignedIn.NOT_SOUND
        if error := query.get("error"):
            return NotSignedIn.SILENT if error in _AWAY else _no(error)
        if not query.get("code"):
            return NotSignedIn.NOT_SOUND
        tokens = self._tokens(provider, attempt, query["code"])
        if isinstance(tokens, NotSignedIn):
            return tokens
        claims = self._claims(provider, attempt, tokens)
        if isinstance(claims, NotSignedIn):
            return claims
        if self._settings.claim not in claims and provider.userinfo_endpoint:
            told = self._told(provider, tokens, claims)
            if isinstance(told, NotSignedIn):
                return told
            claims = {**told, **claims}
        return _number(claims.get(self._settings.claim))

    # -- what is asked ------------------------------------------------------------------------------------------
    def _provider(self) -> Provider | NotSignedIn:
        if self._known is not None and time.monotonic() < self._known[0]:
            return self._known[1]
        found_out = discovered(self._line, self._settings.url)
        if isinstance(found_out, Provider):
            self._known = time.monotonic() + ASK_AGAIN, found_out
            return found_out
        return NotSignedIn.NOT_SOUND if isinstance(found_out, str) else NotSignedIn.SILENT

    def _tokens(self, provider: Provider, attempt: Attempt, code: str) -> _Tokens | NotSignedIn:
        body = prepare_token_request(
            "authorization_code", redirect_uri=attempt.back, code=code, code_verifier=attempt.verifier
        )
        answer = ask_for_tokens(self._line, self._settings, provider, body)
        if isinstance(answer, NoAnswer) or answer.status >= 500:
            return NotSignedIn.SILENT
        try:
            tokens = msgspec.json.decode(answer.body, type=_Tokens)
        except (msgspec.DecodeError, RecursionError):
            return NotSignedIn.NOT_SOUND
        return tokens if answer.status == 200 and tokens.token_type.lower() == "bearer" else NotSignedIn.NOT_SOUND

    def _claims(self, provider: Provider, attempt: Attempt, tokens: _Tokens) -> dict[str, Any] | NotSignedIn:
        """OpenID Connect Core 3.1.3.7. The keys are asked for each time: they change when the provider likes."""
        keys = self._line.ask("GET", provider.jwks_uri, _JSON)
        if isinstance(keys, NoAnswer) or keys.status != 200:
            return NotSignedIn.SILENT
        try:
            token = jwt.decode(tokens.id_token, KeySet.import_key_set(json.loads(keys.body)), algorithms=ALGORITHMS)
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": self._settings.client},
                },
                {
                    "nonce": attempt.nonce,
                    "client_id": self._settings.client,
                    "access_token": tokens.access_token,
                },
            )
            seconds = int(self._clock().timestamp())
            claims.validate(seconds, LEEWAY)
            at = claims.get("auth_time", seconds)
        except (JoseError, LookupError, TypeError, ValueError, AttributeError, RecursionError):
            return NotSignedIn.NOT_SOUND
        return dict(claims) if at >= seconds - OLDEST_SIGN_IN else NotSignedIn.NOT_SOUND

    def _told(self, provider: Provider, tokens: _Tokens, claims: Mapping[str, Any]) -> dict[str, Any] | NotSignedIn:
        """What is not in the ID token (OpenID Connect Core 5.3); about the same subject only."""
        headers = {**_JSON, "Authorization": f"Bearer {tokens.access_token}"}
        answer = self._line.ask("GET", provider.userinfo_endpoint, headers)
        if isinstance(answer, NoAnswer) or answer.status >= 500:
            return NotSignedIn.SILENT
        try:
            told = msgspec.json.decode(answer.body, type=dict[str, Any])
        except (msgspec.DecodeError, RecursionError):
            return NotSignedIn.NOT_SOUND
        return told if told.get("sub") == claims["sub"] and answer.status == 200 else NotSignedIn.NOT_SOUND


def challenge_of(verifier: str) -> str:
    """RFC 7636, 4.2."""
    return str(create_s256_code_challenge(verifier))  # type: ignore[no-untyped-call]


def ask_for_tokens(line: HttpsLine, settings: SignInSettings, provider: Provider, body: str) -> Answer | NoAnswer:
    """As the client that the provider knows."""
    auth = ClientAuth(settings.client, settings.secret.reveal(), f"client_secret_{settings.secret_sent.value}")
    url, headers, signed = auth.prepare("POST", provider.token_endpoint, dict(_FORM), body)  # type: ignore[no-untyped-call]
    return line.ask("POST", url, headers, str(signed).encode())


def discovered(line: HttpsLine, issuer: str) -> Provider | NoAnswer | str:
    """What the provider says about itself, or what is wrong with it: a word of ``sign_in_check``."""
    answer = line.ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration", _JSON)
    if isinstance(answer, NoAnswer):
        return answer
    return _read(answer, issuer)


def _read(answer: Answer, issuer: str) -> Provider | NoAnswer | str:
    if answer.status >= 500:
        return NoAnswer("unreachable", str(answer.status))
    try:
        provider = msgspec.json.decode(answer.body, type=Provider)
        secured = all(
            urlsplit(url).scheme == "https" and urlsplit(url).hostname
            for url in (provider.authorization_endpoint, provider.token_endpoint, provider.jwks_uri)
        )
    except (ValueError, RecursionError):
        return "no_discovery"
    if answer.status != 200:
        return "no_discovery"
    if provider.issuer != issuer:
        return "other_issuer"
    return provider if secured else "not_secured"


def _no(error: str) -> NotSignedIn:
    return NotSignedIn.DECLINED if error in _SAID_NO else NotSignedIn.NOT_SOUND


def _number(value: object) -> SignedInAs | NotSignedIn:
    """One text or whole number; a list of one too."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int) or not 0 < len(str(value)) <= LONGEST_NUMBER:
        return NotSignedIn.NOBODY
    return SignedInAs(PersonNumber(str(value)))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
