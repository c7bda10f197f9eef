"""Operations and proofs as they travel: sealed, opaque bytes with the few words that must stay readable."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.operations import FIRST_IN_LINE, OperationClass, OpId

#: Most operations in one request to the hub, and most bytes of them: the hub reads no more at once.
MOST_TOGETHER = 32
MOST_BYTES_TOGETHER = 48 * 1024


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed and signed operation. ``attempt`` counts from 1: this is the n-th time it is sent."""

    op_id: OpId
    kind: OperationClass
    aggregate: str
    attempt: int
    envelope: bytes


def packed(parcels: Sequence[Parcel], most: int) -> list[tuple[Parcel, ...]]:
    """``parcels`` in their order, ``most`` in one request; what is first in line goes alone, nothing delays it."""
    packs: list[list[Parcel]] = []
    room = 0
    for parcel in parcels:
        alone = parcel.kind is FIRST_IN_LINE
        if not packs or alone or len(packs[-1]) >= most or room < len(parcel.envelope):
            packs.append([])
            room = MOST_BYTES_TOGETHER
        packs[-1].append(parcel)
        room = 0 if alone else room - len(parcel.envelope)
    return [tuple(pack) for pack in packs]


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """What is to be done about an account, sealed and signed; sent again after a lost answer, it has one effect."""

    envelope: bytes


@dataclass(frozen=True, slots=True)
class SealedPin:
    """A PIN as the secret helper sealed and this kiosk signed it, for one attempt now or, as a deferred proof, for one
    operation that waits; nobody but the hub can read it."""

    envelope: bytes
