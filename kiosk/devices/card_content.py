"""Bytes a card holds -> a claim to the number they write down."""

from kiosk.domain.card_numbers import Encoding, name_in
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid


def content_claim(data: bytes, encoding: Encoding, proof: CardProof) -> CardClaim | CardTrouble:
    """A claim to the number in ``data``, or ``NOT_A_CAMPUS_CARD``: no campus has written to this card."""
    name = name_in(data, encoding)
    return CardTrouble.NOT_A_CAMPUS_CARD if name is None else CardClaim(CardUid(name), proof)
