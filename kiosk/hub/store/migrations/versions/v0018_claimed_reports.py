"""Reports in a name that nobody has proven: counted, and disowned by a link."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claimed_reports",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index("ix_claimed_reports_claim", "claimed_reports", ["claim", "made_at"], unique=False)
    op.create_index(op.f("ix_claimed_reports_received_at"), "claimed_reports", ["received_at"], unique=False)
    op.create_table(
        "owner_codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_owner_codes_expires_at"), "owner_codes", ["expires_at"], unique=False)
