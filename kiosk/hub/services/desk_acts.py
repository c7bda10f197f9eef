"""What the desk does with one ticket without a console: a state, an answer, a decision, a confirmation, an assignee."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.tickets import TicketState, TicketType
from kiosk.hub.ports import Told
from kiosk.hub.services.approvals import Decision, decide
from kiosk.hub.services.around import Around
from kiosk.hub.services.complaints import may_be_meant
from kiosk.hub.services.follow import close_page
from kiosk.hub.services.history import DESK, note_step
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.refusal import No
from kiosk.hub.services.solved_letters import tell_solved
from kiosk.hub.services.suspected import confirm
from kiosk.hub.services.telling import tell_requester
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.store.tables import Person, Ticket


@dataclass(frozen=True, slots=True)
class DeskAct:
    """``answer`` goes with a state or a decision as its words. ``assignee`` is a number."""

    state: TicketState | None = None
    answer: str = ""
    close_page: bool = False
    decision: Decision | None = None
    confirm_p0: bool = False
    assignee: str = ""

    @property
    def changes(self) -> bool:
        return self != DeskAct()


def do(db: Session, around: Around, ticket: Ticket, act: DeskAct, now: datetime) -> No | None:
    """All of it or nothing: the caller's transaction ends where something is refused."""
    if act.decision is not None and act.state is not None:
        return No(422, "two_states", "a decision sets the state itself; give one of them")
    if act.close_page:
        close_page(db, ticket)
    refused = assign(db, ticket, act.assignee, now) if act.assignee else None
    if refused is None and act.confirm_p0:
        refused = confirm(db, around, ticket, DESK, now)
    if refused is None and act.decision is not None:
        return decide(db, around, ticket.reference, act.decision, act.answer, None, now)
    if refused is None and (act.state is not None or act.answer):
        refused = by_desk(db, around.book, ticket, act.state, act.answer, now)
        if refused is None:
            if act.state is TicketState.RESOLVED:
                tell_solved(db, around, ticket, now)
            else:
                tell_requester(db, around, ticket, Told.TICKET_ANSWERED, now)
    return refused


def assign(db: Session, ticket: Ticket, number: str, now: datetime) -> No | None:
    """To one person; a complaint never to somebody it may be about."""
    person = db.scalar(select(Person).where(Person.number == number))
    if person is None or not is_valid(person, now):
        return No(422, "unknown_person", "nobody here has this number")
    if ticket.type == TicketType.COMPLAINT and person.id in may_be_meant(db, ticket):
        return No(409, "complained_of", "this complaint may be about them")
    ticket.assignee = person.id
    note_step(db, ticket, now, "assigned", by=DESK, text=person.id)
    return None
