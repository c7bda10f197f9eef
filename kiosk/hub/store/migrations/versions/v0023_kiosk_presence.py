"""When each kiosk was last heard of, and whether it was ready."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_presence",
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("readiness", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("kiosk"),
    )
