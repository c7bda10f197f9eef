"""The lines of a ticket's history, and who they may be by beside a kiosk's id."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.hub.services.helpdesk_outbox import send_on
from kiosk.hub.store.tables import HistoryLine, Ticket

HUB = "hub"
DESK = "desk"
REQUESTER = "requester"
APPROVER = "approver"
MONITORING = "monitoring"
#: What stands in the history of a ticket whose requester asked to be spoken to again.
TALK = "talk_wanted"
#: What stands in the history of a ticket whose slip says another number, which is the step's text.
NUMBER_WAS = "number_was"


def note_step(
    db: Session, ticket: Ticket, now: datetime, what: str, *, by: str = HUB, text: str = "", staff: str = ""
) -> None:
    """What a helpdesk beside the hub has to know of it is written for it in the same transaction. ``staff``: the id of
    who did it at the desk, for the desk's own eyes."""
    note_fetched(db, ticket, now, what, by=by, text=text, staff=staff)
    send_on(db, ticket, now, what, by=by, text=text)


def note_fetched(
    db: Session, ticket: Ticket, at: datetime, what: str, *, by: str, text: str = "", staff: str = ""
) -> None:
    """A step that the helpdesk told: it is not told back."""
    db.add(HistoryLine(reference=ticket.reference, at=at, by=by, what=what, text=text, staff=staff))
