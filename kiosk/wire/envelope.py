"""Sealed and signed envelopes: only the hub can read one, and only an enrolled kiosk can have made it.

HPKE base mode (RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM) to the hub's key with ``info`` = the
canonical context, then Ed25519 (RFC 8032) by the kiosk over context and ciphertext. A kiosk cannot open its own queue.
Suite and key id stand in every envelope, so that another suite (SM2) or a new key can live beside old ones.
"""

from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kiosk.wire.signing_key import signing_key

SUITE_X25519_ED25519 = 1
#: Domain separation: what is signed or sealed here can never be taken for something else.
_PREFIX = b"campus-kiosk/envelope/1\n"
_HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is bound to the sealed bytes and readable without opening them.

    ``key`` id of the hub key sealed to; ``kiosk`` id of the maker; ``op`` operation id (UUID); ``kind`` operation
    class or ``pin``; ``aggregate`` what must keep its order (the reference of a ticket, the digest of a claim);
    ``made`` and ``expires`` RFC 3339 by the kiosk's idea of hub time, for people and for expiry, never for security.
    """

    suite: int
    key: str
    kiosk: str
    op: str
    kind: str
    aggregate: str
    made: str
    expires: str

    def canonical(self) -> bytes:
        """One byte string per context: JSON, fields sorted, no spaces."""
        return _PREFIX + msgspec.json.encode(self, order="sorted")


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``sealed`` = HPKE enc || ciphertext; ``signature`` = Ed25519 over canonical context || sealed."""

    context: Context
    sealed: bytes
    signature: bytes


class HubKey(msgspec.Struct, frozen=True):
    """A public key of the hub: ``public`` is the raw X25519 key, 32 bytes."""

    id: str
    public: bytes


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Why an envelope was refused: ``signature``, ``suite``, ``key`` or ``sealed``."""

    why: str


def seal(payload: bytes, context: Context, hub_key: HubKey) -> bytes:
    """Seals ``payload`` to the hub's key, bound to ``context``."""
    public = X25519PublicKey.from_public_bytes(hub_key.public)
    return _HPKE.encrypt(payload, public, info=context.canonical())


def sign(sealed: bytes, context: Context, kiosk_key: Ed25519PrivateKey) -> Envelope:
    return Envelope(context, sealed, kiosk_key.sign(context.canonical() + sealed))


def is_signed_by(envelope: Envelope, kiosk_public: bytes) -> bool:
    """``kiosk_public`` is the raw Ed25519 key, 32 bytes."""
    key = signing_key(kiosk_public)
    if key is None:
        return False
    try:
        key.verify(envelope.signature, envelope.context.canonical() + envelope.sealed)
    except InvalidSignature:
        return False
    return True


def open_sealed(envelope: Envelope, keys: dict[str, X25519PrivateKey]) -> bytes | NotOpened:
    """Opens with the key the context names; the signature is checked by the caller, who knows the kiosk."""
    context = envelope.context
    if context.suite != SUITE_X25519_ED25519:
        return NotOpened("suite")
    key = keys.get(context.key)
    if key is None:
        return NotOpened("key")
    try:
        return _HPKE.decrypt(envelope.sealed, key, info=context.canonical())
    except (InvalidTag, ValueError):
        return NotOpened("sealed")
