"""A verified person's own tickets, claimed ones made in their name included, and what they do with them."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.domain.policy import Action, Policy
from kiosk.domain.ticket_views import Act, Acted, Step, TicketList, TicketView
from kiosk.domain.tickets import IdentityLevel
from kiosk.hub.services.book import Book
from kiosk.hub.services.card_losses import SERVICE
from kiosk.hub.services.listing import place_of
from kiosk.hub.services.once import once
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import require
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.tables import HistoryLine, Kiosk, Ticket
from kiosk.wire.routes import MAX_NOTE
from kiosk.wire.tickets import TicketAct
from kiosk.words import say

MOST_SHOWN = 50
MONTHS = 6
#: Longest a month is.
_MONTH = timedelta(days=31)
#: Steps that concern the person, beside every change of state; all others are the desk's.
_SHOWN = frozenset({"created", "answered", "commented", "reopened"})
_UNKNOWN = Text("其他", "Other")
_CARD_LOSS = Text(say(Language.ZH, "loss_ticket.title"), say(Language.EN, "loss_ticket.title"))


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
    return TicketList(tuple(_shown(book, zone, each, history[each.reference]) for each in tickets), MONTHS)


def title_of(book: Book, ticket: Ticket) -> Text:
    """What was chosen: the symptom, else the service."""
    entry = book.entry(ticket.service)
    if entry is None:
        return _CARD_LOSS if ticket.service == SERVICE else _UNKNOWN
    symptom = next((each for each in entry.symptoms if each.id == ticket.symptom), None)
    return symptom.title if symptom else entry.title


def is_shown(what: str) -> bool:
    return what in _SHOWN or what.startswith("state:")


def _shown(book: Book, zone: ZoneInfo, ticket: Ticket, history: list[HistoryLine]) -> TicketView:
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
        return refused or Acted(ticket.reference, ticket.state)

    return once(db, kiosk, asked.op, asked, now, effect)
