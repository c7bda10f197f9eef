"""Who said "me too" to an outage."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affected",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("announcement", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["announcement"], ["announcements.id"]),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.ForeignKeyConstraint(["op"], ["operations.op"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index(op.f("ix_affected_announcement"), "affected", ["announcement"], unique=False)
