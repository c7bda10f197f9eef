"""A session holds what was confirmed in it. Sessions from before held a PIN, and so they do now."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person_sessions") as table:
        table.add_column(sa.Column("proofs", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE person_sessions SET proofs = 'pin'")
