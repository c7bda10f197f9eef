"""One's own campus card. Overview, balance and movements travel as domain/card_accounts.py has them."""

import msgspec


class LimitsWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` UUID, sent again after a lost answer; the most of a day and of one payment in whole fen, ``None`` stays as
    it is."""

    op: str
    daily: int | None = None
    single: int | None = None


class TopUpWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``op`` UUID, sent again after a lost answer; ``amount`` whole fen."""

    op: str
    amount: int


class TopUpNamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An order of this kiosk."""

    op: str
