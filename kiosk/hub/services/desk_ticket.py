"""One ticket as the desk sees it: the matter to everybody, what was written to engineers, and who it is about masked
until somebody needs it, which is written down and over again a moment later (journeys 8, 16)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.masking import mask_email, mask_name, mask_number, mask_phone
from kiosk.domain.staff_rights import Right
from kiosk.domain.tickets import TicketState, TicketType
from kiosk.hub.services.approvals import approval_of
from kiosk.hub.services.book import Book
from kiosk.hub.services.desk_view import names, sees
from kiosk.hub.services.desk_work import version_of
from kiosk.hub.services.helpdesk_outbox import is_sent
from kiosk.hub.services.staff_sessions import Present
from kiosk.hub.services.ticket_queue import RELATED, Line, lines
from kiosk.hub.services.ticket_ties import tied_to
from kiosk.hub.store.helpdesk_tables import HelpdeskTicket
from kiosk.hub.store.staff_tables import StaffAct
from kiosk.hub.store.tables import HistoryLine, Kiosk, Person, Ticket, TicketPhoto

#: Whoever asked who it is sees it this long.
WHO_SHOWN = timedelta(seconds=60)
#: What is written down then.
WHO_ACT = "ticket_who_shown"
#: Lines of history that are shown, the newest of longer ones.
MOST_STEPS = 200
#: Belonging tickets that are listed; the rest is counted.
MOST_BESIDE = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of history. ``who``: a colleague's name, or '' where ``by`` says all; ``inside``: only the desk reads
    it. ``text`` '' for whoever does not read what was written."""

    at: datetime
    by: str
    what: str
    who: str
    text: str = field(repr=False)
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Requester:
    """Masked, or as they are where ``is_shown``. ``contact``: look, on_file or typed; ``claim`` as typed or tapped
    where it matches nobody."""

    is_shown: bool
    name: str = field(repr=False)
    number: str = field(repr=False)
    department: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)
    claim: str = field(repr=False)
    contact: str
    identity: str

    @property
    def is_known(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class Beside:
    """``kind``: merged, event, related; ``is_main``: the ticket that is shown belongs to this one."""

    kind: str
    is_main: bool
    line: Line


@dataclass(frozen=True, slots=True)
class Opened:
    """``version`` is another one once anything has happened; ``helpdesk`` the number there, ``elsewhere``: it is worked
    on there. ``closes_at``: when the requester is masked again."""

    line: Line
    service: str
    building: str
    symptom: str
    channel: str
    kiosk: str
    team: str
    assignee: str
    respond_by: datetime | None
    resolve_by: datetime | None
    note: str = field(repr=False)
    requester: Requester
    steps: tuple[Seen, ...]
    more_steps: int
    beside: tuple[Beside, ...]
    more_beside: int
    parts: int
    photos: int
    version: int
    elsewhere: bool
    helpdesk: str
    waits_for: str
    closes_at: datetime | None


def opened(db: Session, book: Book, who: Present, ticket: Ticket, language: Language, now: datetime) -> Opened:
    reads = Right.OPERATE in who.rights
    until = shown_until(db, who.person, ticket.reference, now) if reads else None
    steps, more = _steps(db, book, ticket, language, reads=reads)
    ties = tied_to(db, ticket.reference)
    beside = _beside(db, book, who, ticket, language, now)
    key = db.scalar(select(HelpdeskTicket.key).where(HelpdeskTicket.reference == ticket.reference))
    kiosk = db.get(Kiosk, ticket.kiosk)
    standing = book.standing(kiosk.place) if kiosk else None
    approval = approval_of(db, book, ticket) if ticket.state == TicketState.WAITING_FOR_APPROVAL else None
    role = book.role(ticket.team) if ticket.type == TicketType.COMPLAINT else None
    return Opened(
        line=lines(db, book, [ticket], language, now)[0],
        service=ticket.service,
        building=ticket.building,
        symptom=ticket.symptom,
        channel=ticket.channel,
        kiosk=standing.title.of(language) if standing else "",
        team=role.title.of(language) if role else ticket.team,
        assignee=ticket.assignee or "",
        respond_by=ticket.respond_by,
        resolve_by=ticket.resolve_by,
        note=ticket.note if reads else "",
        requester=_requester(db, ticket, is_shown=until is not None),
        steps=steps,
        more_steps=more,
        beside=beside,
        more_beside=max(0, len(ties) - MOST_BESIDE),
        parts=sum(tie.main == ticket.reference and tie.kind != RELATED for tie in ties),
        photos=db.scalar(select(func.count()).where(TicketPhoto.reference == ticket.reference)) or 0,
        version=version_of(db, ticket.reference),
        elsewhere=is_sent(db, ticket.reference),
        helpdesk=key or "",
        waits_for=approval.who.of(language) if approval else "",
        closes_at=until,
    )


def shown_until(db: Session, person: str, reference: str, now: datetime) -> datetime | None:
    """Until when whoever asked sees who it is; ``None`` where they did not, or it is over."""
    asked = select(StaffAct.at).where(
        StaffAct.at > now - WHO_SHOWN, StaffAct.by == person, StaffAct.what == WHO_ACT, StaffAct.about == reference
    )
    at = db.scalar(asked.order_by(StaffAct.at.desc()).limit(1))
    return at + WHO_SHOWN if at is not None else None


def _requester(db: Session, ticket: Ticket, *, is_shown: bool) -> Requester:
    person = db.get(Person, ticket.person) if ticket.person else None
    typed = ticket.address if ticket.contact == "typed" else ""
    phone, email = ("", typed) if "@" in typed else (typed, "")
    if ticket.contact == "on_file" and person is not None:
        phone, email = person.phone, person.email
    name, number = (person.name, person.number) if person else ("", "")
    if person is not None and person.latin_name:
        name = f"{name} {person.latin_name}" if is_shown else name
    return Requester(
        is_shown=is_shown,
        name=name if is_shown or not name else mask_name(name),
        number=number if is_shown or not number else mask_number(number),
        department=person.department if person else "",
        phone=phone if is_shown or not phone else mask_phone(phone),
        email=email if is_shown or not email else mask_email(email),
        claim=_claim(ticket.claim, is_shown=is_shown),
        contact=ticket.contact,
        identity=ticket.identity,
    )


def _claim(claim: str, *, is_shown: bool) -> str:
    kind, _, typed = claim.partition(" ")
    return claim if is_shown or not typed else f"{kind} {mask_number(typed)}"


def _steps(db: Session, book: Book, ticket: Ticket, language: Language, *, reads: bool) -> tuple[tuple[Seen, ...], int]:
    wanted = select(HistoryLine).where(HistoryLine.reference == ticket.reference)
    rows = list(db.scalars(wanted.order_by(HistoryLine.id.desc()).limit(MOST_STEPS)))[::-1]
    all_of_them = db.scalar(select(func.count()).where(HistoryLine.reference == ticket.reference)) or 0
    called = names(
        db, (one for row in rows for one in (row.staff, row.text if row.what == "assigned" else "")), language
    )
    seen = []
    for row in rows:
        text = row.text if reads or row.what in _CODES else ""
        if row.what == "assigned":
            text = called.get(row.text, row.text)
        elif row.what in _ROLES:
            role = book.role(row.text)
            text = role.title.of(language) if role else row.text
        by = "kiosk" if row.by == ticket.kiosk else row.by
        seen.append(Seen(row.at, by, row.what, called.get(row.staff, ""), text, row.what == "noted"))
    return tuple(seen), all_of_them - len(rows)


#: Steps whose text is no one's words but a number, a person of the desk, or a post.
_ROLES = frozenset({"approval_asked", "no_approver", "on_call_told"})
_CODES = _ROLES | {"assigned", "tied:merged", "tied:event", "tied:related", "joined:merged", "joined:event",
                   "joined:related", "untied", "number_was"}  # fmt: skip


def _beside(
    db: Session, book: Book, who: Present, ticket: Ticket, language: Language, now: datetime
) -> tuple[Beside, ...]:
    ties = tied_to(db, ticket.reference)[:MOST_BESIDE]
    others = {tie.main if tie.reference == ticket.reference else tie.reference: tie for tie in ties}
    rows = [
        one for one in db.scalars(select(Ticket).where(Ticket.reference.in_(others))) if sees(db, book, who, one, now)
    ]
    found = {line.reference: line for line in lines(db, book, rows, language, now)}
    return tuple(Beside(tie.kind, tie.main == other, found[other]) for other, tie in others.items() if other in found)
