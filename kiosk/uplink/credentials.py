"""How a kiosk proves itself: a short-lived token bought with an assertion only its key can sign (RFC 7523)."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import jwt
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
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

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
