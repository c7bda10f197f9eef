"""Which article was read before a report is found without reading years of history."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("what LIKE 'read_article:%'")
    op.create_index("articles_read", "ticket_history", ["what", "at"], sqlite_where=where, postgresql_where=where)
