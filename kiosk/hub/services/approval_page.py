"""The page behind a mailed link: what is asked, by whom as far as a decision needs it, and what was decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.people import PersonName
from kiosk.domain.tickets import IdentityLevel, TicketState
from kiosk.hub.services.approvals import approval_of, link_of
from kiosk.hub.services.book import Book
from kiosk.hub.services.follow import when
from kiosk.hub.services.listing import place_of
from kiosk.hub.services.naming import title_of
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import Person, Ticket
from kiosk.words import Speaker


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """Every text is ready; ``facts`` are label and text; ``may_decide``: it waits for whoever has the link."""

    found: bool
    lang: str
    other_lang: str
    other_name: str
    mark: str
    campus: str
    headline: str
    state: str
    facts: tuple[tuple[str, str], ...]
    reference: str
    desk: tuple[str, ...]
    may_decide: bool = False


def approval_page(db: Session, book: Book, code: str, wanted: Language | None, now: datetime) -> ApprovalPage:
    """``wanted``: what the browser asks for; else the language of whoever has to agree."""
    link = link_of(db, book, code, now)
    row = db.get(ApprovalAsked, link.reference) if link else None
    ticket = db.get(Ticket, link.reference) if link else None
    person = db.get(Person, link.person) if link else None
    language = wanted or (Language(person.language) if person else Language.ZH)
    say, other = Speaker(language), Speaker(language.other)
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    gone = ((say("follow.next"), say("approval.gone_text")),)
    return ApprovalPage(
        found=row is not None,
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=title_of(book, ticket).of(language) if ticket else say("approval.gone"),
        state=say(f"approval.state_{_state(row, ticket)}") if row and ticket else "",
        facts=_facts(db, book, say, row, ticket) if row and ticket else gone,
        reference=ticket.reference if ticket else "",
        desk=desk if book.desk.phone else desk[:1],
        may_decide=bool(row and ticket) and _state(row, ticket) == "waiting",
    )


def _state(row: ApprovalAsked | None, ticket: Ticket | None) -> str:
    if row is not None and row.decision:
        return row.decision
    return "waiting" if ticket is not None and ticket.state == TicketState.WAITING_FOR_APPROVAL else "over"


def _facts(db: Session, book: Book, say: Speaker, row: ApprovalAsked, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    approval, zone = approval_of(db, book, ticket), book.hours().zone
    entry = book.entry(ticket.service)
    facts = [
        (say("approval.service"), entry.title.of(say.language) if entry else ""),
        (say("approval.wanted_by"), _requester(db, say, ticket)),
        (say("approval.note"), ticket.note),
        (say("slip.place"), place_of(book, ticket).of(say.language)),
        (say("approval.your_post"), approval.who.of(say.language) if approval else ""),
        (say("approval.asked"), when(say, row.asked_at.astimezone(zone))),
    ]
    if row.decided_at is not None:
        facts.append((say("approval.decided"), when(say, row.decided_at.astimezone(zone))))
        facts.append((say("approval.words"), row.words))
    return tuple((label, text) for label, text in facts if text)


def _requester(db: Session, say: Speaker, ticket: Ticket) -> str:
    """Masked, with the department: enough to know who of those one answers for; and whether it was proven."""
    person = db.get(Person, ticket.person) if ticket.person else None
    if person is None:
        return say("approval.nobody")
    name = PersonName(person.name).mask()
    who = say("approval.person", name=name, department=person.department)
    proven = ticket.identity == IdentityLevel.VERIFIED
    return who if proven else say("approval.not_proven", who=who)
