"""How a kiosk becomes one of this hub's: a one-use code, a key made on the kiosk, later short-lived tokens."""

import msgspec

from kiosk.wire.envelope import HubKey

#: RFC 7523: audience and algorithm of a kiosk's signed assertion.
AUDIENCE = "campus-kiosk-hub"
ALGORITHM = "EdDSA"
ASSERTION_SECONDS = 60
TOKEN_SECONDS = 900


class Enrol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``public`` raw Ed25519 key, 32 bytes; ``code`` eight letters, upper case."""

    code: str
    public: bytes


class Block(msgspec.Struct, frozen=True):
    """Reference numbers this kiosk may give: ``code`` and counters ``first``..``last``; never handed out twice."""

    code: str
    first: int
    last: int


class Enrolled(msgspec.Struct, frozen=True):
    kiosk: str
    hub_keys: list[HubKey]
    block: Block


class NumbersWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` is an operation id: asked twice, the same block is answered."""

    op: str


class Assertion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """JWT (EdDSA): iss = sub = kiosk id, aud = AUDIENCE, jti random, iat/exp by hub time, exp - iat <= 60 s."""

    assertion: str


class Token(msgspec.Struct, frozen=True):
    """Bearer token; ``expires_in`` seconds."""

    token: str
    expires_in: int


class Health(msgspec.Struct, frozen=True):
    status: str
    version: str
