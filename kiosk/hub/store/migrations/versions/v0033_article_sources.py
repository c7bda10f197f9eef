"""Where an article is from, and the nights the articles were looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("source", sa.String(), nullable=False, server_default="folder"))
    op.add_column("articles", sa.Column("stamp", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "article_nights",
        sa.Column("night", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("night"),
    )
