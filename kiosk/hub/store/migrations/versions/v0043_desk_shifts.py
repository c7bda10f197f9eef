"""Staff at the desk of a kiosk."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_shifts",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_desk_shifts_expires_at", "desk_shifts", ["expires_at"], unique=False)
    op.create_index("ix_desk_shifts_person", "desk_shifts", ["person"], unique=False)
    op.create_table(
        "desk_look_ups",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["shift"], ["desk_shifts.digest"]),
        sa.ForeignKeyConstraint(["staff"], ["people.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_desk_look_ups_shift", "desk_look_ups", ["shift"], unique=False)
    op.create_index("look_ups_of_staff", "desk_look_ups", ["staff", "at"], unique=False)
