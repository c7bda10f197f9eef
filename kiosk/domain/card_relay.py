"""What the hub wants a card to be told, and what comes of it: carried by whoever has the card in the field."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RelayAsk:
    """Say ``command``, one of DESFire's own, with ``data``. ``relay`` and ``turn`` go back with the answer."""

    relay: str = field(repr=False)
    turn: int
    command: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RelayProven:
    """The card holds the campus's key. ``card``: its name; ``shown``: see CardClaim."""

    card: str = field(repr=False)
    shown: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RelayRefused:
    """The hub does not take the card for genuine."""


@dataclass(frozen=True, slots=True)
class RelayOver:
    """Too late, or the hub has lost the thread: from the beginning."""


@dataclass(frozen=True, slots=True)
class RelayAway:
    """Nobody can judge the card now: no network, or a hub without card keys."""


RelayStep = RelayAsk | RelayProven | RelayRefused | RelayOver | RelayAway
