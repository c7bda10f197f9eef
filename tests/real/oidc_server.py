"""An OpenID Connect provider on 127.0.0.1, over TLS: Authlib's own server side (codes, PKCE, client authentication,
errors), and an ID token that can be made wrong in one way at a time."""

import hmac
import json
import re
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kiosk.hub import tls

CLIENT, SECRET = "campus-kiosk", "a secret of this client, long enough to be one"
REALM = "/realms/campus"
#: How an ID token can be signed.
GOOD, OTHER_KEY, NONE, PUBLIC_AS_SECRET = "good", "other_key", "none", "public_as_secret"
#: By what provider and client both know, and the provider names among its keys.
SHARED_SECRET = "shared_secret"
_SHARED: Any = OctKey.import_key(SECRET, {"kid": "shared", "alg": "HS256", "use": "sig"})


@dataclass
class Code:
    """Of one authorization; what Authlib asks of it."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    user: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int | None:
        return None


@dataclass
class Client:
    back: str

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.back

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(one for one in (scope or "").split() if one in ("openid", "profile"))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(client_secret, SECRET)

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Provider:
    """``people``: claims by who signs in. ``lies``: claims of the ID token said instead, ``None`` for left out.

    ``signs``: how it is signed. ``says``: status and body by path, answered instead; ``told``: of the discovery
    document. ``hold``: nothing is answered until it is set. ``prompts``: what sign-ins were asked with."""

    port: int = 0
    clock: Callable[[], float] = time.time
    back: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    signs: str = GOOD
    says: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    hold: threading.Event | None = None
    told: dict[str, Any] = field(default_factory=dict)
    prompts: list[str] = field(default_factory=list)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"}))
    foreign: Any = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
    )

    def __post_init__(self) -> None:
        self.server: Any = _Server(self)

    @property
    def issuer(self) -> str:
        return f"https://127.0.0.1:{self.port}{REALM}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    def answer(self, request: Request) -> Response:
        if self.hold is not None:
            self.hold.wait()
        path = request.path.removeprefix(REALM)
        if path in self.says:
            status, body = self.says[path]
            return Response(body, status, content_type="application/json")
        match path:
            case "/.well-known/openid-configuration":
                return _json({**self.metadata(), **self.told})
            case "/jwks":
                shared = [_SHARED.as_dict(private=True)] if self.signs == SHARED_SECRET else []
                return _json({"keys": [self.key.as_dict(private=False), *shared]})
            case "/authorize":
                return self._authorize(request)
            case "/token":
                return _answer(self.server.create_token_response(request))
            case "/userinfo":
                user = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
                return _json({"sub": user, **self.people[user], **self.lies}) if user else Response("", 401)
            case "/favicon.ico":
                return Response("", 204)
            case _:
                return Response("", 404)

    def _authorize(self, request: Request) -> Response:
        """The sign-in page, or what becomes of it; ``prompt=none`` shows none."""
        asked = _Asked(request)
        try:
            grant = self.server.get_consent_grant(request, end_user=None)
        except OAuth2Error as error:
            return _answer(self.server.handle_error_response(asked, error))
        if request.method == "GET":
            self.prompts.append(request.args.get("prompt", ""))
            page = '<form method="post"><label>Who <input name="who"></label><button>Enter</button>'
            return Response(f'{page}<button name="no" value="1">No</button></form>', content_type="text/html")
        user = None if request.form.get("no") else request.form.get("who", "")
        known = user if user in self.people else None
        return _answer(self.server.create_authorization_response(request, grant_user=known, grant=grant))

    def id_token(self, code: Code, access_token: str) -> str:
        now, half = int(self.clock()), sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "sub": code.user,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": code.nonce,
            "at_hash": _base64(half),
            **{name: value for name, value in self.people[code.user].items() if name != "userinfo"},
        }
        claims = {name: value for name, value in {**claims, **self.lies}.items() if value is not None}
        if self.signs in (GOOD, OTHER_KEY):
            return jwt.encode(
                {"alg": "RS256", "kid": "one"}, claims, self.key if self.signs == GOOD else self.foreign, ["RS256"]
            )
        if self.signs == SHARED_SECRET:
            return jwt.encode({"alg": "HS256", "kid": "shared"}, claims, _SHARED, ["HS256"])
        if self.signs == NONE:
            return f"{_base64(_packed({'alg': 'none', 'typ': 'JWT'}))}.{_base64(_packed(claims))}."
        signed = f"{_base64(_packed({'alg': 'HS256', 'kid': 'one'}))}.{_base64(_packed(claims))}"
        return f"{signed}.{_base64(hmac.digest(self.key.as_pem(private=False), signed.encode(), 'sha256'))}"


class _Asked(OAuth2Request):
    def __init__(self, request: Request) -> None:
        super().__init__(request.method, request.url, headers=dict(request.headers))
        self._asked = request
        self.payload = BasicOAuth2Payload(dict(request.values.items()))

    @property
    def args(self) -> Any:
        return self._asked.args

    @property
    def form(self) -> Any:
        return self._asked.form


class _Server(AuthorizationServer):
    def __init__(self, provider: Provider) -> None:
        super().__init__(["openid", "profile"])
        self.provider = provider
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(24)))
        self.register_grant(_Grant, [CodeChallenge(required=True), _IdToken(require_nonce=True)])

    def query_client(self, client_id: str) -> Any:
        return Client(self.provider.back) if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: Any) -> None:
        self.provider.tokens[token["access_token"]] = request.user

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: Any) -> Any:
        return request if isinstance(request, _Asked) else _Asked(request)

    def handle_response(self, status: int, body: Any, headers: Any) -> Response:
        return Response(json.dumps(body) if isinstance(body, dict) else body, status, headers)


class _Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked = request.payload.data
        self.server.provider.codes[code] = Code(
            code,
            asked["redirect_uri"],
            asked["scope"],
            asked["nonce"],
            request.user,
            asked.get("code_challenge", ""),
            asked.get("code_challenge_method", ""),
        )

    def query_authorization_code(self, code: str, client: Any) -> Any:  # noqa: ARG002
        return self.server.provider.codes.get(code)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        del self.server.provider.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: Code) -> str:
        return authorization_code.user


class _IdToken(OpenIDCode):
    def exists_nonce(self, nonce: str, request: Any) -> bool:  # noqa: ARG002
        return False

    def process_token(self, grant: Any, response: Any) -> Any:
        _, token, _ = response
        token["id_token"] = grant.server.provider.id_token(grant.request.authorization_code, token["access_token"])
        return token


def _answer(made: Any) -> Response:
    assert isinstance(made, Response)
    return made


def _json(value: object) -> Response:
    return Response(json.dumps(value), content_type="application/json")


def _packed(value: object) -> bytes:
    return json.dumps(value).encode()


def _base64(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


@contextmanager
def oidc_server(folder: Path, clock: Callable[[], float] = time.time) -> Iterator[Provider]:
    """On a free port; its authority is ``folder/ca.pem``."""
    running = HTTPServer(host="127.0.0.1", port=0, ssl_context=tls.prepare(folder), threaded=True)
    provider = Provider(clock=clock)
    running.expect_request(re.compile("/.*")).respond_with_handler(provider.answer)
    running.start()
    provider.port = running.port
    try:
        yield provider
    finally:
        if provider.hold is not None:
            provider.hold.set()
        running.stop()
