"""Card accounts: journal, limits, replacements; when a card was reported lost."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cards", sa.Column("since", Instant(), nullable=True))
    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("daily_limit", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person"),
    )
    op.create_table(
        "journal_entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("op", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("merchant_zh", sa.String(), nullable=False),
        sa.Column("merchant_en", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("op"),
    )
    op.create_index(op.f("ix_journal_entries_at"), "journal_entries", ["at"], unique=False)
    op.create_table(
        "journal_lines",
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount <> 0", name="a_line_moves_something"),
        sa.ForeignKeyConstraint(["account"], ["ledger_accounts.id"]),
        sa.ForeignKeyConstraint(["entry"], ["journal_entries.id"]),
        sa.PrimaryKeyConstraint("entry", "account"),
    )
    op.create_index(op.f("ix_journal_lines_account"), "journal_lines", ["account"], unique=False)
    op.create_table(
        "card_replacements",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["journal_entries.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index(op.f("ix_card_replacements_person"), "card_replacements", ["person"], unique=False)
    op.create_table(
        "card_operations",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("op"),
    )
