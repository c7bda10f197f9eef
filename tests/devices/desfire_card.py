"""A DESFire card with one AES application, as far as its data sheets say what it answers, for every reader of ours.

It computes for itself: nothing here is taken from the hub's side of the talk.
"""

import os
import zlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

DESFIRE_ATR = bytes.fromhex("3B8180018080")
APPLICATION = bytes.fromhex("F54230")
MASTER = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
REST = bytes.fromhex("3042F54E585020416275")
#: Of a card with this UID: AN10922 section 2.2.1, table 2.
UID = bytes.fromhex("04782E21801D80")
OWN_KEY = bytes.fromhex("A8DD63A3B89D54B37CA802473FDA9175")
OK, MORE, WRONG, NO_APPLICATION, NO_KEY, LENGTH, MAC_WRONG = 0x00, 0xAF, 0xAE, 0xA0, 0x40, 0x7E, 0x1E
_ZERO = bytes(16)


@dataclass
class DesfireCard:
    """``keys`` by number. ``shows``: the UID in the field, drawn anew where ``random_uid``."""

    uid: bytes = UID
    keys: dict[int, bytes] = field(default_factory=lambda: {0: OWN_KEY})
    random_uid: bool = False
    files: dict[int, bytes] = field(default_factory=dict)
    application: bytes = APPLICATION

    def __post_init__(self) -> None:
        self.shows = b"\x08" + os.urandom(3) if self.random_uid else self.uid
        self.asked: list[bytes] = []
        self._selected = False
        self._end()

    def _end(self) -> None:
        self._waiting: tuple[int, int, bytes, bytes] | None = None  # command, key number, our number, enciphered
        self._ev1: bytes | None = None
        self._iv = _ZERO
        self._ev2: tuple[bytes, bytes, bytes] | None = None
        self._counter = 0

    def __call__(self, command: bytes) -> bytes:
        """Wrapped in ISO 7816-4 class 90; FF CA is the reader's."""
        self.asked.append(command)
        if command[:2] == b"\xff\xca":
            return self.shows + b"\x90\x00"
        if command[0] != 0x90:
            return b"\x6e\x00"
        data = command[5 : 5 + command[4]] if len(command) > 5 else b""
        answer, status = self._native(command[1], data)
        return answer + bytes([0x91, status])

    def _native(self, command: int, data: bytes) -> tuple[bytes, int]:
        if command == 0xAF and self._waiting is not None:
            return self._answered(data)
        self._waiting = None
        match command:
            case 0x5A:
                self._end()
                self._selected = data == self.application
                return (b"", OK) if self._selected else (b"", NO_APPLICATION)
            case 0xAA | 0x71:
                return self._challenged(command, data[0])
            case 0x51:
                return self._told_uid(data)
            case 0xBD:
                return self._read(data)
        return b"", 0x1C

    def _challenged(self, command: int, number: int) -> tuple[bytes, int]:
        self._end()
        key = self.keys.get(number)
        if not self._selected or key is None:
            return b"", NO_KEY
        drawn = os.urandom(16)
        sent = _aes(key, _ZERO, drawn)
        self._waiting = (command, number, drawn, sent)
        return sent, MORE

    def _answered(self, data: bytes) -> tuple[bytes, int]:
        assert self._waiting is not None
        (command, number, ours, sent), self._waiting = self._waiting, None
        if len(data) != 32:
            return b"", LENGTH
        key, first = self.keys[number], command == 0x71
        plain = _aes_back(key, _ZERO if first else sent, data)
        theirs, back = plain[:16], plain[16:]
        if back != ours[1:] + ours[:1]:
            return b"", WRONG
        proof = theirs[1:] + theirs[:1]
        if not first:
            self._ev1 = theirs[:4] + ours[:4] + theirs[12:] + ours[12:]
            return _aes(key, data[-16:], proof), OK
        transaction = os.urandom(4)
        mixed = bytes(a ^ b for a, b in zip(theirs[2:8], ours[:6], strict=True))
        vector = theirs[:2] + mixed + ours[6:] + theirs[8:]
        self._ev2 = (
            transaction,
            _mac(key, bytes.fromhex("A55A00010080") + vector),
            _mac(key, bytes.fromhex("5AA500010080") + vector),
        )
        return _aes(key, _ZERO, transaction + proof + bytes(12)), OK

    def _told_uid(self, data: bytes) -> tuple[bytes, int]:
        if self._ev1 is not None:
            self._iv = _chained(self._ev1, self._iv, b"\x51")
            crc = (~zlib.crc32(self.uid + b"\0") & 0xFFFFFFFF).to_bytes(4, "little")
            answer = _aes(self._ev1, self._iv, (self.uid + crc).ljust(16, b"\0"))
            self._iv = answer[-16:]
            return answer, OK
        if self._ev2 is None:
            return b"", WRONG
        if not self._command_is_right(b"\x51", b"", data):
            return b"", MAC_WRONG
        transaction, key, _ = self._ev2
        vector = b"\x5a\xa5" + transaction + self._counter.to_bytes(2, "little")
        return self._with_mac(
            _aes(key, _aes(key, _ZERO, vector.ljust(16, b"\0")), (self.uid + b"\x80").ljust(16, b"\0"))
        )

    def _read(self, data: bytes) -> tuple[bytes, int]:
        where, sent_mac = data[:7], data[7:]
        at, count = int.from_bytes(where[1:4], "little"), int.from_bytes(where[4:7], "little")
        part = self.files[where[0]][at : at + count]
        if self._ev1 is not None:
            self._iv = _chained(self._ev1, self._iv, b"\xbd" + where)
            self._iv = _chained(self._ev1, self._iv, part + b"\0")
            return part + self._iv[:8], OK
        if self._ev2 is None:
            return b"", WRONG
        if not self._command_is_right(b"\xbd", where, sent_mac):
            return b"", MAC_WRONG
        return self._with_mac(part)

    def _command_is_right(self, command: bytes, data: bytes, mac: bytes) -> bool:
        assert self._ev2 is not None
        transaction, _, key = self._ev2
        right = _mac(key, command + self._counter.to_bytes(2, "little") + transaction + data)[1::2] == mac
        self._counter += 1
        return right

    def _with_mac(self, answer: bytes) -> tuple[bytes, int]:
        assert self._ev2 is not None
        transaction, _, key = self._ev2
        return answer + _mac(key, b"\0" + self._counter.to_bytes(2, "little") + transaction + answer)[1::2], OK


def _aes(key: bytes, iv: bytes, data: bytes) -> bytes:
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _aes_back(key: bytes, iv: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def _mac(key: bytes, data: bytes) -> bytes:
    cmac = CMAC(algorithms.AES(key))
    cmac.update(data)
    return cmac.finalize()


def _chained(key: bytes, iv: bytes, data: bytes) -> bytes:
    """By the library's CMAC: what stands before the last block is one block that leads to ``iv``, found by deciphering.

    A CMAC over P and ``data`` starts ``data`` with E(P), so P = D(iv): then E(P) is ``iv`` itself.
    """
    if iv == _ZERO:
        return _mac(key, data)
    return _mac(key, _aes_back(key, _ZERO, iv) + data)
