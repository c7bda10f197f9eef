"""The requests that wait for somebody's word, for the desk: whose, since when, and a decision that is written down."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.masking import mask_name
from kiosk.domain.plain_text import clean
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.approvals import Decision, decide
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.desk_view import found, names
from kiosk.hub.services.duty import held
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.paging import place, read_place
from kiosk.hub.services.staff_sessions import Present
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import Person, Ticket
from kiosk.wire.routes import MAX_NOTE

#: Requests on one page, and longest reason, characters.
MOST_LISTED, LONGEST_WORDS = 50, MAX_NOTE


@dataclass(frozen=True, slots=True)
class Waiting:
    """``post`` and ``holder`` of who has to agree; ``is_mine``: whoever looks; ``is_own``: asked in their own name.
    ``requester`` masked, with the department."""

    reference: str
    title: str
    post: str
    holder: str
    asked_at: datetime
    remind_at: datetime
    is_late: bool
    is_mine: bool
    is_own: bool
    requester: str = field(repr=False)
    department: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    lines: tuple[Waiting, ...]
    after: str


class Decided(StrEnum):
    """Words are ``approvals.said_<value>`` and ``approvals.wrong_<value>``."""

    APPROVED = "approved"
    DECLINED = "declined"
    UNKNOWN = "unknown"
    OVER = "over"
    OWN = "own"
    NO_WORDS = "no_words"


def waiting(db: Session, book: Book, who: Present, language: Language, now: datetime, after: str = "") -> WaitingPage:
    """What was promised first comes first."""
    wanted = (
        select(ApprovalAsked, Ticket)
        .join(Ticket, Ticket.reference == ApprovalAsked.reference)
        .where(ApprovalAsked.decision == "", Ticket.state == TicketState.WAITING_FOR_APPROVAL)
    )
    begin = read_place(after)
    if begin is not None:
        at, reference = begin
        later = or_(ApprovalAsked.remind_at > at, ApprovalAsked.reference > reference)
        wanted = wanted.where(ApprovalAsked.remind_at >= at, later)
    wanted = wanted.order_by(ApprovalAsked.remind_at, ApprovalAsked.reference)
    rows = [(row, ticket) for row, ticket in db.execute(wanted.limit(MOST_LISTED + 1)).all()]
    here = rows[:MOST_LISTED]
    called = names(db, (row.person for row, _ in here), language)
    people = {one.id: one for one in db.scalars(select(Person).where(Person.id.in_([t.person for _, t in here])))}
    lines = tuple(_line(book, who, row, ticket, called, people, language, now) for row, ticket in here)
    last = here[-1][0] if len(rows) > MOST_LISTED else None
    return WaitingPage(lines, place(last.remind_at, last.reference) if last else "")


def decide_here(
    db: Session, around: Around, who: Present, reference: str, decision: Decision, words: str, now: datetime
) -> Decided:
    """Whoever holds the post decides; anybody else of the desk writes down what they were told, in words."""
    ticket = found(db, around.book, who, reference, now, locked=True)
    row = db.get(ApprovalAsked, ticket.reference) if ticket else None
    if ticket is None or row is None:
        return Decided.UNKNOWN
    if ticket.person == who.person:
        return Decided.OWN
    but = frozenset({ticket.person}) if ticket.person else frozenset[str]()
    holder = held(db, around.book, row.role, now, but)
    is_mine = holder is not None and holder.person.id == who.person
    if not is_mine and not clean(words, MAX_NOTE):
        return Decided.NO_WORDS
    refused = decide(db, around, ticket.reference, decision, words, who.person if is_mine else None, now)
    return Decided.OVER if refused else Decided(decision.value)


def _line(
    book: Book, who: Present, row: ApprovalAsked, ticket: Ticket, called: dict[str, str], people: dict[str, Person],
    language: Language, now: datetime,
) -> Waiting:  # fmt: skip
    role, person = book.role(row.role), people.get(ticket.person or "")
    return Waiting(
        reference=ticket.reference,
        title=title_of(book, ticket).of(language),
        post=role.title.of(language) if role else row.role,
        holder=called.get(row.person, ""),
        asked_at=row.asked_at,
        remind_at=row.remind_at,
        is_late=row.remind_at <= now,
        is_mine=row.person == who.person,
        is_own=ticket.person == who.person,
        requester=mask_name(person.name) if person else "",
        department=person.department if person else "",
    )
