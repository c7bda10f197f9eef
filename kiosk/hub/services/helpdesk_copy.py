"""What happens to tickets at the campus's own helpdesk, taken over into the copy that visitors are answered from.

While something of a ticket still waits to be sent nothing of it is taken over: what its requester did here comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.plain_text import clean
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.helpdesk_port import Glance, Remark, RemoteTicket
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.logs import event
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.clocks import answered, move, regrade
from kiosk.hub.services.helpdesk_outbox import LEASE, waits
from kiosk.hub.services.helpdesk_sending import requester_of
from kiosk.hub.services.history import DESK, REQUESTER, note_fetched
from kiosk.hub.services.solved_letters import tell_solved
from kiosk.hub.services.telling import tell_requester
from kiosk.hub.store.helpdesk_tables import HelpdeskBeside, HelpdeskTicket
from kiosk.hub.store.tables import Ticket
from kiosk.wire.routes import MAX_ANSWER_TEXT

#: The helpdesk is asked what is new this often.
EVERY = timedelta(seconds=30)
#: Tickets of one question to the database.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Round:
    """``since``: what changed before it is known; ``None``: nothing is."""

    began: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """``look``: tickets to read, with the number of the newest remark that is known; ``until``: what is known after."""

    look: tuple[tuple[Glance, int], ...]
    until: datetime | None


def is_time(db: Session, now: datetime) -> bool:
    """Asked first: nobody else waits for a look."""
    row = db.scalar(select(HelpdeskBeside))
    return row is not None and row.next_at <= now


def begin(db: Session, now: datetime) -> Round | None:
    """``None`` where it is not time yet, or another process of this hub is at it."""
    row = db.scalar(select(HelpdeskBeside).with_for_update(skip_locked=True))
    if row is None or row.next_at > now:
        return None
    row.next_at = now + LEASE
    return Round(now, row.seen_until)


def give_up(db: Session, now: datetime) -> None:
    """The round told nothing; the next one asks the same."""
    row = db.scalar(select(HelpdeskBeside).with_for_update())
    if row is not None:
        row.next_at = now + EVERY


def end(db: Session, asked: Round, until: datetime | None, now: datetime) -> None:
    """``until``: what changed there before it is in the copy."""
    row = db.scalar(select(HelpdeskBeside).with_for_update())
    if row is not None:
        row.asked_at, row.next_at = asked.began, now + EVERY
        row.seen_until = until or row.seen_until


def as_of(db: Session) -> datetime | None:
    """How old an answer from the copy is; ``None`` where the hub's tickets are all there is."""
    row = db.scalar(select(HelpdeskBeside))
    return (row.asked_at or row.since) if row else None


def choose(db: Session, glances: Sequence[Glance]) -> Wanted:
    """Of what the helpdesk listed: ours, and not known as it is."""
    known: dict[str, HelpdeskTicket] = {}
    keys = [glance.key for glance in glances]
    for start in range(0, len(keys), _AT_ONCE):
        rows = select(HelpdeskTicket).where(HelpdeskTicket.key.in_(keys[start : start + _AT_ONCE]))
        known |= {row.key: row for row in db.scalars(rows)}
    look: list[tuple[Glance, int]] = []
    behind: list[datetime] = []
    for glance in glances:
        row = known.get(glance.key)
        if row is None or (glance.stamp and glance.stamp == row.stamp):
            continue
        if waits(db, row.reference):
            behind.append(glance.changed_at)
        else:
            look.append((glance, row.last_remark))
    newest = max((glance.changed_at for glance in glances), default=None)
    return Wanted(tuple(look), min(behind) if behind else newest)


def take_over(
    db: Session, around: Around, settings: HelpdeskSettings, glance: Glance, remote: RemoteTicket, now: datetime
) -> bool:
    """False where something happened here meanwhile: it comes first, and this is read again after it."""
    reference = db.scalar(select(HelpdeskTicket.reference).where(HelpdeskTicket.key == remote.key))
    # The ticket first, as everywhere: whoever holds it may be on the way here.
    ticket = db.get(Ticket, reference, with_for_update=True, populate_existing=True) if reference else None
    row = db.get(HelpdeskTicket, reference, with_for_update=True, populate_existing=True) if reference else None
    if ticket is None or row is None or waits(db, row.reference):
        return False
    heard, known = False, row.last_remark
    for remark in remote.remarks:
        if remark.number > known:
            heard |= _take_remark(db, around.book, ticket, remark, now)
            row.last_remark = remark.number
    if remote.priority != row.priority:
        _take_priority(db, around.book, settings, ticket, remote.priority, now)
    if remote.status != row.status:
        heard |= _take_status(db, around.book, settings, ticket, remote.status, now)
    row.status, row.priority, row.stamp = remote.status, remote.priority, glance.stamp
    if heard and not requester_of(db, settings, ticket):
        if ticket.state == TicketState.RESOLVED:
            tell_solved(db, around, ticket, now)
        else:
            tell_requester(db, around, ticket, Told.TICKET_ANSWERED, now)
    return True


def _take_remark(db: Session, book: Book, ticket: Ticket, remark: Remark, now: datetime) -> bool:
    """Two clocks differ: nothing is from before its report, or from later than now."""
    said, at = clean(remark.text, MAX_ANSWER_TEXT), min(max(remark.at, ticket.created_at), now)
    if said and remark.by_requester:
        note_fetched(db, ticket, at, "commented", by=REQUESTER, text=said)
    elif said:
        note_fetched(db, ticket, at, "answered", by=DESK, text=said)
        answered(db, book, ticket, at)
    return bool(said) and not remark.by_requester


def _take_status(
    db: Session, book: Book, settings: HelpdeskSettings, ticket: Ticket, status: str, now: datetime
) -> bool:
    """The helpdesk is where the work is done: its word counts, also where a kiosk could not go that way."""
    before = TicketState(ticket.state)
    state = settings.mapping.state(status, before)
    if state is None:
        event("helpdesk status unknown", reference=ticket.reference, status=status)
    if state is None or state is before:
        return False
    move(db, book, ticket, state, now)
    note_fetched(db, ticket, now, f"state:{state}", by=DESK)
    answered(db, book, ticket, now)
    return True


def _take_priority(
    db: Session, book: Book, settings: HelpdeskSettings, ticket: Ticket, theirs: str, now: datetime
) -> None:
    before = Priority(ticket.priority)
    priority = settings.mapping.priority(theirs, before)
    if priority is None:
        event("helpdesk priority unknown", reference=ticket.reference, priority=theirs)
    if priority is None or priority is before:
        return
    regrade(db, book, ticket, priority)
    note_fetched(db, ticket, now, f"priority:{priority}", by=DESK)
