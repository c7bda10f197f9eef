"""Which cards are campus cards, and what each kind can show about itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.devices.apdu import Ask, Broken, Command
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid

GET_UID = Command(0xFF, 0xCA, 0x00, 0x00, expected=256)  # PC/SC part 3 v2.01 section 3.2.2.1.3
UID_LENGTHS = (4, 7, 10)  # bytes: ISO/IEC 14443-3 single, double, triple size
_RANDOM_UID = 0x08  # ISO/IEC 14443-3: first byte of a four-byte UID drawn anew at each tap (phones, passports)

#: A claim, what is wrong with a card of this kind, or ``None``: not of this kind, another profile may try.
Found = CardClaim | CardTrouble | None


class CardProfile(Protocol):
    """One kind of card. ``read`` never raises because of what the card answers."""

    def read(self, ask: Ask, atr: bytes) -> Found:
        """``UNREADABLE`` when the talk broke, ``NOT_A_CAMPUS_CARD`` when a card of this kind says nothing usable."""


def fits(pattern: str, atr: bytes) -> bool:
    """Whether ``atr`` begins as ``pattern`` says: hex digits, x for any digit; '' fits every card."""
    text = atr.hex().upper()
    return len(pattern) <= len(text) and all(
        wanted in ("X", digit) for wanted, digit in zip(pattern.upper(), text, strict=False)
    )


def is_random(uid: bytes) -> bool:
    return len(uid) == UID_LENGTHS[0] and uid[0] == _RANDOM_UID


def uid_claim(uid: bytes) -> CardClaim | CardTrouble:
    """A claim of proof C0 for a UID of 4, 7 or 10 bytes that the card keeps for life."""
    if len(uid) not in UID_LENGTHS or is_random(uid):
        return CardTrouble.NOT_A_CAMPUS_CARD
    return CardClaim(CardUid(uid.hex().upper()), CardProof.C0_UID)


@dataclass(frozen=True, slots=True)
class UidProfile:
    """Reads the UID through the reader. Anyone can copy a UID: it opens nothing (proof C0)."""

    atr: str = ""

    def read(self, ask: Ask, atr: bytes) -> Found:
        if not fits(self.atr, atr):
            return None
        answer = ask(GET_UID)
        if isinstance(answer, Broken):
            return CardTrouble.UNREADABLE
        found = uid_claim(answer.data) if answer.ok else None
        return found if isinstance(found, CardClaim) else None


def read_card(profiles: Sequence[CardProfile], ask: Ask, atr: bytes) -> CardClaim | CardTrouble:
    """The first profile whose kind the card is decides; a broken talk ends the attempt."""
    for profile in profiles:
        found = profile.read(ask, atr)
        if found is not None:
            return found
    return CardTrouble.NOT_A_CAMPUS_CARD
