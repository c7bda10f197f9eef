"""The built-in card accounts: a double-entry journal, limits, replacements, and what every operation answered.

Amounts are whole fen. A line's amount is a debit where it is positive and a credit where it is negative; the lines of
an entry sum to zero, so the sum over all lines is always zero. What a person has is owed to them: their balance is
minus the sum of their account's lines.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class LedgerAccount(Row):
    """``id``: ``person:…``, ``merchant:…``, ``provider``, ``fees``. Limits, fen, only for a person's."""

    __tablename__ = "ledger_accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"), unique=True)
    daily_limit: Mapped[int | None] = mapped_column(BigInteger)
    single_limit: Mapped[int | None] = mapped_column(BigInteger)


class JournalEntry(Row):
    """``op``: the operation that made it, ``None`` for what happened at a till."""

    __tablename__ = "journal_entries"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op: Mapped[str | None] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str]
    merchant_zh: Mapped[str]
    merchant_en: Mapped[str]


class JournalLine(Row):
    __tablename__ = "journal_lines"
    entry: Mapped[int] = mapped_column(ForeignKey("journal_entries.id"), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("ledger_accounts.id"), primary_key=True, index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (CheckConstraint("amount <> 0", name="a_line_moves_something"),)


class CardReplacement(Row):
    """One new card was ordered and its fee posted by ``entry``; ``card``: UID of the one it replaces."""

    __tablename__ = "card_replacements"
    op: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    card: Mapped[str]
    fee: Mapped[int] = mapped_column(BigInteger)
    entry: Mapped[int | None] = mapped_column(ForeignKey("journal_entries.id"))
    ordered_at: Mapped[datetime]


class CardPinHash(Row):
    """The PIN tills ask for; nobody without a row has one. ``phc``: as of a kiosk's PIN."""

    __tablename__ = "card_pins"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    phc: Mapped[str]


class CardOperation(Row):
    """An operation that took effect: ``content`` says what was asked, ``body`` is the answer as JSON."""

    __tablename__ = "card_operations"
    op: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]
    body: Mapped[bytes]
    at: Mapped[datetime]
