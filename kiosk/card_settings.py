"""[[card]] of kiosk.toml: the kinds of card a campus has, in the order they are tried."""

import re
from pathlib import Path
from typing import Literal

import msgspec

from kiosk.domain import card_numbers
from kiosk.domain.hidden import SecretBytes

#: Data bytes of a MIFARE Classic sector, small (0 to 31) and large (32 to 39).
SMALL_SECTOR, LARGE_SECTOR = 48, 240
_SMALL_SECTORS = 32
_KEY_DIGITS = 12
#: Permissions of group and others: a key's file has none.
_OTHERS = 0o077
_ATR = r"[0-9A-Fa-fxX]{0,66}"
_AID = r"(?:[0-9A-Fa-f]{2}){5,16}"
_APPLICATION = r"[0-9A-Fa-f]{6}"
_FILE = r"[0-9A-Fa-f]{4}"

Encoding = Literal["ascii", "bcd", "hex"]


class UidCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="uid"):
    """``atr``: how the card's ATR begins, hex, x for any digit; '' every card."""

    atr: str = ""

    def __post_init__(self) -> None:
        _check_atr(self.atr)


class ClassicCard(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="mifare-classic"
):
    """``offset``/``length`` bytes in the sector's data; ``key`` A or B from ``key_file``: 12 hex digits, mode 600;
    ``slot``: the reader's place for a key."""

    sector: int
    length: int
    key_file: Path
    offset: int = 0
    encoding: Encoding = "ascii"
    key: Literal["A", "B"] = "A"
    slot: int = 0
    atr: str | None = None

    def __post_init__(self) -> None:
        _check_atr(self.atr or "")
        _check_range("sector", self.sector, 0, 39)
        _check_length(self.length, self.encoding)
        size = SMALL_SECTOR if self.sector < _SMALL_SECTORS else LARGE_SECTOR
        _check_range("offset", self.offset, 0, size - self.length)
        _check_range("slot", self.slot, 0, 255)


class IsoCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="iso7816"):
    """``file``: four hex digits, or ``short_id`` 1 to 30; neither: the file that selecting ``aid`` opens."""

    aid: str
    length: int
    file: str = ""
    short_id: int = 0
    offset: int = 0
    encoding: Encoding = "ascii"
    atr: str = ""

    def __post_init__(self) -> None:
        _check_atr(self.atr)
        if not re.fullmatch(_AID, self.aid):
            raise ValueError("card.aid must be 5 to 16 bytes in hex, such as A000000632010105")
        if self.file and not re.fullmatch(_FILE, self.file):
            raise ValueError("card.file must be four hex digits, such as 0015")
        if self.file and self.short_id:
            raise ValueError("card.short_id: give file or short_id, not both")
        _check_range("short_id", self.short_id, 0, 30)
        _check_length(self.length, self.encoding)
        _check_range("offset", self.offset, 0, 0x7FFF - self.length)


class DesfireCard(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="desfire"
):
    """``application``: three bytes in hex, as SelectApplication sends them. The keys are at the hub."""

    application: str
    atr: str | None = None

    def __post_init__(self) -> None:
        _check_atr(self.atr or "")
        if not re.fullmatch(_APPLICATION, self.application):
            raise ValueError("card.application must be three bytes in hex, such as F54230")


CardSettings = UidCard | ClassicCard | IsoCard | DesfireCard


def asks_the_hub(cards: tuple[CardSettings, ...]) -> bool:
    """Whether some of these cards can prove themselves to the hub."""
    return any(isinstance(card, DesfireCard) for card in cards)


def read_key(file: Path) -> SecretBytes | str:
    """The key in ``file``, or what is wrong with it and what to do."""
    try:
        if file.stat().st_mode & _OTHERS:
            return f"others can read {file}; chmod 600 it"
        with file.open("rb") as source:
            digits = source.read(4 * _KEY_DIGITS).strip()
    except OSError as error:
        return f"{file} cannot be read: {error.strerror or error}"
    if not re.fullmatch(rb"[0-9A-Fa-f]{12}", digits):
        return f"{file} must hold the key alone: {_KEY_DIGITS} hex digits"
    return SecretBytes(bytes.fromhex(digits.decode()))


def _check_atr(atr: str) -> None:
    if not re.fullmatch(_ATR, atr):
        raise ValueError("card.atr must be hex digits, x for any, such as 3B8F8001804F0CA000000306")


def _check_length(length: int, encoding: Encoding) -> None:
    _check_range("length", length, 1, card_numbers.MOST_BYTES[card_numbers.Encoding(encoding)])


def _check_range(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"card.{name} must be {low} to {high}")
