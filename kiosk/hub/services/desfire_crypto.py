"""What DESFire cards compute with AES: diversified keys (NXP AN10922), EV1 and EV2 sessions (AN12343, AN12196)."""

import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

BLOCK = 16
ZERO = bytes(BLOCK)
#: Bytes of a message authentication code on the way.
MAC_BYTES = 8
#: Most bytes of UID and what follows it in a diversification input (AN10922 section 2.2: 31 with the constant).
MOST_INPUT = 31
_AES_128 = b"\x01"
_POLYNOMIAL = 0x87  # SP 800-38B section 5.3, 128-bit blocks
_ENCRYPTION_LABEL, _MAC_LABEL = bytes.fromhex("A55A00010080"), bytes.fromhex("5AA500010080")
_RESPONSE_IV = b"\x5a\xa5"


def encrypted(key: bytes, iv: bytes, data: bytes) -> bytes:
    """AES-CBC without padding; ``data`` whole blocks."""
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def decrypted(key: bytes, iv: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def rotated(data: bytes) -> bytes:
    return data[1:] + data[:1]


def diversified(key: bytes, uid: bytes, rest: bytes) -> bytes:
    """The card's own AES-128 key (AN10922 section 2.2): a CMAC over two blocks, also where one would do."""
    message = _AES_128 + uid + rest
    if len(message) > MOST_INPUT + 1:
        raise ValueError(f"UID and what follows it have more than {MOST_INPUT} bytes")
    whole = len(message) == 2 * BLOCK
    padded = message if whole else (message + b"\x80").ljust(2 * BLOCK, b"\0")
    return _cbc_mac(key, ZERO, padded, whole=whole)


def chained_cmac(key: bytes, iv: bytes, data: bytes) -> bytes:
    """EV1: a CMAC that goes on from the session's last one, ``iv``; it is the next ``iv`` itself."""
    whole = bool(data) and len(data) % BLOCK == 0
    padded = data if whole else data + b"\x80" + bytes(-(len(data) + 1) % BLOCK)
    return _cbc_mac(key, iv, padded, whole=whole)


def _cbc_mac(key: bytes, iv: bytes, padded: bytes, *, whole: bool) -> bytes:
    first = _doubled(encrypted(key, ZERO, ZERO))
    last = _xor(padded[-BLOCK:], first if whole else _doubled(first))
    return encrypted(key, iv, padded[:-BLOCK] + last)[-BLOCK:]


def crc32(data: bytes) -> bytes:
    """The checksum inside what EV1 enciphers: CRC-32 without its final inversion, lowest byte first."""
    return (zlib.crc32(data) ^ 0xFFFFFFFF).to_bytes(4, "little")


def ev1_session_key(rnd_a: bytes, rnd_b: bytes) -> bytes:
    return rnd_a[:4] + rnd_b[:4] + rnd_a[12:] + rnd_b[12:]


def ev2_session_keys(key: bytes, rnd_a: bytes, rnd_b: bytes) -> tuple[bytes, bytes]:
    """For encryption and for codes: AN12196 section 5.6, session vectors SV1 and SV2."""
    tail = rnd_a[:2] + _xor(rnd_a[2:8], rnd_b[:6]) + rnd_b[6:] + rnd_a[8:]
    return _cmac(key, _ENCRYPTION_LABEL + tail), _cmac(key, _MAC_LABEL + tail)


def ev2_mac(key: bytes, data: bytes) -> bytes:
    """Every second byte of the CMAC."""
    return _cmac(key, data)[1::2]


def ev2_response_iv(key: bytes, transaction: bytes, counter: int) -> bytes:
    return encrypted(key, ZERO, (_RESPONSE_IV + transaction + counter_bytes(counter)).ljust(BLOCK, b"\0"))


def counter_bytes(counter: int) -> bytes:
    return counter.to_bytes(2, "little")


def _cmac(key: bytes, data: bytes) -> bytes:
    cmac = CMAC(algorithms.AES(key))
    cmac.update(data)
    return cmac.finalize()


def _doubled(block: bytes) -> bytes:
    value = int.from_bytes(block) << 1
    return ((value & ((1 << 128) - 1)) ^ (_POLYNOMIAL if value >> 128 else 0)).to_bytes(BLOCK)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
