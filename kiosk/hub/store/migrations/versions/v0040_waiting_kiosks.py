"""Kiosks that wait to be approved, and why one is no kiosk of ours any more."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_kiosks",
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("public"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_waiting_kiosks_address", "waiting_kiosks", ["address"])
    op.create_index("ix_waiting_kiosks_expires_at", "waiting_kiosks", ["expires_at"])
    op.add_column("kiosks", sa.Column("ended_why", sa.String(), nullable=False, server_default=""))
