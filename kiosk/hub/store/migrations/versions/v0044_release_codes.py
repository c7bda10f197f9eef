"""Release codes: what an engineer gave somebody who cannot prove who they are."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_codes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.Column("used_op", sa.String(), nullable=False),
        sa.Column("used_kiosk", sa.String(), nullable=True),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("disowned_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.ForeignKeyConstraint(["used_kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("person", "by", "made_at", "owner"):
        op.create_index(f"ix_release_codes_{column}", "release_codes", [column])
