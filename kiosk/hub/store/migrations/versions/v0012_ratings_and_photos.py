"""Ratings that are tied to nobody take the place of feedback marks; photos of a ticket."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("feedback_marks")
    op.create_table(
        "ratings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ratings_about"), "ratings", ["about"], unique=False)
    op.create_index(op.f("ix_ratings_day"), "ratings", ["day"], unique=False)
    op.create_table(
        "ticket_photos",
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("file"),
    )
    op.create_index(op.f("ix_ticket_photos_reference"), "ticket_photos", ["reference"], unique=False)
    op.add_column("follow_codes", sa.Column("rated", sa.Boolean(), nullable=False, server_default=sa.false()))
