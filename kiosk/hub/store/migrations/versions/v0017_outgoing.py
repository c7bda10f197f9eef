"""Messages on their way to gateways."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outgoing_messages",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_of", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("useless_at", Instant(), nullable=False),
        sa.Column("kept_until", Instant(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", Instant(), nullable=False),
        sa.Column("last_answer", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("op"),
    )
    for column in ("address", "state", "kept_until"):
        op.create_index(op.f(f"ix_outgoing_messages_{column}"), "outgoing_messages", [column], unique=False)
