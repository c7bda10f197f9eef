"""A change of a card as JSON: what is asked for, and what became of it. Interfaces universities publish say nothing
of changes; this is what the template expects, money in yuan as a text, times in seconds since 1970.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import assert_never

import msgspec

from kiosk.domain.card_accounts import (
    CardLimits,
    CardPinSet,
    Frozen,
    LimitsSet,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.hub.card_systems import Change, Changed, Freeze, Replace, SetLimits, SetPin, TopUp, Unfreeze

#: No card holds so much.
MOST_YUAN = 10**8


class Done(msgspec.Struct, frozen=True, rename="camel"):
    """What became of an operation; each holds what its kind has to say. ``operation``: its id."""

    operation: str
    status_time: int | None = None
    effective_time: int | None = None
    ready_time: int | None = None
    fee: Decimal | None = None
    daily_limit: Decimal | None = None
    single_limit: Decimal | None = None
    card_balance: Decimal = Decimal(0)
    first: bool = False


def asked(change: Change) -> dict[str, object]:
    match change:
        case Freeze():
            return {"action": "freeze"}
        case Unfreeze():
            return {"action": "unfreeze"}
        case Replace(fee):
            return {"action": "replace", "fee": yuan(fee)}
        case SetLimits(wanted):
            limits = {"dailyLimit": wanted.daily, "singleLimit": wanted.single}
            return {"action": "limits", **{name: yuan(most) for name, most in limits.items() if most is not None}}
        case SetPin(present, new):
            return {"action": "pin", "present": present.reveal() if present else None, "new": new.reveal()}
        case TopUp(amount):
            return {"action": "topUp", "amount": yuan(amount)}
        case _:
            assert_never(change)


def changed(change: Change, done: Done, now: datetime) -> Changed:
    match change:
        case Freeze():
            return Frozen(at(done.status_time) or now, at(done.effective_time))
        case Unfreeze():
            return Thawed(now)
        case Replace(fee):
            return ReplacementOrdered(fee if done.fee is None else fen(done.fee), now, at(done.ready_time))
        case SetLimits():
            return LimitsSet(CardLimits(fen_or_none(done.daily_limit), fen_or_none(done.single_limit)), now)
        case SetPin():
            return CardPinSet(now, done.first)
        case TopUp():
            return TopUpPosted(fen(done.card_balance))
        case _:
            assert_never(change)


def fen(yuan: Decimal) -> int:
    """Raises ValueError or ArithmeticError for what is no amount."""
    if not abs(yuan) < MOST_YUAN:
        raise ValueError("more than anybody's card holds")
    return int((yuan * 100).to_integral_value())


def fen_or_none(yuan: Decimal | None) -> int | None:
    return None if yuan is None else fen(yuan)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def at(seconds: int | None) -> datetime | None:
    """Raises ValueError, ArithmeticError or OSError for what is no time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
