"""Four words by which a person sees that a kiosk and the hub speak with each other and with nobody between them.

Both work them out by themselves: from the authority the kiosk trusts, its own key, its nonce and the code on its
screen. Whoever stands between has another authority or another key and has chosen both before nonce and code are known:
32 bits, one try a code. Without the nonce a kiosk that is started again could be shown an authority that was searched
for its key.
"""

from hashlib import sha256

#: Words of each list, and how many of them are shown.
WORDS, SHOWN = 256, 4
_CONTEXT = b"campus-kiosk/fingerprint/1\0"


def digest_of(authority_pem: str) -> str:
    """Hex SHA-256 of a PEM file, whatever its line ends."""
    return sha256("\n".join(authority_pem.split()).encode()).hexdigest()


def fingerprint(authority: str, public: bytes, nonce: bytes, code: str) -> tuple[int, ...]:
    """Places in the lists of words. ``authority``: digest_of, '' where it was put on the kiosk by an administrator;
    ``public`` raw Ed25519 key, 32 bytes; ``nonce`` as in wire.enrolment.EnrolAsk."""
    return tuple(sha256(_CONTEXT + public + nonce + code.encode() + b"\0" + authority.encode()).digest()[:SHOWN])
