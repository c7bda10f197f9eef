"""Proving who one is: the PIN typed into the secret helper, sealed there, checked by the hub."""

import hashlib
from datetime import datetime

import msgspec

from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import CardClaimed, ClaimMade

#: ``kind`` of the context a PIN is sealed in.
PIN_KIND = "pin"
#: ``kind`` of the context a PIN that is to be set is sealed in.
NEW_PIN_KIND = "new_pin"
#: The same two for the PIN that tills ask for: the present one, and the one to be set.
CARD_PIN_KIND = "card_pin"
NEW_CARD_PIN_KIND = "new_card_pin"
PIN_LENGTH = 6


class Pin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a PIN attempt."""

    pin: str

    def __repr__(self) -> str:
        return "Pin(***)"


class PinAttempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The envelope's aggregate is ``claim_digest(claim)``: a sealed PIN cannot be sent with another claim."""

    claim: ClaimMade
    envelope: Envelope


class PinAccepted(msgspec.Struct, frozen=True, tag="accepted"):
    """``name`` and ``number`` are masked by the hub; ``session`` goes into the VISIT header.

    ``proofs``: all that was confirmed in this session, as words of domain/proof_words.py.
    """

    session: str
    name: str
    number: str
    expires_in: int
    proofs: tuple[str, ...] = ()


class PinDenied(msgspec.Struct, frozen=True, tag="denied"):
    """``why``: wrong, locked, no_pin, expired (a code). ``tries_left`` from the second failure on."""

    why: str
    tries_left: int | None = None
    retry_at: datetime | None = None


PinAnswer = PinAccepted | PinDenied


def deferred_pin_kind(operation: str) -> str:
    """``kind`` of the context of a PIN that waits inside an operation of this class: it proves nothing else."""
    return f"{PIN_KIND}/{operation}"


class PinStored(msgspec.Struct, frozen=True, tag="stored"):
    """The new PIN counts from now on. ``first``: there was none before, or only a default one."""

    first: bool


class PinNotStored(msgspec.Struct, frozen=True, tag="not_stored"):
    """``why``: guessable."""

    why: str


NewPinAnswer = PinStored | PinNotStored


class CodeWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A one-time code for ``claim``. ``op`` is a new operation id that only this visit knows; the code answers to it.

    ``channel``: phone or email; where that is not on file, the other one. Asked again with the same ``op``, nothing
    is sent again.
    """

    op: str
    claim: ClaimMade
    channel: str


class CodeSent(msgspec.Struct, frozen=True, tag="sent"):
    """Sent, or not: known and unknown claims read alike. ``shown`` is the masked address where this session holds a
    factor of the same person, else ''; ``channel`` the one it went to where ``shown`` is said, else the one asked for.
    """

    channel: str
    shown: str
    expires_at: datetime
    resend_at: datetime


class CodeWaits(msgspec.Struct, frozen=True, tag="waits"):
    """Nothing is sent before ``retry_at``; what was sent before still counts."""

    retry_at: datetime


CodeAnswer = CodeSent | CodeWaits


class CodeTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` of the CodeWanted it answers."""

    op: str
    claim: ClaimMade
    code: str

    def __repr__(self) -> str:
        return f"CodeTyped({self.op})"


class ReleaseTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code that an engineer gave whoever makes this claim. ``op`` is a new operation id that only this visit knows:
    the code may be typed again with it, with any other it is over."""

    op: str
    claim: ClaimMade
    code: str

    def __repr__(self) -> str:
        return f"ReleaseTyped({self.op})"


class SignInWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sign-in at the campus's page by phone. ``op`` is a new operation id that only this visit knows; ``claim``: who
    it has to be, ``None`` for whoever signs in."""

    op: str
    claim: ClaimMade | None = None


class SignInNamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    op: str


class SignInWaits(msgspec.Struct, frozen=True, tag="waits"):
    """``step`` and the rest as in domain.phone_sign_in.SignInShown."""

    step: str
    until: datetime
    url: str = ""
    number: str = ""


class SignInEnded(msgspec.Struct, frozen=True, tag="ended"):
    """``why`` as in domain.phone_sign_in.SignInEnd."""

    why: str


class SignedIn(msgspec.Struct, frozen=True, tag="signed_in"):
    """Said once. ``number``: whose sign-in it was, where the visit had no claim yet: what they would have typed."""

    accepted: PinAccepted
    number: str = ""

    def __repr__(self) -> str:
        return "SignedIn(***)"


SignInAnswer = SignInWaits | SignInEnded | SignedIn


def claim_digest(claim: ClaimMade) -> str:
    """Hex SHA-256 of the claim, to bind a sealed PIN to it. Not a secret: claims are guessable."""
    text = f"card:{claim.uid}" if isinstance(claim, CardClaimed) else f"number:{claim.number}"
    return hashlib.sha256(text.encode()).hexdigest()
