"""Run by Alembic inside the transaction that kiosk.hub.store.migrate opened."""

from alembic import context

from kiosk.hub.store import (  # noqa: F401  their tables belong to Row
    article_tables,
    card_proof_tables,
    card_tables,
    claimed_tables,
    clock_tables,
    desk_tables,
    duty_tables,
    enrolment_tables,
    figure_tables,
    fleet_tables,
    helpdesk_tables,
    night_tables,
    outgoing_tables,
    payment_tables,
    quarantine_tables,
    release_tables,
    shift_tables,
    sign_in_tables,
    staff_tables,
)
from kiosk.hub.store.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
