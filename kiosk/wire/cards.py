"""One's own campus card. Overview, balance and movements travel as domain/card_accounts.py has them."""

from datetime import datetime

import msgspec

from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import ClaimMade


class LimitsWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` UUID, sent again after a lost answer; the most of a day and of one payment in whole fen, ``None`` stays as
    it is."""

    op: str
    daily: int | None = None
    single: int | None = None


class CardPinWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` UUID. The PIN that tills ask for becomes the one in ``new``; ``present``: the one in force, where there is
    one. Both were sealed by the secret helper for ``claim``, as ``identity.Pin``."""

    op: str
    claim: ClaimMade
    new: Envelope
    present: Envelope | None = None


class CardPinStored(msgspec.Struct, frozen=True, tag="stored"):
    """In force since ``at``. ``first``: there was none before."""

    at: datetime
    first: bool


class CardPinDenied(msgspec.Struct, frozen=True, tag="denied"):
    """Nothing has changed. ``why``: guessable (the present one was not looked at), wrong, locked. ``tries_left`` from
    the second failure on."""

    why: str
    tries_left: int | None = None
    retry_at: datetime | None = None


CardPinAnswer = CardPinStored | CardPinDenied


class TopUpWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` UUID, sent again after a lost answer; ``amount`` whole fen."""

    op: str
    amount: int


class TopUpNamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order of this kiosk."""

    op: str
