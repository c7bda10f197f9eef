"""A campus's own helpdesk beside the hub's tickets."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helpdesk_beside",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("seen_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "helpdesk_tickets",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("last_remark", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "helpdesk_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("becomes", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("last_answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("op"),
    )
    for column in ("reference", "state"):
        op.create_index(op.f(f"ix_helpdesk_changes_{column}"), "helpdesk_changes", [column], unique=False)
