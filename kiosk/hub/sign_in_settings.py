"""The [sign_in] table of hub.toml: the campus's own sign-in page."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.hub.notice_settings import NO_SECRET
from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import Fail, TableReader


class SignInKind(StrEnum):
    OIDC = "oidc"
    CAS = "cas"
    SIMULATED = "simulated"  # for demos: whoever presses the button is whom they say


class SecretSent(StrEnum):
    """How the client's secret goes to the token endpoint (OpenID Connect Core 9)."""

    BASIC = "basic"
    POST = "post"


@dataclass(frozen=True, slots=True)
class SignInSettings:
    """``url``: the issuer (OpenID Connect) or where ``/login`` and ``/p3/serviceValidate`` are (CAS). ``claim``: what
    of the answer is the person's number; for CAS ``user`` or an attribute. ``ca`` ``None``: the authorities this
    machine trusts. ``answer_within`` seconds for each question; ``connections`` at once."""

    kind: SignInKind
    url: str = ""
    client: str = ""
    secret: Secret = field(default_factory=lambda: NO_SECRET)
    secret_sent: SecretSent = SecretSent.BASIC
    scope: str = "openid"
    claim: str = "sub"
    ca: Path | None = None
    answer_within: float = 5.0
    connections: int = 4


def read_sign_in(table: Any, folder: Path, public_url: str, fail: Fail) -> SignInSettings | None:
    """``None``: nobody signs in by phone. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    read = TableReader("sign_in", table, folder, fail)
    kind = read.text("kind")
    if kind not in list(SignInKind):
        fail("sign_in.kind", f"must be one of: {', '.join(SignInKind)}")
    if kind == SignInKind.SIMULATED:
        read.only("kind")
        return SignInSettings(SignInKind.SIMULATED)
    if not public_url:
        fail("sign_in", "phones have to reach this hub: write public_url too")
    within = read.seconds("answer_within", 5.0, 1.0, 15.0)
    connections = read.whole("connections", 4, 1, 16)
    if kind == SignInKind.CAS:
        read.only("kind", "url", "claim", "ca", "answer_within", "connections")
        url = read.address("url", 'write where its /login is: "https://cas.example.edu/cas"')
        claim = _claim(read, "user")
        return SignInSettings(
            SignInKind.CAS, url, claim=claim, ca=read.authority(), answer_within=within, connections=connections
        )
    known = (
        "kind",
        "issuer",
        "client",
        "client_secret_file",
        "client_secret_env",
        "secret_sent",
        "scope",
        "claim",
        "ca",
    )
    read.only(*known, "answer_within", "connections")
    read.address("issuer", 'write the issuer as the provider names it: "https://sso.example.edu/realms/campus"')
    client, scope = read.text("client"), read.text("scope", "openid")
    if not client:
        fail("sign_in.client", "write the client id the provider gave this hub")
    if "openid" not in scope.split():
        fail("sign_in.scope", 'begin with "openid"')
    return SignInSettings(
        SignInKind.OIDC,
        read.text("issuer"),  # with a slash at its end where the provider has one: it is compared letter by letter
        client,
        read.secret("client_secret"),
        read.choice("secret_sent", SecretSent.BASIC),
        scope,
        _claim(read, "sub"),
        read.authority(),
        within,
        connections,
    )


def _claim(read: TableReader, default: str) -> str:
    claim = read.text("claim", default)
    if not claim:
        read.wrong("claim", "write what of the answer is the person's number")
    return claim
