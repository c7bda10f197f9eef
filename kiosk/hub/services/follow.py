"""The phone page behind a slip's QR, as values: category words, state, promise, next step, number; nothing personal.

The code alone reads, and changes nothing. An unknown, expired or mistyped code gets a page of the same make.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.book import Book
from kiosk.hub.services.my_tickets import title_of
from kiosk.hub.store.tables import FollowCode, Ticket
from kiosk.hub.tokens_made import FOLLOW_CHARACTERS, digest
from kiosk.words import Speaker


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Every text is ready; an empty one leaves its part out. ``facts`` are label and text."""

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
    other_line: str
    desk: tuple[str, ...]


def follow_page(db: Session, book: Book, code: str, wanted: Language | None, now: datetime) -> FollowPage:
    """``wanted``: what the phone asks for; else the language the ticket was made in."""
    ticket = _ticket(db, code, now)
    language = wanted or (Language(ticket.language) if ticket else Language.ZH)
    say, other = Speaker(language), Speaker(language.other)
    campus = f"{book.name.of(language)} {book.product.of(language)}"
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    return FollowPage(
        found=ticket is not None,
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=campus,
        headline=title_of(book, ticket).of(language) if ticket else say("follow.gone"),
        state=say(f"state.{ticket.state}") if ticket else "",
        facts=_facts(say, ticket, ZoneInfo(book.zone), now) if ticket else ((say("follow.next"), say("follow.go")),),
        reference=ticket.reference if ticket else "",
        other_line=_line(other, book, ticket, language.other),
        desk=desk if book.desk.phone else desk[:1],
    )


def _ticket(db: Session, code: str, now: datetime) -> Ticket | None:
    if len(code) != FOLLOW_CHARACTERS or not code.isascii():
        return None
    wanted = select(Ticket).join(FollowCode).where(FollowCode.digest == digest(code), FollowCode.expires_at > now)
    return db.scalar(wanted)


def _facts(say: Speaker, ticket: Ticket, zone: ZoneInfo, now: datetime) -> tuple[tuple[str, str], ...]:
    facts = [(say("follow.next"), say(f"follow.next_{ticket.state}"))]
    state = TicketState(ticket.state)
    promise = {TicketState.NEW: ticket.respond_by, TicketState.IN_PROGRESS: ticket.resolve_by}.get(state)
    if promise is not None:
        key = "follow.promise" if promise > now else "follow.late"
        facts.insert(0, (say("follow.promised"), say(key, when=_when(say, promise.astimezone(zone)))))
    return tuple(facts)


def _line(say: Speaker, book: Book, ticket: Ticket | None, language: Language) -> str:
    if ticket is None:
        return say("follow.gone")
    return f"{title_of(book, ticket).of(language)} · {say(f'state.{ticket.state}')}"


def _when(say: Speaker, local: datetime) -> str:
    """周五 11月20日 16:30."""
    return say(
        "when.full",
        weekday=say(f"when.weekday_{local.isoweekday()}"),
        month=say(f"when.month_{local.month}"),
        day=local.day,
        clock=say("when.clock", hour=f"{local:%H}", minute=f"{local:%M}"),
    )


def close_page(db: Session, ticket: Ticket) -> None:
    """Every code of this ticket stops working, at once."""
    db.execute(delete(FollowCode).where(FollowCode.reference == ticket.reference))
