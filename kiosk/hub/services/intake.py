"""A report becomes a ticket: who, how urgent, what is promised, and the first lines of its history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.plain_text import clean
from kiosk.domain.priority import Impact, Urgency, grade
from kiosk.domain.tickets import Channel, IdentityLevel, TicketState, TicketType
from kiosk.hub.services.approvals import approval_of, ask
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.clocks import reckon
from kiosk.hub.services.complaints import hand_over
from kiosk.hub.services.duty import held
from kiosk.hub.services.history import note_step
from kiosk.hub.services.people import resolve
from kiosk.hub.services.sessions import person_then
from kiosk.hub.services.suspected import suspect
from kiosk.hub.store.tables import FollowCode, Kiosk, Person, Ticket
from kiosk.hub.tokens_made import digest, new_follow_code
from kiosk.wire.routes import FOLLOW, MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from kiosk.wire.tickets import CardClaimed, ClaimMade, ContactOnFile, ContactTyped, Report, TicketAnswer

FOLLOW_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Who:
    """``shown``: card, number or verified."""

    identity: IdentityLevel
    person: Person | None
    unmatched: str = ""
    shown: str = ""


class ForSomebody(Protocol):
    """Staff made it for somebody; ``requester`` where they found them by name."""

    @property
    def channel(self) -> Channel: ...
    @property
    def requester(self) -> Person | None: ...


@dataclass(frozen=True, slots=True)
class Made:
    """``person``: in whose name, by claim or proven."""

    ticket: Ticket
    person: Person | None
    answer: TicketAnswer


def create_ticket(
    db: Session, around: Around, kiosk: Kiosk, op: str, report: Report, now: datetime, desk: ForSomebody | None = None
) -> Made:
    """``report.reference`` was checked before; every text is cleaned here. Nothing in a sound report is refused."""
    book = around.book
    if desk is not None and desk.requester is not None:
        who = Who(IdentityLevel.CLAIMED, desk.requester, shown="desk")
    else:
        who = _who(db, kiosk, report, now)
    entry = book.entry(report.service)
    known = entry is not None and any(symptom.id == report.symptom for symptom in entry.symptoms)
    graded = grade(_impact(report.impact), Urgency(entry.urgency) if entry else Urgency.NORMAL)
    zone = book.hours().zone
    ticket = Ticket(
        reference=report.reference,
        op=op,
        kiosk=kiosk.id,
        channel=desk.channel if desk else Channel.KIOSK,
        type=entry.type if entry else TicketType.QUESTION,
        service=entry.id if entry else "",
        symptom=report.symptom if known else "",
        impact=_impact(report.impact) or "",
        priority=graded.priority,
        suspected_p0=graded.suspected_p0,
        state=TicketState.NEW,
        team=entry.team if entry else book.desk_team,
        identity=who.identity,
        person=who.person.id if who.person else None,
        claim=who.unmatched,
        language=report.language,
        building=report.building if book.place(report.building) else "",
        location=clean(report.location, MAX_PLACE_DETAIL, lines=False),
        note=clean(report.note, MAX_NOTE),
        contact=_contact_kind(report),
        address=_address(report),
        created_at=now,
        made_at=report.made_at,
        respond_by=None,
        resolve_by=None,
        assignee=None,
        subject=report.subject if book.entry(report.subject) else "",
        shown=who.shown,
    )
    db.add(ticket)
    db.flush()
    reckon(db, book, ticket)
    note_step(db, ticket, now, "created", by=kiosk.id)
    goes_to = hand_over(db, around, ticket, now) if ticket.type == TicketType.COMPLAINT else None
    holder = None if ticket.type == TicketType.COMPLAINT else _assign(db, book, ticket, now)
    note_step(db, ticket, now, "assigned", text=ticket.team)
    if holder is not None:
        note_step(db, ticket, now, "assigned", text=holder)
    if ID.fullmatch(report.article):
        note_step(db, ticket, now, f"read_article:{report.article}")
    if who.unmatched:
        note_step(db, ticket, now, "claim_unmatched")
    if entry is None:
        note_step(db, ticket, now, "service_unknown")
    elif not who.identity.satisfies(IdentityLevel(entry.identity)):
        note_step(db, ticket, now, "identity_missing", text=entry.identity)
    if graded.suspected_p0:
        suspect(db, around, ticket, now)
    has_to_agree = ask(db, around, ticket, now)
    answer = TicketAnswer(
        reference=ticket.reference,
        priority=ticket.priority,
        received_at=now.astimezone(zone),
        respond_by=_in_zone(ticket.respond_by, zone),
        resolve_by=_in_zone(ticket.resolve_by, zone),
        page=_page(db, ticket, now, around.public_url),
        approval=approval_of(db, book, ticket) if has_to_agree else None,
        goes_to=goes_to.role.title if goes_to else None,
        respond_about=ticket.respond_about,
        resolve_about=ticket.resolve_about,
    )
    return Made(ticket, who.person, answer)


def _assign(db: Session, book: Book, ticket: Ticket, now: datetime) -> str | None:
    """By service, building and who is on duty: the id of whose it is, ``None`` where it is a team's."""
    rule = book.assigned(ticket.service, ticket.building)
    if rule is None:
        return None
    ticket.team = rule.team or ticket.team
    found = held(db, book, rule.post, now) if rule.post else None
    if found is None or found.role.id != rule.post:  # nobody has the post: no head above is handed every report
        return None
    ticket.assignee = found.person.id
    return ticket.assignee


def _who(db: Session, kiosk: Kiosk, report: Report, now: datetime) -> Who:
    verified = person_then(db, kiosk, report.session, report.made_at)
    if verified is not None:
        return Who(IdentityLevel.VERIFIED, verified, shown=IdentityLevel.VERIFIED)
    if report.claim is None:
        return Who(IdentityLevel.NONE, None)
    resolved = resolve(db, report.claim, now)
    if resolved is None:
        return Who(IdentityLevel.CLAIMED, None, _as_claimed(report.claim))
    return Who(IdentityLevel.CLAIMED, resolved.person, shown="card" if resolved.by_card else "number")


def _page(db: Session, ticket: Ticket, now: datetime, public_url: str) -> str:
    if not public_url:
        return ""
    code = new_follow_code()
    db.add(FollowCode(digest=digest(code), reference=ticket.reference, expires_at=now + FOLLOW_LIFE))
    return f"{public_url}{FOLLOW}{code}"


def _impact(word: str) -> Impact | None:
    return Impact(word) if word in list(Impact) else None


def _contact_kind(report: Report) -> str:
    if isinstance(report.contact, ContactTyped):
        return "typed"
    return "on_file" if isinstance(report.contact, ContactOnFile) else "look"


def _address(report: Report) -> str:
    return clean(report.contact.address, MAX_CONTACT, lines=False) if isinstance(report.contact, ContactTyped) else ""


def _as_claimed(claim: ClaimMade) -> str:
    shown = f"card {claim.uid}" if isinstance(claim, CardClaimed) else f"number {claim.number}"
    return clean(shown, 80, lines=False)


def _in_zone(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None
