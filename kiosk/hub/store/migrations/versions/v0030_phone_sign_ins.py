"""Signing in at the campus's page, by phone."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TEXTS = ("claim", "code", "phone", "state", "step", "why")
_FOUND_BY = ("kiosk", "phone", "state", "made_at")


def upgrade() -> None:
    op.create_table(
        "phone_sign_ins",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["kiosk"], ["kiosks.id"]),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.PrimaryKeyConstraint("op"),
        sa.UniqueConstraint("code"),
    )
    for name in _FOUND_BY:
        op.create_index(op.f(f"ix_phone_sign_ins_{name}"), "phone_sign_ins", [name], unique=False)
