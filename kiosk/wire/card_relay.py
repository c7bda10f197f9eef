"""A card proves itself to the hub: the kiosk carries what they say to each other and understands none of it."""

import msgspec


class CardMet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card lies on the reader; ``uid`` as the reader saw it, which proves nothing."""

    uid: bytes

    def __repr__(self) -> str:
        return "CardMet(***)"


class CardAsk(msgspec.Struct, frozen=True, tag="ask"):
    """Say this to the card: ``command`` of DESFire's own, with ``data``. ``relay`` names the talk, ``turn`` counts."""

    relay: str
    turn: int
    command: int
    data: bytes

    def __repr__(self) -> str:
        return f"CardAsk({self.turn})"


class CardSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the card answered to ``turn``: its status word and data."""

    relay: str
    turn: int
    status: int
    data: bytes

    def __repr__(self) -> str:
        return f"CardSaid({self.turn}, {self.status:04X})"


class CardProven(msgspec.Struct, frozen=True, tag="proven"):
    """The card holds the campus's key. ``card``: its name as in the list of people; ``proof``: good once, for this
    kiosk, for ``expires_in`` seconds, together with a factor of the card's owner (CARD header)."""

    card: str
    proof: str
    expires_in: int

    def __repr__(self) -> str:
        return "CardProven(***)"


class CardNotProven(msgspec.Struct, frozen=True, tag="not_proven"):
    """``why``: other_card, wrong, over (too late, or not this kiosk's), not_offered (this hub has no card keys)."""

    why: str


CardRelayed = CardAsk | CardProven | CardNotProven
