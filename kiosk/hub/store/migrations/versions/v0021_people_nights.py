"""The nights a list of people was looked for."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people_nights",
        sa.Column("night", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("night"),
    )
