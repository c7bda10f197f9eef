"""What happens to a ticket here waits here for the campus's own helpdesk: written with it, sent in order, once.

Nothing is written where no helpdesk is named, for tickets from before it was, and for what it need not know.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.ports import Posted
from kiosk.hub.services.retrying import pause
from kiosk.hub.store.helpdesk_tables import HelpdeskBeside, HelpdeskChange, HelpdeskTicket
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import Ticket

CREATED = "created"
#: The answer to a change of a ticket that the helpdesk never got.
NOT_FILED = "not filed"
#: Steps a helpdesk is told, beside every change of state.
_TOLD = frozenset({CREATED, "commented", "answered", "reopened", "disowned", "p0_confirmed"})
#: A change taken for sending is nobody else's for this long: longer than the most questions one takes
#: (helpdesk_port.MOST_QUESTIONS) with every answer as late as hub.toml may allow.
LEASE = timedelta(minutes=10)
#: After an answer that was lost: whatever the helpdesk still does with it is done by then, and is found.
UNSURE_PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, repr=False)
class Taken:
    """The next change of a ticket; ``what`` is a Filing where the ticket itself is to be made, else a Change of
    ``key``. ``again``: it was tried before."""

    op: str
    reference: str
    what: Filing | Change
    key: str
    again: bool


def settle_in(db: Session, name: str, now: datetime) -> None:
    """At the start: ``name`` of the helpdesk, '' for none. What one helpdesk has means nothing at another: it is not
    followed any more; what none has yet, waiting or refused, goes to the new one, where nothing was tried yet."""
    there = db.scalar(select(HelpdeskBeside))
    if (there.name if there else "") == name:
        return
    known = select(HelpdeskTicket.reference)
    changes = delete(HelpdeskChange)
    db.execute(changes.where(HelpdeskChange.reference.in_(known)) if name else changes)
    for table in (HelpdeskTicket, HelpdeskBeside):
        db.execute(delete(table))
    if name:
        anew = {"state": Posted.WAITING, "attempts": 0, "next_try_at": now, "last_answer": ""}
        db.execute(update(HelpdeskChange).where(HelpdeskChange.state != Posted.SENT).values(anew))
        begun = {"name": name, "since": now, "asked_at": None, "next_at": now, "seen_until": None}
        db.execute(insert_into(db, HelpdeskBeside).values(begun).on_conflict_do_nothing())  # another process starts too


def send_on(db: Session, ticket: Ticket, now: datetime, what: str, *, by: str, text: str) -> None:
    """Called before a remark changes the ticket's state: a reply to the desk's question takes it back to work."""
    if what not in _TOLD and not what.startswith("state:"):
        return
    with db.no_autoflush:  # what was just written for the ticket is written with the rest
        beside = db.scalar(select(HelpdeskBeside))
    if beside is None or (what != CREATED and not is_sent(db, ticket.reference)):
        return
    becomes = what.removeprefix("state:") if what.startswith("state:") else ""
    if what == "reopened" or (what == "commented" and ticket.state == TicketState.WAITING_FOR_REQUESTER):
        becomes = TicketState.IN_PROGRESS
    db.add(
        HelpdeskChange(
            op=ticket.op if what == CREATED else str(uuid4()),
            reference=ticket.reference,
            what=what,
            by=by,
            text=text,
            becomes=becomes,
            priority=Priority.P0 if what == "p0_confirmed" else "",
            state=Posted.WAITING,
            made_at=now,
            attempts=0,
            next_try_at=now,
            last_answer="",
        )
    )


def due(db: Session, now: datetime) -> HelpdeskChange | None:
    """The next one to send; nobody else gets it before LEASE is over. What waits for an approval waits here too."""
    earlier = aliased(HelpdeskChange)
    first = select(func.min(earlier.id)).where(
        earlier.reference == HelpdeskChange.reference, earlier.state == Posted.WAITING
    )
    held = select(Ticket.reference).where(
        Ticket.reference == HelpdeskChange.reference, Ticket.state == TicketState.WAITING_FOR_APPROVAL
    )
    wanted = _waiting().where(
        HelpdeskChange.next_try_at <= now, HelpdeskChange.id == first.scalar_subquery(), ~held.exists()
    )
    row = db.scalar(
        wanted.order_by(HelpdeskChange.next_try_at, HelpdeskChange.id).limit(1).with_for_update(skip_locked=True)
    )
    if row is not None:
        row.attempts += 1
        row.next_try_at = now + LEASE
    return row


def waits(db: Session, reference: str) -> bool:
    """Whether something of this ticket is not there yet."""
    return db.scalar(_waiting().where(HelpdeskChange.reference == reference).limit(1)) is not None


def keep_here(db: Session, reference: str) -> None:
    """Of this ticket nothing goes to the helpdesk, now or later."""
    db.execute(delete(HelpdeskChange).where(HelpdeskChange.reference == reference))


def settle(
    db: Session,
    settings: HelpdeskSettings,
    taken: Taken,
    answer: Filed | Done | Silent | Rejected,
    now: datetime,
) -> None:
    row = db.scalar(select(HelpdeskChange).where(HelpdeskChange.op == taken.op).with_for_update())
    if row is None or row.state != Posted.WAITING:
        return
    match answer:
        case Silent():
            row.last_answer = answer.why
            least = timedelta() if answer.sure else UNSURE_PAUSE
            row.next_try_at = now + max(least, pause(row.attempts), timedelta(seconds=answer.wait))
        case Rejected():
            row.last_answer, row.state = answer.why, Posted.REJECTED
        case Filed() | Done():
            row.last_answer, row.state, row.text = "", Posted.SENT, ""
            _know(db, settings, taken, answer)


def _know(db: Session, settings: HelpdeskSettings, taken: Taken, answer: Filed | Done) -> None:
    """The hub's own record of what is there."""
    there = db.get(HelpdeskTicket, taken.reference, with_for_update=True)
    if isinstance(answer, Filed) and isinstance(taken.what, Filing) and there is None:
        status = settings.mapping.states[TicketState.NEW]
        priority = str(settings.mapping.priorities[taken.what.priority])
        known = {"status": status, "priority": priority, "stamp": "", "last_remark": 0}
        db.add(HelpdeskTicket(reference=taken.reference, key=answer.key, **known))
    elif isinstance(taken.what, Change) and there is not None:
        if taken.what.state is not None:
            there.status = settings.mapping.states[taken.what.state]
        if taken.what.priority is not None:
            there.priority = str(settings.mapping.priorities[taken.what.priority])


def is_sent(db: Session, reference: str) -> bool:
    """Whether the ticket is at the helpdesk too, or on its way there."""
    known = select(HelpdeskTicket.reference).where(HelpdeskTicket.reference == reference)
    on_the_way = select(HelpdeskChange.reference).where(
        HelpdeskChange.reference == reference, HelpdeskChange.what == CREATED
    )
    return db.execute(known.union_all(on_the_way)).first() is not None


def _waiting() -> Select[HelpdeskChange]:
    return select(HelpdeskChange).where(HelpdeskChange.state == Posted.WAITING)
