"""Operations that staff want to come again from their kiosks."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_again",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("is_judged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index("ix_asked_again_kiosk", "asked_again", ["kiosk"], unique=False)
