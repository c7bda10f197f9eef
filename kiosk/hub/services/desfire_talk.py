"""Mutual authentication with a DESFire card, one turn at a time, pure: what to say next, given what the card said.

The card is asked for its UID inside the session its own key has opened, so that neither a copied UID nor a relayed
session of another card stands for it. Whatever a card answers, the talk ends within ``MOST_TURNS``.
"""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from kiosk.domain.card_numbers import name_in
from kiosk.hub.services import desfire_crypto as crypto
from kiosk.hub.services.card_keys import CardKeys, SessionKind

#: Select, twice (challenge, proof, UID) where the UID is drawn anew at each tap, and the number.
MOST_TURNS = 9
#: Most bytes a card says at a time: a number file with its MAC.
MOST_DATA = 64
UID_BYTES = 7
_RANDOM_UID = (4, 0x08)  # bytes and the first of them: ISO/IEC 14443-3
_OK, _MORE = 0x9100, 0x91AF
_SELECT, _AUTHENTICATE_AES, _AUTHENTICATE_EV2_FIRST, _GO_ON, _GET_UID, _READ = 0x5A, 0xAA, 0x71, 0xAF, 0x51, 0xBD
_NO_CAPABILITIES = b"\x00"
_DONE = b"\x00"
_TRANSACTION_BYTES = 4

Random = Callable[[int], bytes]


class Step(StrEnum):
    """What the card is expected to answer."""

    SELECT = "select"
    CHALLENGE = "challenge"
    PROOF = "proof"
    UID = "uid"
    NUMBER = "number"


class Talk(msgspec.Struct, frozen=True):
    """What has to be remembered until the card answers. ``uid``: whose own key is tried, b"" while it is not known."""

    step: Step
    turn: int
    uid: bytes = b""
    rnd_a: bytes = b""
    rnd_b: bytes = b""
    sent: bytes = b""
    encryption: bytes = b""
    mac: bytes = b""
    iv: bytes = crypto.ZERO
    transaction: bytes = b""
    counter: int = 0

    def __repr__(self) -> str:  # session keys must not reach a log
        return f"Talk({self.step.value}, {self.turn})"


@dataclass(frozen=True, slots=True)
class Turn:
    """Say ``command`` with ``data`` (native, wrapped in ISO 7816-4 class 90 by the kiosk)."""

    talk: Talk
    command: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Genuine:
    """The card holds the key of this campus for this UID. ``name``: as it stands in the list of people."""

    name: str


class NotGenuine(StrEnum):
    OTHER_CARD = "other_card"  # not a card of this campus, or of no known UID
    WRONG = "wrong"  # it does not hold the key, or somebody changed what was said


Said = Turn | Genuine | NotGenuine


def begin(keys: CardKeys, shown: bytes) -> Said:
    """``shown``: the UID the reader saw, which proves nothing."""
    random = (len(shown), shown[:1]) == (_RANDOM_UID[0], bytes([_RANDOM_UID[1]]))
    if not random and len(shown) != UID_BYTES:
        return NotGenuine.OTHER_CARD
    if random and keys.uid_key is None:
        return NotGenuine.OTHER_CARD
    return Turn(Talk(Step.SELECT, 1, b"" if random else shown), _SELECT, keys.application)


def go_on(keys: CardKeys, talk: Talk, status: int, data: bytes, random: Random = secrets.token_bytes) -> Said:
    if talk.turn >= MOST_TURNS or len(data) > MOST_DATA:
        return NotGenuine.WRONG
    match talk.step:
        case Step.SELECT:
            return _challenge(keys, talk) if status == _OK else NotGenuine.OTHER_CARD
        case Step.CHALLENGE if status == _MORE and len(data) == crypto.BLOCK:
            return _proof(keys, talk, data, random)
        case Step.PROOF if status == _OK:
            return _session(keys, talk, data)
        case Step.UID if status == _OK:
            return _named(keys, talk, data)
        case Step.NUMBER if status == _OK:
            return _numbered(keys, talk, data)
    return NotGenuine.WRONG


def _challenge(keys: CardKeys, talk: Talk) -> Turn:
    number = bytes([keys.key_number if talk.uid else keys.uid_key_number])
    asked = Talk(Step.CHALLENGE, talk.turn + 1, talk.uid)
    if keys.session is SessionKind.EV1:
        return Turn(asked, _AUTHENTICATE_AES, number)
    return Turn(asked, _AUTHENTICATE_EV2_FIRST, number + _NO_CAPABILITIES)


def _key(keys: CardKeys, talk: Talk) -> bytes | None:
    if talk.uid:
        return keys.of_card(talk.uid)
    return keys.uid_key.reveal() if keys.uid_key is not None else None


def _proof(keys: CardKeys, talk: Talk, data: bytes, random: Random) -> Said:
    key = _key(keys, talk)
    if key is None:  # the settings were changed between two turns
        return NotGenuine.OTHER_CARD
    rnd_a, rnd_b = random(crypto.BLOCK), crypto.decrypted(key, crypto.ZERO, data)
    iv = data if keys.session is SessionKind.EV1 else crypto.ZERO
    sent = crypto.encrypted(key, iv, rnd_a + crypto.rotated(rnd_b))
    next_talk = Talk(Step.PROOF, talk.turn + 1, talk.uid, rnd_a, rnd_b, sent[-crypto.BLOCK :])
    return Turn(next_talk, _GO_ON, sent)


def _session(keys: CardKeys, talk: Talk, data: bytes) -> Said:
    """The card has to send our number back, enciphered: then it holds the key."""
    key = _key(keys, talk)
    if key is None:
        return NotGenuine.OTHER_CARD
    if keys.session is SessionKind.EV1:
        if len(data) != crypto.BLOCK:
            return NotGenuine.WRONG
        back, transaction = crypto.decrypted(key, talk.sent, data), b""
        encryption = mac = crypto.ev1_session_key(talk.rnd_a, talk.rnd_b)
    else:
        if len(data) != 2 * crypto.BLOCK:
            return NotGenuine.WRONG
        plain = crypto.decrypted(key, crypto.ZERO, data)
        transaction, back = plain[:_TRANSACTION_BYTES], plain[_TRANSACTION_BYTES : _TRANSACTION_BYTES + crypto.BLOCK]
        encryption, mac = crypto.ev2_session_keys(key, talk.rnd_a, talk.rnd_b)
    if not hmac.compare_digest(back, crypto.rotated(talk.rnd_a)):
        return NotGenuine.WRONG
    opened = Talk(Step.UID, talk.turn + 1, talk.uid, encryption=encryption, mac=mac, transaction=transaction)
    return _command(keys, opened, _GET_UID, b"")


def _command(keys: CardKeys, talk: Talk, command: int, data: bytes) -> Turn:
    """Inside a session every command moves the state on that the answer is checked against."""
    if keys.session is SessionKind.EV1:
        iv = crypto.chained_cmac(talk.mac, talk.iv, bytes([command]) + data)
        return Turn(msgspec.structs.replace(talk, iv=iv), command, data)
    header = bytes([command]) + crypto.counter_bytes(talk.counter) + talk.transaction
    mac = crypto.ev2_mac(talk.mac, header + data)
    return Turn(msgspec.structs.replace(talk, counter=talk.counter + 1), command, data + mac)


def _named(keys: CardKeys, talk: Talk, data: bytes) -> Said:
    uid = _uid(keys, talk, data)
    if uid is None:
        return NotGenuine.WRONG
    if not talk.uid:  # the shared key has told the real UID; from here on the card's own key counts
        return _challenge(keys, Talk(Step.SELECT, talk.turn, uid))
    if not hmac.compare_digest(uid, talk.uid):
        return NotGenuine.WRONG
    if keys.number is None:
        return Genuine(uid.hex().upper())
    where = (
        bytes([keys.number.file]) + keys.number.offset.to_bytes(3, "little") + keys.number.length.to_bytes(3, "little")
    )
    iv = data[-crypto.BLOCK :] if keys.session is SessionKind.EV1 else crypto.ZERO
    asked = msgspec.structs.replace(talk, step=Step.NUMBER, turn=talk.turn + 1, iv=iv)
    return _command(keys, asked, _READ, where)


def _uid(keys: CardKeys, talk: Talk, data: bytes) -> bytes | None:
    """EV1: enciphered with a checksum. EV2: enciphered, and a code over what was enciphered."""
    if keys.session is SessionKind.EV1:
        if len(data) != crypto.BLOCK:
            return None
        plain = crypto.decrypted(talk.encryption, talk.iv, data)
        uid = plain[:UID_BYTES]
        return uid if plain == (uid + crypto.crc32(uid + _DONE)).ljust(crypto.BLOCK, b"\0") else None
    inner = _ev2_checked(talk, data)
    if inner is None or len(inner) != crypto.BLOCK:
        return None
    iv = crypto.ev2_response_iv(talk.encryption, talk.transaction, talk.counter)
    plain = crypto.decrypted(talk.encryption, iv, inner)
    uid = plain[:UID_BYTES]
    return uid if plain == (uid + b"\x80").ljust(crypto.BLOCK, b"\0") else None


def _ev2_checked(talk: Talk, data: bytes) -> bytes | None:
    inner, mac = data[: -crypto.MAC_BYTES], data[-crypto.MAC_BYTES :]
    header = _DONE + crypto.counter_bytes(talk.counter) + talk.transaction
    return inner if hmac.compare_digest(mac, crypto.ev2_mac(talk.mac, header + inner)) else None


def _numbered(keys: CardKeys, talk: Talk, data: bytes) -> Said:
    number = keys.number
    if keys.session is SessionKind.EV1:
        inner, mac = data[: -crypto.MAC_BYTES], data[-crypto.MAC_BYTES :]
        right = crypto.chained_cmac(talk.mac, talk.iv, inner + _DONE)[: crypto.MAC_BYTES]
        read = inner if hmac.compare_digest(mac, right) else None
    else:
        read = _ev2_checked(talk, data)
    if read is None or number is None or len(read) != number.length:
        return NotGenuine.WRONG
    name = name_in(read, number.encoding)
    return NotGenuine.OTHER_CARD if name is None else Genuine(name)
