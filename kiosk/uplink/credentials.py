"""How a kiosk proves itself: a short-lived token bought with an assertion only its key can sign (RFC 7523)."""

import base64
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.wire.enrolment import ALGORITHM, ASSERTION_SECONDS, AUDIENCE, Token

#: Seconds before its end at which a token counts as used up: the request still has to travel.
TOKEN_MARGIN = 30.0
#: Seconds an assertion's start lies in the past, for the way its time took from the hub to us.
_SKEW = 5


class Credentials:
    def __init__(self, kiosk: str, key: Ed25519PrivateKey, monotonic: Callable[[], float]) -> None:
        self._kiosk = kiosk
        self._key = key
        self._monotonic = monotonic
        self._token = ""
        self._good_until = 0.0

    def assertion(self, hub_now: datetime) -> str:
        """A JWT for the token endpoint, dated by the hub's time."""
        issued = hub_now - timedelta(seconds=_SKEW)
        claims = {
            "iss": self._kiosk,
            "sub": self._kiosk,
            "aud": AUDIENCE,
            "jti": secrets.token_urlsafe(16),
            "iat": int(issued.timestamp()),
            "exp": int(issued.timestamp()) + ASSERTION_SECONDS,
        }
        return _signed(claims, self._key)

    def token(self) -> str:
        """'' where a new one has to be bought."""
        return self._token if self._monotonic() < self._good_until else ""

    def hold(self, token: Token) -> None:
        self._token = token.token
        self._good_until = self._monotonic() + token.expires_in - TOKEN_MARGIN

    def drop(self) -> None:
        """The hub does not accept it any more."""
        self._token = ""
        self._good_until = 0.0


def _signed(claims: Mapping[str, object], key: Ed25519PrivateKey) -> str:
    """JWS compact serialization (RFC 7515 7.1) with Ed25519 (RFC 8037). Only that: a whole JWT library brings every
    algorithm there is along, 5 MB of them. Its reading side, where mistakes are dangerous, is the hub's library.
    """
    parts: tuple[Mapping[str, object], ...] = ({"alg": ALGORITHM, "typ": "JWT"}, claims)
    signed = ".".join(_base64url(msgspec.json.encode(part)) for part in parts)
    return f"{signed}.{_base64url(key.sign(signed.encode('ascii')))}"


def _base64url(content: bytes) -> str:
    """Without padding (RFC 7515 2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
