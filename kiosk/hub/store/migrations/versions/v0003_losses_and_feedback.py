"""Loss reports as they were taken, and feedback marks."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card_losses",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("effective_by", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.ForeignKeyConstraint(["op"], ["operations.op"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("op"),
    )
    op.create_index(op.f("ix_card_losses_person"), "card_losses", ["person"], unique=False)
    op.create_table(
        "feedback_marks",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["op"], ["operations.op"]),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index(op.f("ix_feedback_marks_about"), "feedback_marks", ["about"], unique=False)
