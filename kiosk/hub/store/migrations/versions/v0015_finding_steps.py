"""What became of found cards, step by step."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_finding_steps",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["card_findings.op"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_card_finding_steps_finding"), "card_finding_steps", ["finding"], unique=False)
