"""Tickets for an admin's eyes: `tickets --json` (every field, times in the campus's zone)."""

from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.campus import Place, Text
from kiosk.domain.language import Language
from kiosk.hub.services.book import Book
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import HistoryLine, Person, Ticket
from kiosk.words import say


class ListedStep(msgspec.Struct, frozen=True):
    at: datetime
    by: str
    what: str


class ListedApproval(msgspec.Struct, frozen=True):
    """``role`` has to agree, ``person`` is the number of who was asked; ``decision`` '' while it waits, ``decided_by``
    a number or '' for the desk."""

    role: str
    person: str
    asked_at: datetime
    remind_at: datetime
    decision: str
    decided_by: str


class Listed(msgspec.Struct, frozen=True):
    """People are numbers, or '' (nobody, or a claim that matches nobody). ``owner``, ``lead`` and ``on_call`` are who
    holds these posts of the service now; ``subject`` the service a complaint is about."""

    reference: str
    op_id: str
    kiosk: str
    type: str
    category: str
    priority: str
    state: str
    identity: str
    person: str
    language: str
    location: str
    description: str
    contact: str
    channel: str
    created_at: datetime
    made_at: datetime
    respond_by: datetime | None
    resolve_by: datetime | None
    respond_about: bool
    resolve_about: bool
    responded_at: datetime | None
    resolved_at: datetime | None
    history: list[ListedStep]
    team: str
    assignee: str
    owner: str
    lead: str
    on_call: str
    suspected_p0: bool
    subject: str
    approval: ListedApproval | None


def list_tickets(db: Session, book: Book, reference: str = "") -> list[Listed]:
    """In the order they came; with ``reference`` that one alone."""
    zone = ZoneInfo(book.zone)
    numbers = {person.id: person.number for person in db.scalars(select(Person))}
    history: dict[str, list[ListedStep]] = defaultdict(list)
    lines, wanted = select(HistoryLine), select(Ticket)
    if reference:
        lines = lines.where(HistoryLine.reference == reference)
        wanted = wanted.where(Ticket.reference == reference)
    for line in db.scalars(lines.order_by(HistoryLine.id)):
        history[line.reference].append(ListedStep(line.at.astimezone(zone), line.by, line.what))
    approvals = {row.reference: _approval(row, zone, numbers) for row in db.scalars(select(ApprovalAsked))}
    found = db.scalars(wanted.order_by(Ticket.created_at, Ticket.reference))
    return [_listed(book, zone, t, numbers, history[t.reference], approvals.get(t.reference)) for t in found]


def _approval(row: ApprovalAsked, zone: ZoneInfo, numbers: dict[str, str]) -> ListedApproval:
    return ListedApproval(
        role=row.role,
        person=numbers.get(row.person, ""),
        asked_at=row.asked_at.astimezone(zone),
        remind_at=row.remind_at.astimezone(zone),
        decision=row.decision,
        decided_by=numbers.get(row.decided_by or "", ""),
    )


def location_of(book: Book, ticket: Ticket) -> str:
    """The building's name and what was chosen or typed beside it, each once, in the ticket's language."""
    return place_of(book, ticket).of(Language(ticket.language))


def place_of(book: Book, ticket: Ticket) -> Text:
    """For the person, in both languages. Floors and ready answers are known in both; typed words stay as they are."""
    place = book.place(ticket.building)
    spot = _spot(place, ticket.location)
    if place is None:
        return spot
    if not spot.zh or spot.zh.startswith(place.title.zh):
        return place.title if not spot.zh else spot
    return Text(
        say(Language.ZH, "place.within", building=place.title.zh, spot=spot.zh),
        say(Language.EN, "place.within", building=place.title.en, spot=spot.en),
    )


def _spot(place: Place | None, location: str) -> Text:
    floors = place.floors if place else ()
    for key in ("place.outside", "place.unknown"):
        floors = (*floors, Text(say(Language.ZH, key), say(Language.EN, key)))
    return next((floor for floor in floors if floor.zh == location), Text(location, location))


def _listed(
    book: Book,
    zone: ZoneInfo,
    ticket: Ticket,
    numbers: dict[str, str],
    history: list[ListedStep],
    approval: ListedApproval | None,
) -> Listed:
    entry = book.entry(ticket.subject) or book.entry(ticket.service)

    def holder(role: str) -> str:
        found = book.role(role)
        return found.person if found else ""

    return Listed(
        reference=ticket.reference,
        op_id=ticket.op,
        kiosk=ticket.kiosk,
        type=ticket.type,
        category=ticket.service,
        priority=ticket.priority,
        state=ticket.state,
        identity=ticket.identity,
        person=numbers.get(ticket.person or "", ""),
        language=ticket.language,
        location=location_of(book, ticket),
        description=_description(book, ticket),
        contact=ticket.address or ticket.contact,
        channel=ticket.channel,
        created_at=ticket.created_at.astimezone(zone),
        made_at=ticket.made_at.astimezone(zone),
        respond_by=ticket.respond_by.astimezone(zone) if ticket.respond_by else None,
        resolve_by=ticket.resolve_by.astimezone(zone) if ticket.resolve_by else None,
        respond_about=ticket.respond_about,
        resolve_about=ticket.resolve_about,
        responded_at=ticket.responded_at.astimezone(zone) if ticket.responded_at else None,
        resolved_at=ticket.resolved_at.astimezone(zone) if ticket.resolved_at else None,
        history=history,
        team=ticket.team,
        assignee=numbers.get(ticket.assignee or "", ""),
        owner=holder(entry.owner) if entry else "",
        lead=holder(entry.lead) if entry else "",
        on_call=holder(entry.on_call) if entry else "",
        suspected_p0=ticket.suspected_p0,
        subject=ticket.subject,
        approval=approval,
    )


def _description(book: Book, ticket: Ticket) -> str:
    """What was chosen and, on the next line, what was written."""
    entry = book.entry(ticket.service)
    symptom = next((each for each in entry.symptoms if each.id == ticket.symptom), None) if entry else None
    chosen = (symptom.title.zh if ticket.language == "zh" else symptom.title.en) if symptom else ""
    return "\n".join(filter(None, (chosen, ticket.note)))
