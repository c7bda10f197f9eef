"""The hub's own key pairs kiosks seal to, one file each in ``DIR/keys``, readable by the hub only.

Several hub processes on different machines need the same files: an admin copies the folder.
"""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.wire.envelope import HubKey

_FIRST = "0001.pem"


@dataclass(frozen=True, slots=True)
class HubKeys:
    """``public`` newest first: kiosks seal to the first one; older ones still open what waited in a queue."""

    private: dict[str, X25519PrivateKey]
    public: list[HubKey]

    @property
    def newest(self) -> str:
        return self.public[0].id

    def derived(self, purpose: str, key: str = "") -> bytes:
        """32 bytes nobody else has, for keyed digests of what is too short to be hashed alone (HKDF, RFC 5869).

        ``key``: the id of the key to begin with, '' for the newest one. KeyError for one that is not kept any more.
        """
        private = self.private[key or self.newest].private_bytes_raw()
        return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(private)

    def __repr__(self) -> str:
        return f"HubKeys({', '.join(key.id for key in self.public)})"


def open_keys(folder: Path) -> HubKeys:
    """Reads every key of the folder; makes the first one where there is none. Raises ValueError for a foreign file."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(folder.glob("*.pem")):
        key = X25519PrivateKey.generate()
        write_private(folder / _FIRST, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    private: dict[str, X25519PrivateKey] = {}
    public: list[HubKey] = []
    for file in sorted(folder.glob("*.pem"), reverse=True):
        loaded = load_pem_private_key(file.read_bytes(), password=None)
        if not isinstance(loaded, X25519PrivateKey):
            raise ValueError(f"{file}: not an X25519 key")
        raw = loaded.public_key().public_bytes_raw()
        key_id = f"{file.stem}-{sha256(raw).hexdigest()[:8]}"
        private[key_id] = loaded
        public.append(HubKey(key_id, raw))
    return HubKeys(private, public)


def write_private(file: Path, content: bytes) -> None:
    """Written whole or not at all, never readable by others, not even for a moment."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
