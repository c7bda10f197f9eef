"""The phone page behind a slip's QR, as values: category words, state, promise, next step, number; nothing personal.

The code alone reads, and says *solved*, *not solved* and the rating (follow_acts.py). An unknown, expired or mistyped
code gets a page of the same make.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.tickets import TicketState
from kiosk.hub.services import case_ratings
from kiosk.hub.services.approvals import approval_of
from kiosk.hub.services.book import Book
from kiosk.hub.services.naming import title_of
from kiosk.hub.store.tables import FollowCode, HistoryLine, Ticket
from kiosk.hub.tokens_made import FOLLOW_CHARACTERS, digest
from kiosk.words import Speaker

#: Steps that are told beside every change of state, and the most of them: the page stays small.
_STEPS = frozenset({"created", "answered", "commented", "reopened", "photo_added", "approved", "escalated", "overdue"})
MOST_STEPS = 30


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
    #: What has happened, in words of the catalogue only: title and time.
    story: tuple[tuple[str, str], ...] = ()
    #: What the code alone may say now.
    may_confirm: bool = False
    may_reopen: bool = False
    may_rate: bool = False
    #: It was rated: its requester may ask to be spoken to again.
    may_talk: bool = False
    may_withdraw: bool = False
    #: Remarks are taken.
    is_open: bool = False


def follow_page(db: Session, book: Book, code: str, wanted: Language | None, now: datetime) -> FollowPage:
    """``wanted``: what the phone asks for; else the language the ticket was made in."""
    ticket = followed(db, code, now)
    state = TicketState(ticket.state) if ticket else None
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
        facts=_facts(db, book, say, ticket, now) if ticket else ((say("follow.next"), say("follow.go")),),
        reference=ticket.reference if ticket else "",
        other_line=_line(other, book, ticket, language.other),
        desk=desk if book.desk.phone else desk[:1],
        story=_story(db, say, ticket, ZoneInfo(book.zone)) if ticket else (),
        may_confirm=state in (TicketState.RESOLVED, TicketState.WAITING_FOR_REQUESTER),
        may_reopen=state is TicketState.RESOLVED,
        may_rate=ticket is not None and case_ratings.may_be_rated(db, ticket),
        may_talk=ticket is not None and case_ratings.may_talk(db, ticket),
        may_withdraw=state is not None and state.is_open,
        is_open=ticket is not None and (TicketState(ticket.state).is_open or case_ratings.talks(db, ticket)),
    )


def follow_code(db: Session, code: str, now: datetime) -> FollowCode | None:
    """``None`` for a code that is unknown, over or was taken back."""
    if len(code) != FOLLOW_CHARACTERS or not code.isascii():
        return None
    return db.scalar(select(FollowCode).where(FollowCode.digest == digest(code), FollowCode.expires_at > now))


def followed(db: Session, code: str, now: datetime) -> Ticket | None:
    row = follow_code(db, code, now)
    return db.get(Ticket, row.reference) if row else None


def _story(db: Session, say: Speaker, ticket: Ticket, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """Never what anybody wrote: whoever found a slip reads states and times."""
    return tuple(
        (
            say(f"state.{line.what.removeprefix('state:')}" if ":" in line.what else f"follow.step_{line.what}"),
            when(say, line.at.astimezone(zone)),
        )
        for line in told_steps(db, ticket)
    )


def told_steps(db: Session, ticket: Ticket) -> list[HistoryLine]:
    """What the code alone tells of a ticket's history, oldest first; of each only what and when."""
    lines = select(HistoryLine).where(HistoryLine.reference == ticket.reference).order_by(HistoryLine.id)
    shown = [line for line in db.scalars(lines) if line.what in _STEPS or line.what.startswith("state:")]
    return shown[-MOST_STEPS:]


def _facts(db: Session, book: Book, say: Speaker, ticket: Ticket, now: datetime) -> tuple[tuple[str, str], ...]:
    facts = [(say("follow.next"), say(f"follow.next_{ticket.state}"))]
    state, zone = TicketState(ticket.state), ZoneInfo(book.zone)
    approval = approval_of(db, book, ticket) if state is TicketState.WAITING_FOR_APPROVAL else None
    if approval is not None:
        who, since = approval.who.of(say.language), when(say, approval.since)
        facts.insert(0, (say("follow.waits"), say("follow.waits_since", who=who, when=since)))
    if state is TicketState.NEW:
        promise, about = ticket.respond_by, ticket.respond_about
    else:
        promise, about = ticket.resolve_by if state is TicketState.IN_PROGRESS else None, ticket.resolve_about
    if promise is not None:
        key = "follow.promise" if promise > now else "follow.late"
        facts.insert(0, (say("follow.promised"), say(key, when=when(say, promise.astimezone(zone), about))))
    return tuple(facts)


def _line(say: Speaker, book: Book, ticket: Ticket | None, language: Language) -> str:
    if ticket is None:
        return say("follow.gone")
    return f"{title_of(book, ticket).of(language)} · {say(f'state.{ticket.state}')}"


def when(say: Speaker, local: datetime, about: bool = False) -> str:
    """周五 11月20日 16:30, or with 约 where it is not certain."""
    moment = say(
        "when.full",
        weekday=say(f"when.weekday_{local.isoweekday()}"),
        month=say(f"when.month_{local.month}"),
        day=local.day,
        clock=say("when.clock", hour=f"{local:%H}", minute=f"{local:%M}"),
    )
    return say("when.about", when=moment) if about else moment


def close_page(db: Session, ticket: Ticket) -> None:
    """Every code of this ticket stops working, at once."""
    db.execute(delete(FollowCode).where(FollowCode.reference == ticket.reference))
