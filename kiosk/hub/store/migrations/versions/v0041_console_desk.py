"""Tickets in the console: their place in the queues, which belong together, who did what, and whose building it is."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

#: Open states, and where a ticket is open and no clock runs (hub/store/running.py).
_OPEN = ("waiting_for_approval", "new", "in_progress", "waiting_for_requester")
_NO_CLOCK = "9999-01-01 00:00:00.000000"


def upgrade() -> None:
    op.add_column("tickets", sa.Column("sorts_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("ticket_history", sa.Column("staff", sa.String(), nullable=False, server_default=""))
    no_clock = f"'{_NO_CLOCK}'" if op.get_bind().dialect.name == "sqlite" else f"TIMESTAMPTZ '{_NO_CLOCK}+00'"
    states = ", ".join(f"'{state}'" for state in _OPEN)
    op.execute(f"UPDATE tickets SET sorts_at = COALESCE(due_at, {no_clock}) WHERE state IN ({states})")
    op.create_index("tickets_queue", "tickets", ["sorts_at", "reference"])
    op.create_index("tickets_queue_of", "tickets", ["assignee", "sorts_at", "reference"])
    op.create_index("tickets_queue_at", "tickets", ["building", "sorts_at", "reference"])
    op.create_table(
        "ticket_ties",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("main", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.ForeignKeyConstraint(["main"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("reference", "main"),
    )
    op.create_index("ties_of_a_main", "ticket_ties", ["main", "kind"])
    op.create_index("ties_of_a_kind", "ticket_ties", ["kind", "at"])
    op.create_table(
        "staff_buildings",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("person"),
    )
