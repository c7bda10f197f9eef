"""The clocks of tickets: what they are reckoned from, and who was told that a promise runs out.

Of tickets that are there the history tells when they were answered, solved, and waited. What was promised stays as it
was; the clocks of those that are open run by it from now on.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from kiosk.hub.store.types import Instant

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_RUN = ("new", "in_progress")
_MOMENTS = ("responded_at", "resolved_at", "stands_since", "warn_at", "due_at", "next_step_at")


def upgrade() -> None:
    for name in ("respond_about", "resolve_about"):
        op.add_column("tickets", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in _MOMENTS:
        op.add_column("tickets", sa.Column(name, Instant(), nullable=True))
    op.create_index("ix_tickets_due_at", "tickets", ["due_at"])
    op.create_index("ix_tickets_next_step_at", "tickets", ["next_step_at"])
    op.create_table(
        "ticket_pauses",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begins", Instant(), nullable=False),
        sa.Column("ends", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ticket_pauses_reference", "ticket_pauses", ["reference"])
    op.create_table(
        "escalations",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("promised", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"]),
        sa.ForeignKeyConstraint(["reference"], ["tickets.reference"]),
        sa.PrimaryKeyConstraint("reference", "promised", "rung"),
    )
    op.create_index("escalations_of_a_person", "escalations", ["person", "rung", "at"])
    _replay(op.get_bind())


def _replay(connection: sa.Connection) -> None:
    """Each ticket's history, in order."""
    names = ("reference", "state", "created_at", "respond_by", "resolve_by")
    moments = ("created_at", "respond_by", "resolve_by", *_MOMENTS)
    kept = (sa.column(n, Instant()) if n in moments else sa.column(n) for n in (*names, *_MOMENTS))
    tickets = sa.table("tickets", *kept)
    columns = (sa.column(n, Instant()) if n == "at" else sa.column(n) for n in ("id", "reference", "at", "by", "what"))
    history = sa.table("ticket_history", *columns)
    pauses = sa.table(
        "ticket_pauses",
        sa.column("reference"),
        sa.column("state"),
        sa.column("begins", Instant()),
        sa.column("ends", Instant()),
    )
    lines: dict[str, list[tuple[datetime, str, str]]] = {}
    wanted = sa.select(history.c.reference, history.c.at, history.c.by, history.c.what).order_by(history.c.id)
    for reference, at, by, what in connection.execute(wanted):
        lines.setdefault(reference, []).append((at, by, what))
    for reference, state, created_at, respond_by, resolve_by in connection.execute(
        sa.select(*(tickets.c[name] for name in names))
    ).all():
        told = lines.get(reference, [])
        values = _values(told, state, created_at, respond_by, resolve_by)
        connection.execute(tickets.update().where(tickets.c.reference == reference).values(**values))
        stood = [{"reference": reference, "state": s, "begins": b, "ends": e} for s, b, e in _pauses(told, created_at)]
        if stood:
            connection.execute(pauses.insert(), stood)


def _values(
    told: list[tuple[datetime, str, str]],
    state: str,
    created_at: datetime,
    respond_by: datetime | None,
    resolve_by: datetime | None,
) -> dict[str, datetime | None]:
    by_desk = [at for at, by, what in told if by == "desk" and (what == "answered" or what.startswith("state:"))]
    solved = [at for at, _, what in told if what == "state:resolved"]
    into = [at for at, _, what in told if what == f"state:{state}" or _becomes(what, "") == state]
    due_at = (respond_by if not by_desk else resolve_by) if state in _RUN else None
    return {
        "responded_at": min(by_desk, default=None),
        "resolved_at": solved[-1] if solved and state in ("resolved", "closed") else None,
        "stands_since": None if state in _RUN else into[-1] if into else created_at,
        "due_at": due_at,
        "warn_at": due_at,
        "next_step_at": due_at,
    }


def _pauses(told: list[tuple[datetime, str, str]], created_at: datetime) -> list[tuple[str, datetime, datetime]]:
    """Those that are over: state, beginning, end."""
    found, state, since = [], "new", created_at
    for at, _, what in told:
        becomes = _becomes(what, state)
        if becomes != state:
            if state not in _RUN:
                found.append((state, since, max(since, at)))
            state, since = becomes, at
    return found


def _becomes(what: str, state: str) -> str:
    if what.startswith("state:"):
        return what.removeprefix("state:")
    if what == "commented" and state == "waiting_for_requester":
        return "in_progress"
    return {"reopened": "in_progress", "approval_asked": "waiting_for_approval", "approved": "new"}.get(what, state)
