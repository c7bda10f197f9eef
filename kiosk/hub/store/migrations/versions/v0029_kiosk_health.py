"""How each part of a kiosk is, since when, and what came of self-tests there."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_health",
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("measured", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("kiosk", "subject"),
    )
    op.create_table(
        "kiosk_self_tests",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("confirmed_role", sa.String(), nullable=False),
        sa.Column("confirmed_alias", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kiosk_self_tests_kiosk", "kiosk_self_tests", ["kiosk"], unique=False)
