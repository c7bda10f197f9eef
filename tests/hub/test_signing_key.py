"""A key with which anybody could sign is nobody's: no kiosk is enrolled with it, and nothing is believed by it."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.wire.envelope import Context, Envelope, is_signed_by
from kiosk.wire.signing_key import signing_key

#: Points of order 1, 2 and 4.
ONE, TWO = b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f"
FOUR = (bytes(32), bytes(31) + b"\x80")
#: Messages after which a forgery that works one time in four was surely among them.
MANY = 64


def forged(public: bytes) -> Envelope | None:
    """Signed with nobody's key, where OpenSSL believes that."""
    for number in range(MANY):
        context = Context(1, "key", "phones", str(number), "ticket", "A12-0001-X", "now", "later")
        for point in (ONE, TWO, *FOUR):
            envelope = Envelope(context, b"sealed", point + bytes(32))
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(
                    envelope.signature, context.canonical() + envelope.sealed
                )
            except InvalidSignature:
                continue
            return envelope
    return None


@pytest.mark.parametrize("public", [ONE, TWO, *FOUR])
def test_what_anybody_can_sign_is_signed_by_nobody(public: bytes) -> None:
    envelope = forged(public)
    assert envelope is not None, "OpenSSL refuses it by itself: this guard can go"
    assert not is_signed_by(envelope, public)
    assert signing_key(public) is None


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33), b"\xff" * 40])
def test_what_has_no_32_bytes_is_no_key(public: bytes) -> None:
    assert signing_key(public) is None


def test_a_machines_key_is_one() -> None:
    for _ in range(MANY):
        assert signing_key(Ed25519PrivateKey.generate().public_key().public_bytes_raw()) is not None
