"""A kiosk's public key, where it is one: with some points of Ed25519 anybody can sign."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

#: y of the points of small order, and the other writings of those that have one (RFC 8032 5.1.3), without the sign. A
#: signature of zeros beside such a point stands under about every fourth message (RFC 8032 8.2 leaves them to the
#: caller); all zeros is what stands here for what is no machine.
_ANYBODYS = frozenset(
    bytes.fromhex(y)
    for y in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)


def signing_key(public: bytes) -> Ed25519PublicKey | None:
    """``public`` is raw, 32 bytes; ``None`` where it is no key."""
    if len(public) != 32 or public[:31] + bytes([public[31] & 0x7F]) in _ANYBODYS:
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        return None
