"""The one place where money moves: an entry and its lines, which sum to zero or are not written."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import NO_LIMITS, CardLimits
from kiosk.domain.desk import Text
from kiosk.hub.store.card_tables import JournalEntry, JournalLine, LedgerAccount

#: The campus's own accounts: what a provider has taken and owes, and what cards cost.
PROVIDER = "provider"
FEES = "fees"


def person_account(person: str) -> str:
    return f"person:{person}"


def merchant_account(merchant: str) -> str:
    return f"merchant:{merchant}"


def balance_of(db: Session, account: str) -> int:
    """What is owed to the account's owner, fen."""
    total = db.scalar(select(func.coalesce(func.sum(JournalLine.amount), 0)).where(JournalLine.account == account))
    return -int(total or 0)


def lock(db: Session, account: str) -> LedgerAccount | None:
    """Holds the account until the transaction ends, so that nobody spends by a balance that has just changed."""
    return db.get(LedgerAccount, account, with_for_update=True, populate_existing=True)


def open_account(db: Session, account: str, person: str | None = None, limits: CardLimits = NO_LIMITS) -> None:
    """Opening what is open changes nothing."""
    if db.get(LedgerAccount, account) is None:
        db.add(LedgerAccount(id=account, person=person, daily_limit=limits.daily, single_limit=limits.single))
        db.flush()


def post(
    db: Session, op: str | None, kind: str, at: datetime, merchant: Text, debits: Mapping[str, int]
) -> JournalEntry:
    """``debits``: account -> fen, credits negative. ValueError where they do not sum to zero or move nothing."""
    if sum(debits.values()) or not debits or not all(debits.values()):
        raise ValueError("an entry's lines must move something and sum to zero")
    entry = JournalEntry(op=op, at=at, kind=kind, merchant_zh=merchant.zh, merchant_en=merchant.en)
    db.add(entry)
    db.flush()
    lines = [{"entry": entry.id, "account": account, "amount": amount} for account, amount in debits.items()]
    db.execute(insert(JournalLine), lines)
    return entry
