"""The most one payment may come to, beside the most of a day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledger_accounts", sa.Column("single_limit", sa.BigInteger(), nullable=True))
