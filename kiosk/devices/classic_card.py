"""MIFARE Classic: a number in a sector, read through the reader's own commands of PC/SC part 3 v2.01.

CRYPTO1 is broken, and its keys are found in minutes: what such a card says is no better than its UID (proof C1).
"""

from dataclasses import dataclass, field

from kiosk.devices.apdu import Ask, Broken, Command
from kiosk.devices.card_content import content_claim
from kiosk.devices.card_profiles import Found, fits
from kiosk.domain.card_numbers import Encoding
from kiosk.domain.devices import CardTrouble
from kiosk.domain.hidden import SecretBytes
from kiosk.domain.identity import CardProof

#: PC/SC part 3 supplemental: ISO 14443 A storage cards of part 3, whichever size; Fudan's say the same.
CLASSIC_ATR = "3B8F8001804F0CA00000030603"
KEY_BYTES = 6
BLOCK_BYTES = 16
_SMALL_SECTORS = 32
_SMALL, _LARGE = 4, 16  # blocks, the last of which holds the keys


def sector_bytes(sector: int) -> int:
    """Bytes of data in ``sector``, without the block of its keys."""
    return ((_SMALL if sector < _SMALL_SECTORS else _LARGE) - 1) * BLOCK_BYTES


def first_block(sector: int) -> int:
    if sector < _SMALL_SECTORS:
        return sector * _SMALL
    return _SMALL_SECTORS * _SMALL + (sector - _SMALL_SECTORS) * _LARGE


@dataclass(frozen=True, slots=True)
class ClassicProfile:
    """``offset`` and ``length`` bytes in the sector's data. ``slot``: the reader's place for the key, in memory that
    forgets without power. A card is of this kind where ``key`` opens the sector."""

    key: SecretBytes
    sector: int
    offset: int
    length: int
    encoding: Encoding
    key_b: bool = False
    slot: int = 0
    atr: str = CLASSIC_ATR
    proof: CardProof = field(default=CardProof.C1_CLASSIC, init=False)

    def read(self, ask: Ask, atr: bytes) -> Found:
        if not fits(self.atr, atr):
            return None
        try:
            return self._read(ask)
        finally:
            ask(self._load(bytes(KEY_BYTES)))  # the reader keeps no key of the campus behind a card

    def _read(self, ask: Ask) -> Found:
        first, end = self.offset // BLOCK_BYTES, -(-(self.offset + self.length) // BLOCK_BYTES)
        start = first_block(self.sector)
        for step in (self._load(self.key.reveal()), self._authenticate(start + first)):
            answer = ask(step)
            if isinstance(answer, Broken):
                return CardTrouble.UNREADABLE
            if not answer.ok:
                return None
        data = b""
        for block in range(start + first, start + end):
            answer = ask(Command(0xFF, 0xB0, 0x00, block, expected=BLOCK_BYTES))
            if isinstance(answer, Broken) or not answer.ok or len(answer.data) != BLOCK_BYTES:
                return CardTrouble.UNREADABLE
            data += answer.data
        skipped = self.offset - first * BLOCK_BYTES
        return content_claim(data[skipped : skipped + self.length], self.encoding, self.proof)

    def _load(self, key: bytes) -> Command:
        return Command(0xFF, 0x82, 0x00, self.slot, key)

    def _authenticate(self, block: int) -> Command:
        """GENERAL AUTHENTICATE, version 1: two bytes of block address, 60 or 61 for key A or B, place of the key."""
        return Command(0xFF, 0x86, 0x00, 0x00, bytes([0x01, 0x00, block, 0x61 if self.key_b else 0x60, self.slot]))
