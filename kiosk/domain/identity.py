"""Who someone says they are, and what has been shown for it (journeys: nobody, claimed, verified)."""

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from kiosk.domain.people import CardUid, PersonNumber

if TYPE_CHECKING:  # policy.py needs CardProof from here
    from kiosk.domain.policy import Proofs


class CardProof(IntEnum):
    """What a card has shown. Ordered: a higher level includes the lower ones."""

    C0_UID = 0  # anyone can copy it
    C1_CLASSIC = 1  # CRYPTO1 is broken: no better than C0
    C2_MUTUAL = 2  # mutual authentication, diversified key in the reader's SAM
    C3_HUB_MUTUAL = 3  # mutual authentication, key at the hub


@dataclass(frozen=True, slots=True)
class CardClaim:
    """A card was tapped; nothing is proven beyond ``proof``.

    ``shown``: what the hub gave for a card that proved itself to it: good once, together with a factor of its owner.
    """

    uid: CardUid
    proof: CardProof = CardProof.C0_UID
    shown: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A number was typed; nothing is proven."""

    number: PersonNumber


Claim = CardClaim | NumberClaim


def spent(claim: Claim) -> Claim:
    """The same claim, once what its card proved was handed in."""
    return replace(claim, shown="") if isinstance(claim, CardClaim) else claim


@dataclass(frozen=True, slots=True)
class Nobody:
    """No card, no number."""


@dataclass(frozen=True, slots=True)
class Claimed:
    claim: Claim


@dataclass(frozen=True, slots=True)
class Verified:
    """A factor was checked by the hub; ``proofs`` are all it has confirmed in this visit.

    ``shown_name`` and ``shown_number`` come from the hub already masked: a kiosk never holds the real ones.
    ``session`` is the hub's short-lived token for this person's visit.
    """

    claim: Claim
    shown_name: str
    shown_number: str
    session: str
    proofs: "Proofs" = frozenset()

    def __repr__(self) -> str:  # the token must not reach a log
        return f"Verified({self.claim!r}, {self.shown_name!r})"


Who = Nobody | Claimed | Verified
