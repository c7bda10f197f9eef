"""The record of acts is a chain: what is there is chained in its order."""

import json
from datetime import UTC
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_GENESIS = "0" * 64


def upgrade() -> None:
    chain = op.create_table(
        "act_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begins", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("before", "digest"):
        op.add_column("staff_acts", sa.Column(column, sa.String(), nullable=False, server_default=""))
    ends = _chain_what_is_there()
    op.bulk_insert(chain, [{"id": 1, "begins": _GENESIS, "ends": ends}])


def _chain_what_is_there() -> str:
    """The digest of the newest line."""
    text = ("by", "what", "about", "why", "before", "digest")
    columns = [sa.Column("id", sa.Integer(), primary_key=True), sa.Column("at", Instant())]
    acts = sa.Table("staff_acts", sa.MetaData(), *columns, *(sa.Column(name, sa.String()) for name in text))
    connection, end = op.get_bind(), _GENESIS
    for row in connection.execute(sa.select(acts).order_by(acts.c.id)).all():
        said = [end, row.at.astimezone(UTC).isoformat(), row.by, row.what, row.about, row.why]
        compact = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        before, end = end, sha256(compact.encode()).hexdigest()
        connection.execute(sa.update(acts).where(acts.c.id == row.id).values(before=before, digest=end))
    return end
