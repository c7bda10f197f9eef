"""Where a ticket stands in the queues: kept beside the ticket itself, so that every queue is one walk of an index."""

from datetime import UTC, datetime

from kiosk.domain.tickets import TicketState

#: Stands where a ticket is open and no clock runs: after all that have one.
NO_CLOCK = datetime(9999, 1, 1, tzinfo=UTC)


def place_of(state: str, due_at: datetime | None) -> datetime | None:
    """By the promise that runs; ``None`` where the ticket is open no more."""
    return (due_at or NO_CLOCK) if TicketState(state).is_open else None
