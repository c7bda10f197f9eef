"""How a campus's DESFire cards are opened: which application, which keys, how they are made from the UID."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.card_numbers import Encoding
from kiosk.domain.hidden import SecretBytes
from kiosk.hub.services.desfire_crypto import diversified


class SessionKind(StrEnum):
    EV1 = "ev1"  # AuthenticateAES: EV1, EV2 and EV3 cards
    EV2 = "ev2"  # AuthenticateEV2First: EV2 and EV3 cards


@dataclass(frozen=True, slots=True)
class NumberFile:
    """Where the card's number stands: ``offset`` and ``length`` bytes of a file read with MACs."""

    file: int
    offset: int
    length: int
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class CardKeys:
    """``application`` as SelectApplication sends it. ``key`` is the one every card's own is made from, with the UID and
    ``rest`` (AN10922). ``uid_key``: not diversified, only to learn the UID of a card that shows another one at every
    tap; it proves nothing. ``number``: what the card is called by instead of its UID."""

    application: bytes
    key: SecretBytes
    key_number: int = 0
    rest: bytes = b""
    session: SessionKind = SessionKind.EV1
    uid_key: SecretBytes | None = None
    uid_key_number: int = 0
    number: NumberFile | None = None

    def of_card(self, uid: bytes) -> bytes:
        return diversified(self.key.reveal(), uid, self.rest)
