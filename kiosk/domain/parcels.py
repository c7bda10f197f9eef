"""Operations and proofs as they travel: sealed, opaque bytes with the few words that must stay readable."""

from dataclasses import dataclass

from kiosk.domain.operations import OperationClass, OpId


@dataclass(frozen=True, slots=True)
class Parcel:
    """One sealed and signed operation. ``attempt`` counts from 1: this is the n-th time it is sent."""

    op_id: OpId
    kind: OperationClass
    aggregate: str
    attempt: int
    envelope: bytes


@dataclass(frozen=True, slots=True)
class SealedOrder:
    """What is to be done about an account, sealed and signed; sent again after a lost answer, it has one effect."""

    envelope: bytes


@dataclass(frozen=True, slots=True)
class SealedPin:
    """A PIN as the secret helper sealed and this kiosk signed it, for one attempt now or, as a deferred proof, for one
    operation that waits; nobody but the hub can read it."""

    envelope: bytes
