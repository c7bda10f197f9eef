"""The lines of a ticket's history, and who they may be by beside a kiosk's id."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.hub.store.tables import HistoryLine, Ticket

HUB = "hub"
DESK = "desk"
REQUESTER = "requester"
APPROVER = "approver"
MONITORING = "monitoring"


def note_step(db: Session, ticket: Ticket, now: datetime, what: str, *, by: str = HUB, text: str = "") -> None:
    db.add(HistoryLine(reference=ticket.reference, at=now, by=by, what=what, text=text))
