"""The first version: kiosks, people, tickets, operations with their stored answers."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "enrolment_guesses",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_enrolment_guesses_at"), "enrolment_guesses", ["at"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "kiosks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("latin_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("valid_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_table(
        "pin_operations",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_index(op.f("ix_pin_operations_at"), "pin_operations", ["at"], unique=False)
    op.create_table(
        "cards",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("uid"),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["used_by"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "kiosk_tokens",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_kiosk_tokens_expires_at"), "kiosk_tokens", ["expires_at"], unique=False)
    op.create_table(
        "number_blocks",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("code", "first"),
        sa.UniqueConstraint("kiosk", "op", name="one_block_per_operation"),
    )
    op.create_table(
        "operations",
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("op"),
    )
    op.create_table(
        "person_sessions",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(
        op.f("ix_person_sessions_expires_at"),
        "person_sessions",
        ["expires_at"],
        unique=False,
    )
    op.create_table(
        "pin_counters",
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.Column("last_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("kiosk", "claim"),
    )
    op.create_index(op.f("ix_pin_counters_last_at"), "pin_counters", ["last_at"], unique=False)
    op.create_table(
        "pins",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("phc", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person"),
    )
    op.create_table(
        "used_assertions",
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("jti", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.PrimaryKeyConstraint("kiosk", "jti"),
    )
    op.create_index(
        op.f("ix_used_assertions_expires_at"),
        "used_assertions",
        ["expires_at"],
        unique=False,
    )
    op.create_table(
        "tickets",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("kiosk", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("symptom", sa.String(), nullable=False),
        sa.Column("impact", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("suspected_p0", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("building", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("respond_by", Instant(), nullable=True),
        sa.Column("resolve_by", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["kiosk"],
            ["kiosks.id"],
        ),
        sa.ForeignKeyConstraint(
            ["op"],
            ["operations.op"],
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("op"),
    )
    op.create_index("tickets_of_a_person", "tickets", ["person", "created_at"], unique=False)
    op.create_index("tickets_suspected", "tickets", ["suspected_p0", "created_at"], unique=False)
    op.create_table(
        "follow_codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["tickets.reference"],
        ),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_follow_codes_expires_at"), "follow_codes", ["expires_at"], unique=False)
    op.create_table(
        "ticket_history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["tickets.reference"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_ticket_history_reference"),
        "ticket_history",
        ["reference"],
        unique=False,
    )
    # ### end Alembic commands ###
