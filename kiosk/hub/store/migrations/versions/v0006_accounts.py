"""The built-in directory's accounts, and the operations on any directory's with their stored answers."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("phc", sa.String(), nullable=False),
        sa.Column("opens", sa.String(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("signed_in_from", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("login"),
        sa.UniqueConstraint("person"),
    )
    op.create_table(
        "account_history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("phc", sa.String(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["accounts.login"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_account_history_login"), "account_history", ["login"], unique=False)
    op.create_table(
        "account_bad_tries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["accounts.login"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_account_bad_tries_login"), "account_bad_tries", ["login"], unique=False)
    op.create_table(
        "old_password_counters",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("held_until", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "account_operations",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index(op.f("ix_account_operations_at"), "account_operations", ["at"], unique=False)
