"""Telling us about a card: it is lost, found, not lost after all, or a new one is wanted."""

from datetime import datetime

import msgspec

from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import CardClaimed, ClaimMade


class LossReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``card_loss`` operation.

    ``session`` is the person's token where one was verified in this visit, else ''. Without it ``proof`` is a PIN
    sealed for this class and ``claim``, and is judged when the operation arrives. ``made_at`` by the kiosk's idea of
    hub time.
    """

    reference: str
    language: str
    claim: ClaimMade
    session: str
    proof: Envelope | None
    made_at: datetime


class LossAnswer(msgspec.Struct, frozen=True):
    """``effect``: blocked, already_lost, not_proven, nobody, no_card. The last three became a ticket of the desk with
    this ``reference``. ``effective_by`` is the card system's own word, ``None`` where it gives none; ``instead_of`` as
    in TicketAnswer."""

    reference: str
    received_at: datetime
    effect: str
    effective_by: datetime | None = None
    instead_of: str = ""


class FoundCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``found_card`` operation: ``place`` is the campus's id of where it is handed in."""

    language: str
    card: CardClaimed
    place: str
    made_at: datetime


class FoundAnswer(msgspec.Struct, frozen=True):
    """``known``: it is a card of this campus and its owner is told where it lies."""

    received_at: datetime
    known: bool


class CardLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card in somebody's hand. Asked for by no person: only whether it was reported lost."""

    card: CardClaimed


class CardLooked(msgspec.Struct, frozen=True):
    """Unknown cards and cards in use read alike."""

    lost: bool


class FoundAt(msgspec.Struct, frozen=True):
    """``place``: id of where the finder said the card is handed in, or where it has ``arrived``."""

    place: str
    at: datetime
    arrived: bool = False


class Replacement(msgspec.Struct, frozen=True):
    """``fee`` in fen, taken from the balance. ``ready_at`` ``None`` where the card system does not say."""

    fee: int
    ordered_at: datetime
    ready_at: datetime | None = None


class LossState(msgspec.Struct, frozen=True):
    """``state``: active, lost, replaced. ``found`` only while it is lost."""

    state: str
    since: datetime | None = None
    found: FoundAt | None = None
    replacement: Replacement | None = None


class CancelLoss(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` is an operation id: asked twice, the same is answered."""

    op: str


class LossCancelled(msgspec.Struct, frozen=True):
    at: datetime


class OrderReplacement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` is an operation id: asked twice, one card is ordered. ``fee`` as it was said, fen."""

    op: str
    fee: int
