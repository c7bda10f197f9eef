"""Campuses whose card systems can do everything, only show, or nothing."""

from datetime import timedelta

from kiosk.domain.campus import Campus
from kiosk.domain.card_accounts import Movement, MovementList
from kiosk.domain.card_capabilities import (
    NOTHING,
    CardCapabilities,
    Freezing,
    Limiting,
    LimitRange,
    PaymentTerms,
    Pinning,
    Replacing,
    ToppingUp,
    Transactions,
)
from kiosk.domain.desk import Desk, Opening
from tests.services.a_station import NOW, a_campus, replace, text

OFFICE = Desk(text("卡务中心", "Card office"), "8231 0200", (Opening(5, "08:30", "17:00"),), ())
READ_ONLY = CardCapabilities(balance=True, transactions=Transactions(6))
ALL = CardCapabilities(
    balance=True,
    transactions=Transactions(6),
    freeze=Freezing(0),
    unfreeze=True,
    replace=Replacing(1500),
    pin=Pinning(text("大额刷卡要输", "For larger payments")),
    limits=Limiting(
        LimitRange(2000, 30000, 1000, (5000, 10000, 20000)),
        LimitRange(1000, 20000, 1000, (2000, 5000, 10000)),
        text("刷不了卡", "Declined"),
    ),
    top_up=ToppingUp((2000, 5000, 10000, 20000), 1000, 50000),
)
PAYMENTS = PaymentTerms(
    text("微信或支付宝", "WeChat or Alipay"), text("卡务中心", "Card office"), text("退回", "Refunded"), 180
)


def campus_with(cards: CardCapabilities = ALL, office: Desk | None = OFFICE) -> Campus:
    return replace(a_campus(), cards=cards, card_office=office, payments=PAYMENTS)


def moves(*amounts: int) -> MovementList:
    """One a day back from now, out of the canteen or in by top-up."""
    found = tuple(
        Movement(
            str(place),
            NOW - timedelta(days=10 * place),
            "top_up" if amount > 0 else "meal",
            amount,
            text("", "") if amount > 0 else text("一食堂", "Canteen 1"),
        )
        for place, amount in enumerate(amounts)
    )
    return MovementList(NOW - timedelta(days=180), found)


__all__ = ["ALL", "NOTHING", "READ_ONLY", "campus_with", "moves"]
