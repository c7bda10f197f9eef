"""By which channel a one-time code was asked for: each has its own wait."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("one_time_codes") as table:
        table.add_column(sa.Column("channel", sa.String(), nullable=False, server_default="phone"))
