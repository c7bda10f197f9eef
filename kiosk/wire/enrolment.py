"""How a kiosk becomes one of this hub's: a one-use code, a key made on the kiosk, later short-lived tokens."""

import msgspec

from kiosk.wire.envelope import HubKey

#: RFC 7523: audience and algorithm of a kiosk's signed assertion.
AUDIENCE = "campus-kiosk-hub"
ALGORITHM = "EdDSA"
ASSERTION_SECONDS = 60
TOKEN_SECONDS = 900
#: What stands before a kiosk's own public key where it signs that it holds it (EnrolAsk.proof).
ASK_CONTEXT = b"campus-kiosk/enrol-ask/1\0"
#: Length of EnrolAsk.nonce, bytes.
NONCE_BYTES = 16


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


class EnrolAsk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kiosk that nobody knows yet asks to be approved, again and again until it is (after RFC 8628, but bound to its
    key). ``public`` raw Ed25519 key; ``proof`` its signature of ``ask_bytes``; ``authority``: digest_of the one
    (wire.fingerprint) it trusts only because the hub itself showed it, '' where an administrator put it there;
    ``nonce`` NONCE_BYTES, made anew at each start and told to nobody before its authority stands."""

    public: bytes
    proof: bytes
    authority: str
    nonce: bytes


class EnrolWaits(msgspec.Struct, frozen=True, tag="waits"):
    """``code`` eight letters to show, good for ``seconds`` more; to be asked again after ``again`` seconds."""

    code: str
    seconds: int
    again: int


class EnrolApproved(msgspec.Struct, frozen=True, tag="approved"):
    enrolled: Enrolled


EnrolAnswer = EnrolWaits | EnrolApproved


def ask_bytes(public: bytes, authority: str, nonce: bytes) -> bytes:
    return ASK_CONTEXT + public + nonce + authority.encode()


class Authority(msgspec.Struct, frozen=True):
    """``pem``: the one authority of this hub. Believed once its words were compared (wire.fingerprint)."""

    pem: str


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
