"""Which cards are campus cards, and what each kind can show about itself."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.devices.apdu import Ask, Broken, Command
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid

GET_UID = Command(0xFF, 0xCA, 0x00, 0x00, expected=256)  # PC/SC part 3 v2.01 section 3.2.2.1.3
UID_LENGTHS = (4, 7, 10)  # bytes: ISO/IEC 14443-3 single, double, triple size
_RANDOM_UID = 0x08  # ISO/IEC 14443-3: first byte of a four-byte UID drawn anew at each tap (phones, passports)


class CardProfile(Protocol):
    """One kind of card. ``read`` never raises because of what the card answers."""

    def read(self, ask: Ask) -> CardClaim | CardTrouble:
        """A claim, ``NOT_A_CAMPUS_CARD`` when another profile may try, or ``UNREADABLE`` when the talk broke."""


def uid_claim(uid: bytes) -> CardClaim | CardTrouble:
    """A claim of proof C0 for a UID of 4, 7 or 10 bytes that the card keeps for life."""
    if len(uid) not in UID_LENGTHS or (len(uid) == UID_LENGTHS[0] and uid[0] == _RANDOM_UID):
        return CardTrouble.NOT_A_CAMPUS_CARD
    return CardClaim(CardUid(uid.hex().upper()), CardProof.C0_UID)


class UidProfile:
    """Reads the UID through the reader. Anyone can copy a UID: it opens nothing (proof C0)."""

    def read(self, ask: Ask) -> CardClaim | CardTrouble:
        answer = ask(GET_UID)
        if isinstance(answer, Broken):
            return CardTrouble.UNREADABLE
        return uid_claim(answer.data) if answer.ok else CardTrouble.NOT_A_CAMPUS_CARD


def read_card(profiles: Sequence[CardProfile], ask: Ask) -> CardClaim | CardTrouble:
    """The first profile that knows the card decides; a broken talk ends the attempt."""
    for profile in profiles:
        found = profile.read(ask)
        if found is not CardTrouble.NOT_A_CAMPUS_CARD:
            return found
    return CardTrouble.NOT_A_CAMPUS_CARD
