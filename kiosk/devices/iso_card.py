"""CPU cards: a number in a file of an ISO/IEC 7816-4 application that may be read freely.

Whatever can be read without a key can be copied: proof C0.
"""

from dataclasses import dataclass, field

from kiosk.devices.apdu import MAX_RESPONSE_DATA, Ask, Broken, Command
from kiosk.devices.card_content import content_claim
from kiosk.devices.card_profiles import Found, fits
from kiosk.domain.card_numbers import Encoding
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardProof

MOST_READS = 8  # of one number; a card that gives a byte at a time is none of ours
_END_OF_FILE = 0x6282  # fewer bytes than asked for, all of them good
_BY_SHORT_ID = 0x80


@dataclass(frozen=True, slots=True)
class IsoProfile:
    """``file``: two-byte file id, or ``short_id``; neither: the file that SELECT of ``aid`` makes current.

    A card is of this kind where it has the application.
    """

    aid: bytes
    offset: int
    length: int
    encoding: Encoding
    file: bytes = b""
    short_id: int = 0
    atr: str = ""
    proof: CardProof = field(default=CardProof.C0_UID, init=False)

    def read(self, ask: Ask, atr: bytes) -> Found:
        if not fits(self.atr, atr):
            return None
        selected = ask(Command(0x00, 0xA4, 0x04, 0x00, self.aid, expected=256))
        if isinstance(selected, Broken):
            return CardTrouble.UNREADABLE
        if not selected.ok:
            return None
        if self.file:
            opened = ask(Command(0x00, 0xA4, 0x00, 0x00, self.file, expected=256))
            if isinstance(opened, Broken):
                return CardTrouble.UNREADABLE
            if not opened.ok:
                return CardTrouble.NOT_A_CAMPUS_CARD
        data = self._content(ask)
        if isinstance(data, CardTrouble):
            return data
        return content_claim(data, self.encoding, self.proof)

    def _content(self, ask: Ask) -> bytes | CardTrouble:
        """READ BINARY, at most 256 bytes at a time, from where the last one ended."""
        data = b""
        if self.short_id and self.offset > 0xFF:  # a short id leaves one byte for the offset: open the file first
            opened = ask(_read(self.short_id, 0, 1))
            if isinstance(opened, Broken):
                return CardTrouble.UNREADABLE
        for _ in range(MOST_READS):
            at, left = self.offset + len(data), self.length - len(data)
            by_id = self.short_id if not data and at <= 0xFF else 0
            answer = ask(_read(by_id, at, min(left, MAX_RESPONSE_DATA)))
            if isinstance(answer, Broken):
                return CardTrouble.UNREADABLE
            if not answer.data or not (answer.ok or answer.status == _END_OF_FILE):
                return CardTrouble.NOT_A_CAMPUS_CARD
            data += answer.data[:left]
            if len(data) == self.length:
                return data
        return CardTrouble.NOT_A_CAMPUS_CARD


def _read(short_id: int, offset: int, count: int) -> Command:
    if short_id:
        return Command(0x00, 0xB0, _BY_SHORT_ID | short_id, offset, expected=count)
    return Command(0x00, 0xB0, offset >> 8, offset & 0xFF, expected=count)
