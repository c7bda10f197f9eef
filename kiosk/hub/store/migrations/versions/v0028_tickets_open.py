"""Open tickets are found by their state: every sweep asks for them, and the table only grows."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("tickets_open", "tickets", ["state", "assignee"], unique=False)
