"""What the database keeps and may not give away: sealed by a key that is not in it (AES-256-GCM).

For one purpose and one owner each, so that a sealed value put into another row opens nothing. The id of the hub's key
stands in front: what was sealed before the key was renewed opens as long as the old one is kept.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.hub.keys import HubKeys

_NONCE_BYTES = 12


def seal(keys: HubKeys, purpose: str, owner: str, plain: bytes) -> bytes:
    """The key's id, a zero byte, nonce, ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return _mark(keys) + nonce + AESGCM(keys.derived(purpose)).encrypt(nonce, plain, owner.encode())


def unseal(keys: HubKeys, purpose: str, owner: str, sealed: bytes) -> bytes | None:
    """``None`` where it is another owner's or for another purpose, was altered, or its key is gone."""
    key, _, rest = sealed.partition(b"\0")
    try:
        opener = AESGCM(keys.derived(purpose, key.decode()))
        return opener.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], owner.encode())
    except (KeyError, InvalidTag, ValueError):
        return None


def is_newest(keys: HubKeys, sealed: bytes) -> bool:
    return sealed.startswith(_mark(keys))


def _mark(keys: HubKeys) -> bytes:
    return keys.newest.encode() + b"\0"
