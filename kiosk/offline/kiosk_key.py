"""The one secret a kiosk holds: its Ed25519 key, made here, never copied away, revocable at the hub."""

from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.offline import durable_file

_LENGTH = 32
#: What the key of the marks is derived for.
_MARKS = b"campus-kiosk/marks/1"


@dataclass(frozen=True, slots=True)
class KioskKey:
    """``private`` signs envelopes and the hub's assertions (RFC 8032)."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """Raw, 32 bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def marks_key(self) -> bytes:
        """For marks.py: 32 bytes that say nothing about the key itself."""
        return blake2b(_MARKS, key=self.private.private_bytes_raw(), digest_size=32).digest()


@dataclass(frozen=True, slots=True)
class KeyUnreadable:
    """There is a file, but it is no key: a person has to enrol the kiosk again. It is never overwritten."""

    path: Path


def load_or_make(path: Path) -> KioskKey | KeyUnreadable:
    """Raises OSError where the file can be neither read nor made."""
    if not path.exists():
        private = Ed25519PrivateKey.generate()
        durable_file.write(path, private.private_bytes_raw())
        return KioskKey(private)
    raw = path.read_bytes()
    if len(raw) != _LENGTH:
        return KeyUnreadable(path)
    path.chmod(0o600)
    return KioskKey(Ed25519PrivateKey.from_private_bytes(raw))


def read(path: Path) -> KioskKey | None:
    """Changes nothing; ``None`` where there is no key, or nobody may read it."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    return KioskKey(Ed25519PrivateKey.from_private_bytes(raw)) if len(raw) == _LENGTH else None
