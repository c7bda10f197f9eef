"""What the five figures are kept up from."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_SUMS = (
    "tickets",
    "answered",
    "answer_seconds",
    "solved",
    "solve_seconds",
    "at_once",
    "rated",
    "content",
    "alone",
    "marked",
    "reported",
)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "figure_days",
        *_texts("part", "day", "value"),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _SUMS),
        sa.PrimaryKeyConstraint("part", "day", "value"),
    )
    op.create_table(
        "ticket_facts",
        *_texts("reference", "day", "hour", "service", "building", "kiosk", "kiosk_building", "person"),
        sa.Column("answer_seconds", sa.BigInteger(), nullable=True),
        sa.Column("solve_seconds", sa.BigInteger(), nullable=True),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_table(
        "self_served",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *_texts("person", "kiosk", "what"),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_self_served_at", "self_served", ["at"])
    op.create_index("self_served_by", "self_served", ["person", "at"])
    op.create_table(
        "person_weeks",
        *_texts("week", "person", "kiosk", "kiosk_building"),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("week", "person"),
    )
    course = op.create_table(
        "figure_course",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seen", "before", "served", "served_before")),
        *_texts("rated"),
        sa.Column("at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(
        course, [{"id": 1, "seen": 0, "before": 0, "served": 0, "served_before": 0, "rated": "", "at": None}]
    )
    op.create_table(
        "figure_goals",
        *_texts("figure", "month"),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("figure"),
    )
