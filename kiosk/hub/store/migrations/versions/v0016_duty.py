"""Who answers for a ticket, who has to agree to a request, and what monitoring said."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("assignee", sa.String(), nullable=True))
        tickets.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        tickets.add_column(sa.Column("shown", sa.String(), nullable=False, server_default=""))
        tickets.create_foreign_key("tickets_assignee", "people", ["assignee"], ["id"])
    op.create_table(
        "approvals",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("remind_at", Instant(), nullable=False),
        sa.Column("escalated_at", Instant(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_index(op.f("ix_approvals_decision"), "approvals", ["decision"], unique=False)
    op.create_table(
        "approval_links",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.ForeignKeyConstraint(["reference"], ["approvals.reference"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_approval_links_expires_at"), "approval_links", ["expires_at"], unique=False)
    op.create_index(op.f("ix_approval_links_reference"), "approval_links", ["reference"], unique=False)
    op.create_table(
        "monitoring_alerts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("alerts_of_a_service", "monitoring_alerts", ["service", "at"], unique=False)
