"""When a message was tried last: a group's robot takes only so many in a minute."""

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing_messages", sa.Column("tried_at", Instant(), nullable=True))
