"""A verified person's own tickets, claimed ones made in their name included, and what they do with them."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.policy import Action, Policy
from kiosk.domain.ticket_views import Act, Acted, Step, TicketList, TicketView
from kiosk.domain.tickets import IdentityLevel, TicketType
from kiosk.hub.services.approvals import approval_of
from kiosk.hub.services.book import Book
from kiosk.hub.services.case_ratings import may_be_rated, note_rated
from kiosk.hub.services.helpdesk_copy import as_of
from kiosk.hub.services.listing import place_of
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.once import once
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import require
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.tables import HistoryLine, Kiosk, Ticket
from kiosk.wire.routes import MAX_NOTE
from kiosk.wire.tickets import TicketAct

MOST_SHOWN = 50
MONTHS = 6
#: Longest a month is.
_MONTH = timedelta(days=31)
#: Steps that concern the person, beside every change of state; all others are the desk's.
_SHOWN = frozenset({"created", "answered", "commented", "reopened", "approved", "escalated", "overdue"})


def my_tickets(db: Session, book: Book, policy: Policy, kiosk: Kiosk, token: str, now: datetime) -> TicketList | No:
    person = require(db, kiosk, token, Action.SEE_TICKETS, policy, now)
    if isinstance(person, No):
        return person
    wanted = (
        select(Ticket)
        .where(Ticket.person == person.id, Ticket.created_at >= now - MONTHS * _MONTH)
        .order_by(Ticket.created_at.desc(), Ticket.reference)
        .limit(MOST_SHOWN)
    )
    tickets = list(db.scalars(wanted))
    lines = select(HistoryLine).where(HistoryLine.reference.in_([ticket.reference for ticket in tickets]))
    history: dict[str, list[HistoryLine]] = defaultdict(list)
    for line in db.scalars(lines.order_by(HistoryLine.id)):
        history[line.reference].append(line)
    zone = ZoneInfo(book.zone)
    told = as_of(db)
    return TicketList(
        tuple(_shown(db, book, zone, each, history[each.reference]) for each in tickets),
        MONTHS,
        told.astimezone(zone) if told else None,
    )


def is_shown(what: str) -> bool:
    return what in _SHOWN or what.startswith("state:")


def _shown(db: Session, book: Book, zone: ZoneInfo, ticket: Ticket, history: list[HistoryLine]) -> TicketView:
    role = book.role(ticket.team) if ticket.type == TicketType.COMPLAINT else None
    return TicketView(
        reference=ticket.reference,
        title=title_of(book, ticket),
        place=place_of(book, ticket),
        type=ticket.type,
        state=ticket.state,
        created_at=ticket.created_at.astimezone(zone),
        respond_by=ticket.respond_by.astimezone(zone) if ticket.respond_by else None,
        resolve_by=ticket.resolve_by.astimezone(zone) if ticket.resolve_by else None,
        history=tuple(
            Step(line.at.astimezone(zone), "kiosk" if line.by == ticket.kiosk else line.by, line.what, line.text)
            for line in history
            if is_shown(line.what)
        ),
        service=ticket.service,
        symptom=ticket.symptom,
        claimed=ticket.identity == IdentityLevel.CLAIMED,
        approval=approval_of(db, book, ticket) if ticket.type == TicketType.REQUEST else None,
        respond_about=ticket.respond_about,
        resolve_about=ticket.resolve_about,
        goes_to=role.title if role else None,
    )


def act(
    db: Session, book: Book, policy: Policy, kiosk: Kiosk, token: str, asked: TicketAct, now: datetime
) -> bytes | No:
    """The JSON of Acted. Whoever may see a ticket may act on it; somebody else's is as unknown as one there is none."""
    person = require(db, kiosk, token, Action.SEE_TICKETS, policy, now)
    if isinstance(person, No):
        return person
    if asked.act not in list(Act) or len(asked.text) > MAX_NOTE or not asked.reference.isprintable():
        return No(422, "malformed", "no such act, or its text is longer than agreed")

    def effect() -> Acted | No:
        ticket = db.get(Ticket, asked.reference, with_for_update=True)
        if ticket is None or ticket.person != person.id:
            return No(422, "not_yours", "this person has no such ticket")
        refused = by_requester(db, book, ticket, Act(asked.act), asked.text, now)
        if refused:
            return refused
        if asked.act != Act.CONFIRM:
            return Acted(ticket.reference, ticket.state)
        may_rate = may_be_rated(db, ticket)
        if may_rate:  # they are asked for a rating at once, and not again by phone
            note_rated(db, ticket)
        return Acted(ticket.reference, ticket.state, may_rate)

    return once(db, kiosk, asked.op, asked, now, effect)
