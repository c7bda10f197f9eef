"""Logs of kiosks that staff have sent in from there."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_logs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("log", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kiosk_logs_kiosk", "kiosk_logs", ["kiosk"], unique=False)
