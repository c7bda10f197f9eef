"""What staff do with one ticket in the console. Each act says how it went; whatever is refused has changed nothing.

The caller holds the ticket. Where the campus's own helpdesk has it, it is worked on there and only read here.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.plain_text import clean
from kiosk.domain.staff_rights import RIGHTS, Right, rights_of
from kiosk.domain.tickets import TicketState, TicketType, may_become
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.case_ratings import talks
from kiosk.hub.services.complaints import meant
from kiosk.hub.services.helpdesk_outbox import is_sent
from kiosk.hub.services.history import DESK, note_step
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.refusal import No
from kiosk.hub.services.solved_letters import tell_solved
from kiosk.hub.services.telling import tell_requester
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.services.ticket_queue import EVENT, MERGED
from kiosk.hub.services.ticket_ties import followers
from kiosk.hub.store.tables import HistoryLine, Person, Ticket
from kiosk.wire.routes import MAX_ANSWER_TEXT

#: Longest answer and internal note, characters.
LONGEST_ANSWER = LONGEST_NOTE = MAX_ANSWER_TEXT
#: Those a ticket can be handed to, at most.
MOST_COLLEAGUES = 200


class Went(StrEnum):
    """How an act went; the words are ``queue.said_<value>``, or ``queue.wrong_<value>`` where it did not."""

    TAKEN = "taken"
    ANSWERED = "answered"
    CHANGED = "changed"
    NOTED = "noted"
    GIVEN = "given"
    ELSEWHERE = "elsewhere"  # the campus's own helpdesk has it
    FASTER = "faster"  # a colleague took it meanwhile
    MOVED = "moved"  # something happened to it since the page was made
    NOT_OPEN = "not_open"
    NOT_NOW = "not_now"
    NO_TEXT = "no_text"
    NO_COLLEAGUE = "no_colleague"

    @property
    def is_done(self) -> bool:
        return self in (Went.TAKEN, Went.ANSWERED, Went.CHANGED, Went.NOTED, Went.GIVEN)


def version_of(db: Session, reference: str) -> int:
    """Another one once anything has happened to the ticket."""
    return db.scalar(select(func.max(HistoryLine.id)).where(HistoryLine.reference == reference)) or 0


def take(db: Session, around: Around, ticket: Ticket, person: str, seen: str, now: datetime) -> Went:
    """``seen``: whose it was on the page, by id: two who take it at once are not both told that it is theirs."""
    if is_sent(db, ticket.reference):
        return Went.ELSEWHERE
    if not TicketState(ticket.state).is_open:
        return Went.NOT_OPEN
    if ticket.assignee == person:
        return Went.TAKEN
    if (ticket.assignee or "") != seen:
        return Went.FASTER
    if ticket.type == TicketType.COMPLAINT and person in meant(db, around.book, ticket, now):
        return Went.NO_COLLEAGUE
    for one in (ticket, *followers(db, ticket.reference, (MERGED,))):
        _give(db, one, person, person, now)
        if one.state == TicketState.NEW:
            by_desk(db, around.book, one, TicketState.IN_PROGRESS, "", now, person)
    return Went.TAKEN


def give(db: Session, around: Around, ticket: Ticket, person: str, to: str, now: datetime) -> Went:
    """``to``: a colleague's id, '' for nobody in particular."""
    if is_sent(db, ticket.reference):
        return Went.ELSEWHERE
    if not TicketState(ticket.state).is_open:
        return Went.NOT_OPEN
    colleague = db.get(Person, to) if to else None
    if to and (colleague is None or not _works_here(colleague, now)):
        return Went.NO_COLLEAGUE
    if ticket.type == TicketType.COMPLAINT and (not to or to in meant(db, around.book, ticket, now)):
        return Went.NO_COLLEAGUE
    for one in (ticket, *followers(db, ticket.reference, (MERGED,))):
        _give(db, one, to, person, now)
    return Went.GIVEN


def answer(
    db: Session, around: Around, ticket: Ticket, person: str, text: str, state: TicketState | None, now: datetime,
    *, together: bool = False,
) -> Went:  # fmt: skip
    """To the requester of this one and of what was merged into it; ``together``: of every report of the event. Whoever
    answers what nobody has yet has it then."""
    if is_sent(db, ticket.reference):
        return Went.ELSEWHERE
    if not clean(text, LONGEST_ANSWER):
        return Went.NO_TEXT
    if state is not None and not _may(ticket, state):
        return Went.NOT_NOW
    kinds = (MERGED, EVENT) if together else (MERGED,)
    for one in (ticket, *followers(db, ticket.reference, kinds)):
        if not is_sent(db, one.reference):
            _answer(db, around, one, person, text, state, now)
    return Went.ANSWERED if state is None else Went.CHANGED


def note(db: Session, ticket: Ticket, person: str, text: str, now: datetime) -> Went:
    """For the desk alone: no requester and no helpdesk ever gets it."""
    if is_sent(db, ticket.reference):
        return Went.ELSEWHERE
    said = clean(text, LONGEST_NOTE)
    if not said:
        return Went.NO_TEXT
    note_step(db, ticket, now, "noted", by=DESK, text=said, staff=person)
    return Went.NOTED


def colleagues(db: Session, now: datetime) -> list[Person]:
    """Whom a ticket can be handed to, by name."""
    with_rights = [role.value for role, rights in RIGHTS.items() if Right.OPERATE in rights]
    rows = db.scalars(select(Person).where(Person.role.in_(with_rights)).order_by(Person.name).limit(MOST_COLLEAGUES))
    return [one for one in rows if is_valid(one, now)]


def _answer(
    db: Session, around: Around, ticket: Ticket, person: str, text: str, state: TicketState | None, now: datetime
) -> None:
    """One that cannot go that way any more is only answered; one nobody waits for, not at all."""
    before = TicketState(ticket.state)
    if before in (TicketState.CLOSED, TicketState.WITHDRAWN, TicketState.DECLINED) and not talks(db, ticket):
        return
    if ticket.assignee is None and before.is_open and ticket.type != TicketType.COMPLAINT:
        _give(db, ticket, person, person, now)
    wanted = state
    if wanted is None and before is TicketState.NEW:
        wanted = TicketState.IN_PROGRESS
    if wanted is not None and not _may(ticket, wanted):
        wanted = None
    refused = by_desk(db, around.book, ticket, wanted, text, now, person)
    if isinstance(refused, No):
        return
    if wanted is TicketState.RESOLVED:
        tell_solved(db, around, ticket, now)
    else:
        tell_requester(db, around, ticket, Told.TICKET_ANSWERED, now)


def _may(ticket: Ticket, state: TicketState) -> bool:
    """An approver's word is nobody else's."""
    before = TicketState(ticket.state)
    return before is not TicketState.WAITING_FOR_APPROVAL and may_become(before, state)


def _give(db: Session, ticket: Ticket, to: str, person: str, now: datetime) -> None:
    if (ticket.assignee or "") != to:
        ticket.assignee = to or None
        note_step(db, ticket, now, "assigned", by=DESK, text=to or ticket.team, staff=person)


def _works_here(person: Person, now: datetime) -> bool:
    return Right.OPERATE in rights_of(person.role) and is_valid(person, now)


def is_elsewhere(db: Session, *tickets: Ticket) -> bool:
    """Whether the campus's own helpdesk has one of them."""
    return any(is_sent(db, one.reference) for one in tickets)
